package io.innkeeper.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.innkeeper.config.MacMask;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandSpecTest {
    private static CommandSpec.Checked check(ArgumentSpec argument, Object value) {
        return CommandSpec.of("test", "Tests.", "nothing")
                .taking(argument)
                .check(new Command("test", Map.of(argument.name(), value)));
    }

    private static Object read(ArgumentType type, Object value) {
        CommandSpec.Checked checked = check(ArgumentSpec.required("a", type, "An argument."), value);
        assertThat(checked).isInstanceOf(CommandSpec.Right.class);
        return ((CommandSpec.Right) checked).arguments().get("a", Object.class);
    }

    private static String wrong(ArgumentSpec argument, Object value) {
        CommandSpec.Checked checked = check(argument, value);
        assertThat(checked).as(String.valueOf(value)).isInstanceOf(CommandSpec.Wrong.class);
        return ((CommandSpec.Wrong) checked).problems().getFirst().sentence();
    }

    @Test
    void eachTypeIsReadFromJsonAndFromText() {
        assertThat(read(ArgumentType.INTEGER, 5)).isEqualTo(5L);
        assertThat(read(ArgumentType.INTEGER, "-5")).isEqualTo(-5L);
        assertThat(read(ArgumentType.INTEGER, 5_000_000_000L)).isEqualTo(5_000_000_000L);
        assertThat(read(ArgumentType.INTEGER, 30.0)).isEqualTo(30L);
        assertThat(read(ArgumentType.NUMBER, "2.5")).isEqualTo(2.5);
        assertThat(read(ArgumentType.NUMBER, 2)).isEqualTo(2.0);
        assertThat(read(ArgumentType.NUMBER, 0.001)).isEqualTo(0.001);
        assertThat(read(ArgumentType.TEXT, "ünï")).isEqualTo("ünï");
        assertThat(read(ArgumentType.BOOLEAN, true)).isEqualTo(true);
        assertThat(read(ArgumentType.BOOLEAN, "No")).isEqualTo(false);
        assertThat(read(ArgumentType.DURATION, "5m")).isEqualTo(Duration.ofMinutes(5));
        assertThat(read(ArgumentType.DURATION, 1.5)).isEqualTo(Duration.ofMillis(1_500));
        assertThat(read(ArgumentType.DURATION, "30")).isEqualTo(Duration.ofSeconds(30));
        assertThat(read(ArgumentType.MAC, "AA:bb:cc:dd:ee:ff"))
                .isEqualTo(MacAddress.parse("aa:bb:cc:dd:ee:ff").orElseThrow());
        assertThat(read(ArgumentType.MAC_PATTERN, "00:11:22:*"))
                .isEqualTo(MacMask.parse("00:11:22:*").orElseThrow());
        assertThat(read(ArgumentType.ADDRESS, "fd00::1"))
                .isEqualTo(IpAddress.parse("fd00::1").orElseThrow());
        assertThat(read(ArgumentType.TIME, "2026-12-01T01:00:00+01:00"))
                .isEqualTo(Instant.parse("2026-12-01T00:00:00Z"));
        assertThat(read(ArgumentType.TIME, 1_000.25)).isEqualTo(Instant.ofEpochMilli(1_000_250));
    }

    @ParameterizedTest
    @CsvSource({
        "INTEGER, 1.5",
        "INTEGER, ''",
        "INTEGER, 0x10",
        "INTEGER, 9999999999999999999",
        "INTEGER, 1e9",
        "NUMBER, NaN",
        "NUMBER, Infinity",
        "NUMBER, 1e400",
        "BOOLEAN, maybe",
        "DURATION, 5 minutes",
        "DURATION, -1",
        "MAC, 192.168.1.1",
        "MAC_PATTERN, zz:*",
        "ADDRESS, 192.168.1.256",
        "TIME, tomorrow",
        "TIME, -1",
        "TIME, 999999999999999"
    })
    void whatIsSomethingElseIsSaidSo(ArgumentType type, String value) {
        assertThat(wrong(ArgumentSpec.required("a", type, "An argument."), value))
                .startsWith("a must be " + type.words())
                .endsWith("it is '" + value + "'");
    }

    @Test
    void whatJsonHasAndTextHasNot() {
        for (ArgumentType type : ArgumentType.values()) {
            ArgumentSpec argument =
                    ArgumentSpec.required("a", type, "An argument.").choices("x");
            assertThat(wrong(argument, List.of(1))).endsWith("it is a list");
            assertThat(wrong(argument, Map.of("b", 1))).endsWith("it is an object");
            assertThat(wrong(argument, "two\nlines")).endsWith("'two\\x0alines'");
            assertThat(wrong(argument, Double.NaN)).contains("NaN");
            assertThat(wrong(argument, -1e300)).contains("E300");
        }
        assertThat(wrong(ArgumentSpec.required("a", ArgumentType.TEXT, "An argument."), 5))
                .contains("a text");
    }

    @Test
    void rangesAndChoicesAreKept() {
        ArgumentSpec interval = ArgumentSpec.required("interval", ArgumentType.DURATION, "How often.")
                .range(1, 3_600);
        assertThat(check(interval, 1)).isInstanceOf(CommandSpec.Right.class);
        assertThat(check(interval, "1h")).isInstanceOf(CommandSpec.Right.class);
        assertThat(wrong(interval, 0.999)).contains("from 1 to 3600 seconds");
        assertThat(wrong(interval, "61m")).contains("from 1 to 3600 seconds; it is '61m'");
        ArgumentSpec mode =
                ArgumentSpec.required("mode", ArgumentType.CHOICE, "Which.").choices("slow", "fast");
        assertThat(check(mode, "fast")).isInstanceOf(CommandSpec.Right.class);
        assertThat(wrong(mode, "Fast")).contains("must be one of slow, fast");
        ArgumentSpec text = ArgumentSpec.required("text", ArgumentType.TEXT, "What.");
        assertThat(wrong(text, "x".repeat(256)))
                .contains("from 1 to 255 characters")
                .hasSizeLessThan(200);
        assertThat(wrong(text, "")).contains("from 1");
    }

    @Test
    void allMistakesAreToldAtOnce() {
        CommandSpec spec = CommandSpec.of("except", "Excepts.", "it")
                .taking(
                        ArgumentSpec.required("mac", ArgumentType.MAC, "Whom."),
                        ArgumentSpec.required("until", ArgumentType.TIME, "When it ends."),
                        ArgumentSpec.optional("allow", ArgumentType.BOOLEAN, "Whether.")
                                .otherwise("true"));
        Map<String, Object> args = new LinkedHashMap<>();
        args.put("mac", "x");
        args.put("untill", "2026-12-01T00:00:00Z");
        assertThat(spec.check(new Command("except", args)))
                .isInstanceOfSatisfying(
                        CommandSpec.Wrong.class,
                        wrong -> assertThat(wrong.problems())
                                .extracting(ArgumentProblem::sentence)
                                .satisfiesExactly(
                                        one -> assertThat(one).startsWith("mac must be a MAC address"),
                                        two -> assertThat(two).startsWith("until is missing: it must be a time"),
                                        three -> assertThat(three)
                                                .isEqualTo(
                                                        "untill is no argument of except; did you mean 'until'? there are: mac,"
                                                                + " until, allow")));
        args.put("mac", "aa:bb:cc:dd:ee:ff");
        args.remove("untill");
        args.put("until", 1);
        args.put("allow", null);
        assertThat(spec.check(new Command("except", args))).isInstanceOfSatisfying(CommandSpec.Right.class, right -> {
            assertThat(right.arguments().get("allow", Boolean.class)).isTrue();
            assertThat(right.arguments().find("other", String.class)).isEmpty();
            assertThatThrownBy(() -> right.arguments().get("other", String.class))
                    .isInstanceOf(IllegalArgumentException.class);
        });
    }

    @Test
    void anAnswerStaysShortWhateverWasAsked() {
        Map<String, Object> args = new HashMap<>();
        IntStream.range(0, 5_000).forEach(i -> args.put("x".repeat(500) + i, "y".repeat(500)));
        CommandSpec.Checked checked =
                CommandSpec.of("test", "Tests.", "nothing").check(new Command("test", args));
        List<ArgumentProblem> problems = ((CommandSpec.Wrong) checked).problems();
        assertThat(problems).hasSize(CommandSpec.PROBLEMS_MAX);
        assertThat(CommandResponse.wrong(problems).message()).hasSizeLessThan(2_000);
    }

    @Test
    void aPresetThatCannotBeReadIsAFaultOfOurs() {
        ArgumentSpec argument =
                ArgumentSpec.optional("a", ArgumentType.INTEGER, "An argument.").range(1, 5);
        assertThatThrownBy(() -> argument.otherwise("6"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("from 1 to 5");
    }

    /** Seeded: whatever comes, the check says yes or no, and every yes is of the promised type and in its range. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void noArgumentBreaksTheCheck(long seed) {
        Random random = new Random(seed);
        ArgumentType[] types = ArgumentType.values();
        for (int i = 0; i < 20_000; i++) {
            ArgumentSpec argument = ArgumentSpec.optional("a", types[random.nextInt(types.length)], "An argument.")
                    .range(-5, 50)
                    .choices("x", "yes");
            Object value = value(random, 3);
            Map<String, @Nullable Object> args = new HashMap<>();
            args.put(random.nextInt(9) == 0 ? "b" : "a", value);
            switch (CommandSpec.of("test", "Tests.", "nothing")
                    .taking(argument)
                    .check(new Command("test", args, "test"))) {
                case CommandSpec.Wrong wrong -> assertThat(wrong.problems()).isNotEmpty();
                case CommandSpec.Right right ->
                    right.arguments()
                            .find("a", Object.class)
                            .ifPresent(read -> assertThat(inRange(read))
                                    .as("%s from %s", read, value)
                                    .isTrue());
            }
        }
    }

    private static boolean inRange(Object read) {
        return switch (read) {
            case Number number -> number.doubleValue() >= -5 && number.doubleValue() <= 50;
            case Duration duration -> duration.toMillis() <= 50_000;
            case String text -> text.length() <= 50;
            default -> true;
        };
    }

    private static @Nullable Object value(Random random, int depth) {
        List<String> texts = List.of(
                "",
                "x",
                "yes",
                "5",
                "-1",
                "1e9",
                "0x5",
                "5m",
                "aa:bb:cc:dd:ee:ff",
                "00:11:*",
                "10.0.0.1",
                "::1",
                "2026-12-01T00:00:00Z",
                "\u0000",
                "a\nb",
                "🙂",
                "\ud800",
                "9".repeat(400));
        return switch (random.nextInt(depth > 0 ? 9 : 7)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> random.nextInt(120) - 60;
            case 3 -> random.nextLong();
            case 4 -> Double.longBitsToDouble(random.nextLong());
            case 5 -> texts.get(random.nextInt(texts.size()));
            case 6 -> new java.math.BigInteger(200, random);
            case 7 -> {
                Object inside = value(random, depth - 1);
                yield inside == null ? List.of() : List.of(inside);
            }
            default -> Map.of("k", "v");
        };
    }
}
