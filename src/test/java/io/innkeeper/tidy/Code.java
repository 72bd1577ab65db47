package io.innkeeper.tidy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.innkeeper.Main;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Our compiled classes, read once for all rules. */
final class Code {
    /** What ships; not what is generated of the gRPC contract. */
    static final JavaClasses MAIN =
            read(Main.class).that(JavaClass.Predicates.resideInAPackage(Main.class.getPackageName() + ".."));

    /** The tests. */
    static final JavaClasses TESTS = read(Code.class);

    private Code() {}

    private static JavaClasses read(Class<?> inside) {
        try {
            return new ClassFileImporter()
                    .importPath(Path.of(inside.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a class that is compiled with the tests looks like to a rule; for testing the rule. */
    static JavaClass test(Class<?> type) {
        return TESTS.get(type);
    }

    /** A class that a name stands for, with the classes nested in it. */
    static List<JavaClass> withNested(String name) {
        return MAIN.stream()
                .filter(type -> type.getName().equals(name) || type.getName().startsWith(name + "$"))
                .toList();
    }

    /** The complaints as one text, a line each. */
    static String text(List<Optional<String>> complaints) {
        return String.join(
                "\n",
                complaints.stream()
                        .flatMap(Optional::stream)
                        .distinct()
                        .sorted()
                        .toList());
    }
}
