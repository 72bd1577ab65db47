package io.innkeeper.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A function fits on a screen, a file in a head. */
class SizeTest {
    private static final int FILE_MAX = 500;
    private static final int FUNCTION_MAX = 60;

    /** Written by a test from the code, not by hand. */
    private static final List<Path> GENERATED =
            List.of(Path.of("docs/innkeeper.schema.json"), Path.of("docs/config.md"));

    @Test
    void filesAreShort() {
        List<String> long_ = RepositoryFiles.withExtension("java", "js", "css", "sh", "html", "sql").stream()
                .filter(file -> lines(file) > FILE_MAX)
                .map(file -> file + ": " + lines(file) + " lines")
                .toList();
        assertThat(long_)
                .as("files of more than %d lines: find the second subject in it and give that a file", FILE_MAX)
                .isEmpty();
        assertThat(GENERATED)
                .allSatisfy(
                        file -> assertThat(RepositoryFiles.ROOT.resolve(file)).exists());
    }

    private static long lines(Path file) {
        return RepositoryFiles.read(file).lines().count();
    }

    @Test
    void functionsAreShort() {
        List<Functions.Function> found = RepositoryFiles.withExtension("java", "js", "sh").stream()
                .flatMap(file -> Functions.in(file.toString(), RepositoryFiles.read(file)).stream())
                .toList();
        assertThat(found).as("functions found").hasSizeGreaterThan(500);
        assertThat(found.stream().filter(function -> function.lines() > FUNCTION_MAX))
                .as("functions of more than %d lines: give its steps names", FUNCTION_MAX)
                .isEmpty();
    }

    @Test
    void theRuleSeesJavaFunctions() {
        String body = "int x = 0;\n".repeat(FUNCTION_MAX);
        String java =
                "class A {\n void short_() {\n }\n A() {\n" + body + "}\n Object o = new Object() { void in() {} };}\n";
        assertThat(Functions.in("A.java", java))
                .extracting(Functions.Function::name, Functions.Function::lines)
                .contains(
                        org.assertj.core.groups.Tuple.tuple("short_", 2),
                        org.assertj.core.groups.Tuple.tuple("<init>", FUNCTION_MAX + 2),
                        org.assertj.core.groups.Tuple.tuple("in", 1));
    }

    @Test
    void theRuleSeesFunctionsOfScripts() {
        assertThat(Functions.in(
                        "a.js",
                        "export function x(a) {\n  return a;\n}\nclass B {\n  y() {\n    if (a) {\n    }\n  }\n}\n"))
                .extracting(Functions.Function::lines)
                .containsExactly(3, 4);
        assertThat(Functions.in("a.sh", "x() {\n    true\n}\n"))
                .extracting(Functions.Function::lines)
                .containsExactly(3);
    }
}
