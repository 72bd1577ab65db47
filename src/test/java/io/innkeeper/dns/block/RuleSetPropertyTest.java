package io.innkeeper.dns.block;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.config.DnsListForm;
import io.innkeeper.property.Property;
import io.innkeeper.property.Samples;
import io.innkeeper.wire.dns.RecordType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A rule set says the same as sets of texts that are compared one by one. */
class RuleSetPropertyTest {
    private static final List<String> LABELS = List.of("a", "b", "ads", "www", "example", "com", "x-1");
    private static final int LISTS = 20;

    /** A rule as it is written: which list, which effect, for which names. */
    private record Rule(int list, Effect effect, Scope scope, String name) {
        String line() {
            String important = effect == Effect.IMPORTANT_ALLOW || effect == Effect.IMPORTANT_BLOCK ? "$important" : "";
            String allow = effect == Effect.ALLOW || effect == Effect.IMPORTANT_ALLOW ? "@@" : "";
            String pattern = switch (scope) {
                case EXACT -> "|" + name + "^";
                case TREE -> "||" + name + "^";
                case BELOW -> "*." + name + "^";
            };
            return allow + pattern + important;
        }

        boolean fits(String asked) {
            boolean below = asked.endsWith("." + name);
            return switch (scope) {
                case EXACT -> asked.equals(name);
                case TREE -> asked.equals(name) || below;
                case BELOW -> below;
            };
        }
    }

    private static String name(Samples samples) {
        List<String> labels = new ArrayList<>();
        for (int i = 1 + samples.below(4); i > 0; i--) {
            labels.add(LABELS.get(samples.below(LABELS.size())));
        }
        return String.join(".", labels);
    }

    @Test
    void itSaysWhatSetsOfTextsSay() {
        Property.check(300, samples -> {
            List<Rule> rules = samples.list(
                    120,
                    () -> new Rule(
                            samples.below(LISTS),
                            samples.pick(Effect.values()),
                            samples.pick(Scope.values()),
                            name(samples)));
            RuleSetBuilder builder = new RuleSetBuilder(10_000, 10);
            for (Rule rule : rules) {
                ReadCounts counts = TestingRules.read(
                                DnsListForm.ADBLOCK, rule.line(), builder.list(rule.list(), false))
                        .counts();
                assertThat(counts.rules()).as(rule.line()).isOne();
            }
            RuleSet set = builder.build();
            assertThat(set.names())
                    .isEqualTo((int) rules.stream().map(Rule::name).distinct().count());
            for (int i = 0; i < 50; i++) {
                compare(set, rules, name(samples), samples.below(1 << LISTS));
            }
        });
    }

    private static void compare(RuleSet set, List<Rule> rules, String asked, long on) {
        Match match = TestingRules.find(set, asked);
        assertThat(match.blocked()).as(asked).isEqualTo(bits(rules, asked, Effect.BLOCK));
        assertThat(match.allowed()).as(asked).isEqualTo(bits(rules, asked, Effect.ALLOW));
        assertThat(match.importantBlocked()).as(asked).isEqualTo(bits(rules, asked, Effect.IMPORTANT_BLOCK));
        assertThat(match.importantAllowed()).as(asked).isEqualTo(bits(rules, asked, Effect.IMPORTANT_ALLOW));
        boolean blocked =
                set.decide(match, on, RecordType.A, TestingRules.SOMEBODY).blocked();
        assertThat(blocked).as(asked).isEqualTo(blocks(match, on));
    }

    private static boolean blocks(Match match, long on) {
        if ((match.importantAllowed() & on) != 0) {
            return false;
        }
        if ((match.importantBlocked() & on) != 0) {
            return true;
        }
        return (match.allowed() & on) == 0 && (match.blocked() & on) != 0;
    }

    private static long bits(List<Rule> rules, String asked, Effect effect) {
        return rules.stream()
                .filter(rule -> rule.effect() == effect && rule.fits(asked))
                .mapToLong(rule -> 1L << rule.list())
                .reduce(0, (a, b) -> a | b);
    }

    /** Random texts, for the normal build; the fuzzer goes further. */
    @Test
    void damagedListsAreReadToTheirEnd() {
        String legal = """
                [Adblock]
                ||a.example^$important,client='x'|~y
                @@b.example#@#x
                /^a{1,3}/$dnstype=A|~AAAA
                0.0.0.0 c.example
                $ORIGIN x.
                @ SOA ( a b
                )
                d 1h IN CNAME *.
                \\. e\\046 "x;y" A 192.0.2.1
                """;
        Property.check(
                500, samples -> ListReaderFuzzTest.check(samples.damaged(legal).getBytes(StandardCharsets.UTF_8)));
    }
}
