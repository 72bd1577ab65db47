package io.innkeeper.dns.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.innkeeper.config.DnsListForm;
import io.innkeeper.wire.dns.DnsMessage;
import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.dns.QueryView;
import io.innkeeper.wire.dns.Question;
import io.innkeeper.wire.dns.RecordType;
import io.innkeeper.wire.net.Hash64;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.lang.management.ManagementFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleSetTest {
    private static RuleSet adblock(String... lists) {
        return TestingRules.of(DnsListForm.ADBLOCK, lists);
    }

    private static BlockClient client(String address, String mac, String name, String group) {
        return new BlockClient(
                IpAddress.parse(address).orElseThrow(), MacAddress.parse(mac).orElseThrow(), name, group);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                // The lists, and what is decided for www.example.com by which list.
                "||example.com^                            ; BLOCKED 1",
                "||example.org^                            ; NONE -1",
                "||example.com^, @@||www.example.com^      ; ALLOWED 2",
                "@@||example.com^, |www.example.com^       ; ALLOWED 1",
                "||example.com^$important, @@||example.com^ ; BLOCKED 1",
                "||example.com^$important, @@||example.com^$important ; ALLOWED 2",
                "||example.org^, ||example.com^, ||www.example.com^ ; BLOCKED 2",
                "@@/example/, ||example.com^               ; ALLOWED 1",
                "/example/$important, @@||example.com^     ; BLOCKED 1",
            })
    void theStrongerRuleCounts(String lists, String expected) {
        BlockDecision decision = TestingRules.decide(adblock(lists.split(", ")), "www.example.com");
        assertThat(decision.outcome() + " " + decision.list()).isEqualTo(expected);
    }

    @Test
    void onlyListsThatAreOnCount() {
        RuleSet rules = adblock("||example.com^", "@@||example.com^");
        Match match = TestingRules.find(rules, "example.com");
        assertThat(match.blocked()).isEqualTo(0b010);
        assertThat(match.allowed()).isEqualTo(0b100);
        assertThat(rules.decide(match, 0b011, RecordType.A, TestingRules.SOMEBODY)
                        .blocked())
                .isTrue();
        assertThat(rules.decide(match, 0b110, RecordType.A, TestingRules.SOMEBODY)
                        .blocked())
                .isFalse();
        assertThat(rules.decide(match, 0b001, RecordType.A, TestingRules.SOMEBODY))
                .isSameAs(BlockDecision.NONE);
    }

    @Test
    void aListOfNamesToAllowIsStrongerThanAllBlocks() {
        RuleSetBuilder builder = new RuleSetBuilder(100, 10);
        TestingRules.read(DnsListForm.DOMAINS, "example.com\n", builder.list(1, true));
        TestingRules.read(DnsListForm.ADBLOCK, "||example.com^$important\n/example/\n", builder.list(2, false));
        assertThat(TestingRules.decide(builder.build(), "www.example.com"))
                .isEqualTo(new BlockDecision(BlockDecision.Outcome.ALLOWED, 1, true, null));
    }

    @Test
    void rulesMayBeForSomeTypes() {
        RuleSet rules = adblock("||a.example^$dnstype=AAAA|https\n||b.example^$dnstype=~A\n*$dnstype=ANY");
        assertThat(TestingRules.decide(rules, "x.a.example", RecordType.AAAA, TestingRules.SOMEBODY)
                        .blocked())
                .isTrue();
        assertThat(TestingRules.decide(rules, "a.example", RecordType.HTTPS, TestingRules.SOMEBODY)
                        .blocked())
                .isTrue();
        assertThat(TestingRules.decide(rules, "a.example", RecordType.A, TestingRules.SOMEBODY)
                        .blocked())
                .isFalse();
        assertThat(TestingRules.decide(rules, "b.example", RecordType.A, TestingRules.SOMEBODY)
                        .blocked())
                .isFalse();
        assertThat(TestingRules.decide(rules, "b.example", RecordType.MX, TestingRules.SOMEBODY)
                        .blocked())
                .isTrue();
        assertThat(TestingRules.decide(rules, "c.example", RecordType.ANY, TestingRules.SOMEBODY)
                        .blocked())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = ';',
            value = {
                "192.0.2.7                ; true",
                "192.0.2.8                ; false",
                "192.0.2.0/24             ; true",
                "~192.0.2.7               ; false",
                "~192.0.2.8               ; true",
                "02:00:00:00:00:07        ; true",
                "02:00:00:00:00:08        ; false",
                "192.0.2.8|Mary's tablet  ; true",
                "'Mary\\'s tablet'         ; true",
                "\"Mary's tablet\"        ; true",
                "~'Mary\\'s tablet'       ; false",
                "kids                     ; true",
                "192.0.2.0/24|~kids       ; false",
            })
    void rulesMayBeForSomeClients(String value, boolean blocked) {
        RuleSet rules = adblock("||example.com^$client=" + value + ",important");
        BlockClient mary = client("192.0.2.7", "02:00:00:00:00:07", "Mary's tablet", "kids");
        assertThat(TestingRules.decide(rules, "www.example.com", RecordType.A, mary)
                        .blocked())
                .isEqualTo(blocked);
    }

    @Test
    void inAPolicyZoneTheMostSpecificRuleCounts() {
        RuleSet rules = TestingRules.of(DnsListForm.RPZ, """
                example.com CNAME .
                *.example.com CNAME .
                good.example.com CNAME rpz-passthru.
                *.good.example.com CNAME rpz-passthru.
                bad.good.example.com CNAME *.
                """);
        assertThat(TestingRules.decide(rules, "example.com").answer()).isEqualTo(new PolicyAnswer.NoName());
        assertThat(TestingRules.decide(rules, "x.example.com").answer()).isEqualTo(new PolicyAnswer.NoName());
        assertThat(TestingRules.decide(rules, "good.example.com").outcome()).isEqualTo(BlockDecision.Outcome.ALLOWED);
        assertThat(TestingRules.decide(rules, "x.good.example.com").outcome()).isEqualTo(BlockDecision.Outcome.ALLOWED);
        assertThat(TestingRules.decide(rules, "bad.good.example.com").answer()).isEqualTo(new PolicyAnswer.NoData());
    }

    @Test
    void theFirstPolicyZoneThatNamesANameCounts() {
        String pass = "example.com CNAME rpz-passthru.\n";
        String drop = "example.com CNAME rpz-drop.\n";
        assertThat(TestingRules.decide(TestingRules.of(DnsListForm.RPZ, pass, drop), "example.com"))
                .isEqualTo(new BlockDecision(BlockDecision.Outcome.ALLOWED, 1, false, null));
        assertThat(TestingRules.decide(TestingRules.of(DnsListForm.RPZ, drop, pass), "example.com"))
                .isEqualTo(new BlockDecision(BlockDecision.Outcome.BLOCKED, 1, false, new PolicyAnswer.Drop()));
        assertThat(TestingRules.decide(
                                TestingRules.of(
                                        DnsListForm.RPZ, "example.org CNAME .\n", "example.com CNAME rpz-tcp-only.\n"),
                                "example.com")
                        .answer())
                .isEqualTo(new PolicyAnswer.TcpOnly());
    }

    @Test
    void aPolicyZoneIsStrongerThanBlocksAndWeakerThanExceptions() {
        RuleSetBuilder builder = new RuleSetBuilder(100, 10);
        TestingRules.read(DnsListForm.ADBLOCK, "@@||a.example^\n", builder.list(0, false));
        TestingRules.read(DnsListForm.DOMAINS, "b.example\n", builder.list(1, false));
        TestingRules.read(
                DnsListForm.RPZ, "a.example CNAME .\nb.example CNAME rpz-passthru.\n", builder.list(2, false));
        RuleSet rules = builder.build();
        assertThat(TestingRules.decide(rules, "a.example").list()).isZero();
        assertThat(TestingRules.decide(rules, "b.example"))
                .isEqualTo(new BlockDecision(BlockDecision.Outcome.ALLOWED, 2, false, null));
    }

    @Test
    void anExpressionThatDoesNotEndIsGivenUp() {
        RuleSet rules = TestingRules.of(DnsListForm.REGEX, "(.*)(.*)(.*)(.*)x$\nexample$\n");
        Match match = TestingRules.find(rules, "a".repeat(60) + "." + "a".repeat(60) + ".example");
        assertThat(match.givenUp()).isPositive();
        assertThat(rules.decide(match, -1, RecordType.A, TestingRules.SOMEBODY).blocked())
                .isTrue();
        assertThat(TestingRules.find(rules, "a.b").givenUp()).isZero();
    }

    @Test
    void allExpressionsTogetherHaveABoundToo() {
        String bad = IntStream.range(0, 500)
                .mapToObj(i -> "(.*)(.*)(.*)(.*)x" + i + "$")
                .reduce("", (all, one) -> all + one + "\n");
        Match match = TestingRules.find(TestingRules.of(DnsListForm.REGEX, bad), "a".repeat(60));
        assertThat(match.givenUp()).isEqualTo(RuleSet.ALL_LOOKS / RuleSet.LOOKS + 1);
    }

    @Test
    void namesOfQueriesAreFoundAsThoseOfAnswers() {
        RuleSet rules = adblock("||Example.com^");
        byte[] packet = DnsMessage.query(7, 0, new Question(DnsName.of("WWW.eXample.com"), RecordType.A, 1), null)
                .write(512);
        QueryView query = new QueryView();
        assertThat(query.read(packet, 0, packet.length)).isEqualTo(QueryView.Verdict.ANSWER);
        Match match = new Match();
        rules.find(query, match);
        assertThat(match.blocked()).isEqualTo(0b10);
        rules.find(DnsName.ROOT.wire(), 0, match);
        assertThat(match.isEmpty()).isTrue();
    }

    @Test
    void findingAllocatesNothing() {
        RuleSet rules = adblock(
                "||example.com^\n||a.example^$dnstype=A\n||ads*.example^\n/^ad[0-9]+\\./\n/(^|\\.)track(er)?s?\\./\n");
        byte[][] names = {
            DnsName.of("www.example.com").wire(), DnsName.of("a.example").wire(),
            DnsName.of("ads7.example").wire(), DnsName.of("ad77.example.org").wire(),
            DnsName.of("nothing.of.this.example.net").wire()
        };
        Match match = new Match();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = 0;
        int rounds = 20_000;
        // The first half makes matchers and lets the compiler do its work.
        for (int round = 0; round < rounds; round++) {
            before = round == rounds / 2 ? threads.getCurrentThreadAllocatedBytes() : before;
            for (byte[] name : names) {
                rules.find(name, 0, match);
                rules.decide(match, -1, RecordType.A, TestingRules.SOMEBODY);
            }
        }
        long octets = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(octets).as("octets for %d names", rounds / 2 * names.length).isLessThan(10_000);
    }

    @Test
    void aNameTakesNoMoreThanTwelveOctets() {
        RuleSetBuilder builder = new RuleSetBuilder(1_000_000, 10);
        RuleSink sink = builder.list(1, false);
        RuleSink other = builder.list(63, false);
        for (int i = 0; i < 300_000; i++) {
            long hash = Hash64.mix(i);
            sink.name(hash, Scope.TREE, Effect.BLOCK);
            other.name(i % 3 == 0 ? hash : ~hash, Scope.EXACT, Effect.BLOCK);
        }
        RuleSet rules = builder.build();
        assertThat(rules.names()).isEqualTo(500_000);
        assertThat((double) rules.bytes() / rules.names()).isLessThan(12);
    }

    @Test
    void hashesThatAreNotSpreadAreFoundToo() {
        RuleSetBuilder builder = new RuleSetBuilder(1_000_000, 10);
        RuleSink sink = builder.list(1, false);
        for (int i = 0; i < 50_000; i++) {
            sink.name(i * 7_919L % 50_021, Scope.TREE, Effect.BLOCK);
            sink.name(5, Scope.TREE, Effect.ALLOW);
        }
        assertThat(builder.build().names()).isEqualTo(50_000);
    }

    @Test
    void thereAreNoMoreListsThanBits() {
        RuleSetBuilder builder = new RuleSetBuilder(10, 10);
        assertThatThrownBy(() -> builder.list(64, false)).isInstanceOf(IllegalArgumentException.class);
        for (int list = 0; list < RuleSet.MAX_LISTS; list++) {
            TestingRules.read(DnsListForm.DOMAINS, "a.example", builder.list(list, list % 2 == 1));
        }
        assertThat(builder.build().names()).isEqualTo(1);
    }
}
