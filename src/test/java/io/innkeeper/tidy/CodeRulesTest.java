package io.innkeeper.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.CanBeAnnotated;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules about classes: their names, what is static in them, and how tests wait. */
class CodeRulesTest {
    private static final Pattern VAGUE_PACKAGE =
            Pattern.compile("(?:.*\\.)?(?:utils?|commons?|impl|helpers?|managers?|misc)(?:\\..*)?");
    private static final Pattern VAGUE_CLASS = Pattern.compile(".*(?:Utils?|Common|Impl|Managers?|Helpers?|Misc)");

    @Test
    void namesSayWhatAThingIs() {
        List<String> vague = Stream.concat(Code.MAIN.stream(), Code.TESTS.stream())
                .filter(type -> isVague(type.getPackageName(), type.getSimpleName()))
                .map(JavaClass::getName)
                .toList();
        assertThat(vague)
                .as("util, common, impl, Manager, Helper say nothing: name what it does, or put it where it is used")
                .isEmpty();
    }

    private static boolean isVague(String packageName, String simpleName) {
        return VAGUE_PACKAGE.matcher(packageName).matches()
                || VAGUE_CLASS.matcher(simpleName).matches();
    }

    @Test
    void theRuleOfNamesCanFail() {
        assertThat(isVague("io.innkeeper.lease.util", "Lease")).isTrue();
        assertThat(isVague("io.innkeeper.lease", "LeaseManager")).isTrue();
        assertThat(isVague("io.innkeeper.commonplace", "Implication")).isFalse();
    }

    @Test
    void nothingStaticChanges() throws Exception {
        List<String> found = new ArrayList<>();
        for (JavaClass type : Code.MAIN) {
            found.addAll(changing(type));
        }
        assertThat(found)
                .as("static state is shared by everybody and owned by nobody: give it to an instance that App makes")
                .isEmpty();
    }

    private static List<String> changing(JavaClass type) throws ReflectiveOperationException {
        List<String> found = new ArrayList<>();
        for (JavaField field : type.getFields()) {
            boolean counts = field.getModifiers().contains(JavaModifier.STATIC)
                    && !field.getModifiers().contains(JavaModifier.SYNTHETIC);
            if (counts && !field.getModifiers().contains(JavaModifier.FINAL)) {
                found.add(field.getFullName() + " is static and not final");
            } else if (counts && changes(field)) {
                found.add(field.getFullName() + " is static and its content can change");
            }
        }
        return found;
    }

    private static boolean changes(JavaField field) throws ReflectiveOperationException {
        JavaClass type = field.getRawType();
        if (type.getPackageName().startsWith("java.util.concurrent")) {
            return type.getSimpleName().matches("(?:Atomic|Concurrent|LongAdder|Blocking|Linked|Array|CopyOnWrite).*");
        }
        boolean open = !field.getModifiers().contains(JavaModifier.PRIVATE);
        boolean holder = type.isArray() || type.isAssignableTo(Collection.class) || type.isAssignableTo(Map.class);
        return type.isAssignableTo(ThreadLocal.class) || (open && holder && !isUnmodifiable(field));
    }

    private static boolean isUnmodifiable(JavaField field) throws ReflectiveOperationException {
        Field reflected = field.reflect();
        reflected.setAccessible(true);
        Object value = reflected.get(null);
        String kind = value.getClass().getName();
        return kind.startsWith("java.util.ImmutableCollections") || kind.startsWith("java.util.Collections$Unmod");
    }

    static final class NotFinal {
        static int calls;
    }

    static final class OpenMap {
        static final Map<String, String> NAMES = new HashMap<>();
    }

    static final class OpenArray {
        static final int[] NUMBERS = {1};
    }

    static final class Counter {
        @SuppressWarnings("unused")
        private static final AtomicLong COUNT = new AtomicLong();
    }

    static final class Fine {
        static final List<String> NAMES = List.of("a");
    }

    @ParameterizedTest
    @ValueSource(classes = {NotFinal.class, OpenMap.class, OpenArray.class, Counter.class})
    void theRuleOfStaticStateCanFail(Class<?> bad) throws Exception {
        assertThat(changing(Code.test(bad))).isNotEmpty();
        assertThat(changing(Code.test(Fine.class))).isEmpty();
    }

    @Test
    void everyPackageSaysWhatItIsAndIsNullMarked() {
        assertThat(packages(Code.MAIN))
                .as("each package has a package-info.java with a sentence about it and @NullMarked")
                .allSatisfy(name -> assertThat(isNullMarked(name)).as(name).isTrue());
        assertThat(isNullMarked("java.util")).isFalse();
    }

    private static List<String> packages(JavaClasses classes) {
        return classes.stream().map(JavaClass::getPackageName).distinct().toList();
    }

    private static boolean isNullMarked(String packageName) {
        return Code.MAIN.stream()
                .filter(type -> type.getName().equals(packageName + ".package-info"))
                .anyMatch(type -> type.isAnnotatedWith(NullMarked.class));
    }

    @Test
    void testsDoNotSleep() {
        assertThat(Code.TESTS.stream()
                        .filter(type -> !type.isEquivalentTo(Sleeps.class))
                        .flatMap(CodeRulesTest::sleeps))
                .as("a sleep is too short on a busy machine and too long on others: wait for the thing (Awaitility)")
                .isEmpty();
        assertThat(sleeps(Code.test(Sleeps.class))).isNotEmpty();
    }

    private static Stream<String> sleeps(JavaClass type) {
        return type.getAccessesFromSelf().stream()
                .filter(call -> call.getName().equals("sleep"))
                .filter(call -> call.getTargetOwner().isEquivalentTo(Thread.class)
                        || call.getTargetOwner().getName().equals("java.util.concurrent.TimeUnit"))
                .map(JavaAccess::getDescription);
    }

    static final class Sleeps {
        void here() throws InterruptedException {
            Thread.sleep(1);
        }
    }

    @Test
    void whatIsDisabledSaysWhy() {
        assertThat(Code.TESTS.stream().filter(type -> !type.isEquivalentTo(DisabledForNoReason.class)))
                .as("@Disabled(\"why, and until when\")")
                .allSatisfy(type -> assertThat(disabledWithoutReason(type)).isFalse());
        assertThat(disabledWithoutReason(Code.test(DisabledForNoReason.class))).isTrue();
    }

    private static boolean disabledWithoutReason(JavaClass type) {
        return Stream.concat(Stream.<CanBeAnnotated>of(type), type.getMethods().stream())
                .anyMatch(element -> element.isAnnotatedWith(Disabled.class)
                        && reason(element).isBlank());
    }

    private static String reason(CanBeAnnotated element) {
        @Nullable
        Disabled disabled = element instanceof JavaClass type
                ? type.getAnnotationOfType(Disabled.class)
                : ((com.tngtech.archunit.core.domain.JavaMethod) element).getAnnotationOfType(Disabled.class);
        return disabled == null ? "" : disabled.value();
    }

    @Disabled
    static final class DisabledForNoReason {}
}
