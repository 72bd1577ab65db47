package io.innkeeper.dns.block;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.config.DnsListForm;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each form of a line, as lists of the world have it. What a rule means for a name is asked of a rule set. */
class ListReaderTest {
    private static final String HOSTS = """
            # Title: StevenBlack/hosts
            127.0.0.1 localhost
            127.0.0.1 localhost.localdomain
            127.0.0.1 local
            255.255.255.255 broadcasthost
            ::1 localhost
            ::1 ip6-localhost
            fe80::1%lo0 localhost
            ff02::2 ip6-allrouters
            0.0.0.0 0.0.0.0
            # Start StevenBlack
            0.0.0.0 ads.example.com
            127.0.0.1\ttrack.example.net  stats.example.net # two names
            :: v6.example.org
            0.0.0.0 Upper.Example.COM
            0.0.0.0 dot.example.com.
            """;

    private static final String ADGUARD = """
            [Adblock Plus]
            ! Title: AdGuard DNS filter
            ||ads.example.com^
            ||tracker.example^$important
            @@||good.tracker.example^|
            @@||cdn.example.com^$important
            |exact.example.com^
            ||wild*.example.net^
            ||banner.*^
            /^ad[0-9]+\\.example\\.org$/
            """;

    private static final String OISD = """
            # Title: oisd big
            *.ads.example.com
            metrics.example.net
            """;

    private static final String URLHAUS = """
            $TTL 30
            @ SOA rpz.urlhaus.abuse.ch. hostmaster.urlhaus.abuse.ch. 2603021615 300 1800 604800 30
             NS localhost.
            ;
            ; abuse.ch URLhaus Response Policy Zones (RPZ)
            testentry.rpz.urlhaus.abuse.ch CNAME . ; Test entry for testing URLhaus RPZ
            malware.example.com CNAME . ; Malware download (2026-03-02), see https://urlhaus.abuse.ch/host/malware.example.com/
            *.malware.example.com CNAME .
            """;

    @ParameterizedTest
    @CsvSource({
        // The form, the line, the names asked for (! for one that is not to be blocked).
        "HOSTS, 0.0.0.0 ads.example.com, ads.example.com !www.ads.example.com !example.com",
        "HOSTS, 127.0.0.1 a.example b.example # c.example, a.example b.example !c.example",
        "HOSTS, '::1 a.example', a.example",
        "HOSTS, 0 a.example, !a.example",
        "DOMAINS, example.com, example.com www.example.com a.b.example.com !example.org !notexample.com",
        "DOMAINS, *.example.com, example.com www.example.com",
        "DOMAINS, .example.com, example.com www.example.com",
        "DOMAINS, EXAMPLE.com. # comment, example.com",
        "DOMAINS, bücher.example, xn--bcher-kva.example",
        "DOMAINS, _dns.example.com, _dns.example.com",
        "ADBLOCK, ||example.com^, example.com www.example.com !notexample.com !example.com.org",
        "ADBLOCK, ||example.com, example.com www.example.com",
        "ADBLOCK, ||example.com|, example.com www.example.com",
        "ADBLOCK, |example.com^, example.com !www.example.com",
        "ADBLOCK, |example.com|, example.com !www.example.com",
        "ADBLOCK, example.com, example.com !www.example.com",
        "ADBLOCK, example.com^, example.com www.example.com notexample.com !example.com.org",
        "ADBLOCK, *.example.com, !example.com www.example.com",
        "ADBLOCK, ||*.example.com^, !example.com www.example.com",
        "ADBLOCK, ||ads.*^, ads.example www.ads.example !notads.example",
        "ADBLOCK, ||ad*.example.com^, ads.example.com ad.example.com x.ad1.example.com !bad.example.com",
        "ADBLOCK, |ads., ads.example !www.ads.example",
        "ADBLOCK, -tracking-, a-tracking-b.example !tracking.example",
        "ADBLOCK, .ads., www.ads.example !ads.example",
        "ADBLOCK, /^ads?[0-9]/, ad1.example ads2.example AD3.example !xad1.example",
        "ADBLOCK, 0.0.0.0 a.example, a.example !www.a.example",
        "ADBLOCK, ||bücher.example^, xn--bcher-kva.example",
        "ADBLOCK, '||example.com^ # a comment', example.com",
        "REGEX, (^|\\.)ads?[0-9]*\\., ad.example www.ads3.example !bad.example",
        "REGEX, /^track/, track.example !www.track.example",
        "RPZ, example.com CNAME ., example.com !www.example.com",
        "RPZ, *.example.com CNAME ., !example.com www.example.com a.b.example.com",
        "RPZ, example.com 300 IN CNAME ., example.com",
        "RPZ, example.com IN 5m CNAME *., example.com",
        "RPZ, example.com A 192.0.2.1, example.com",
        "RPZ, example.com CNAME rpz-passthru., !example.com",
    })
    void linesMean(DnsListForm form, String line, String names) {
        RuleSet rules = TestingRules.of(form, line);
        for (String name : names.split(" ")) {
            boolean expected = !name.startsWith("!");
            assertThat(TestingRules.blocks(rules, expected ? name : name.substring(1)))
                    .as(name)
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "HOSTS, 192.0.2.1 a.example, ADDRESS",
        "HOSTS, a.example, ADDRESS",
        "HOSTS, 0.0.0.0, NOT_A_NAME",
        "HOSTS, 0.0.0.0 a..example, NOT_A_NAME",
        "HOSTS, 0.0.0.0 192.0.2.1, ADDRESS",
        "DOMAINS, a b, NOT_A_NAME",
        "DOMAINS, 192.0.2.1, ADDRESS",
        "DOMAINS, '2001:db8::1', ADDRESS",
        "DOMAINS, <html>, NOT_A_NAME",
        "DOMAINS, -, NOT_FAILED",
        "ADBLOCK, example.com##.banner, COSMETIC",
        "ADBLOCK, ##.banner, COSMETIC",
        "ADBLOCK, example.com#@#.banner, COSMETIC",
        "ADBLOCK, example.com#$#body { x }, COSMETIC",
        "ADBLOCK, ||example.com/banner.js, NOT_FOR_DNS",
        "ADBLOCK, /banner/*/ad., NOT_FOR_DNS",
        "ADBLOCK, '||example.com^$third-party', MODIFIER",
        "ADBLOCK, '||example.com^$important,script', MODIFIER",
        "ADBLOCK, '||example.com^$dnstype=NOSUCH', MODIFIER",
        "ADBLOCK, '||example.com^$client=', MODIFIER",
        "ADBLOCK, ||192.0.2.1^, ADDRESS",
        "ADBLOCK, /(/, REGEX",
        "ADBLOCK, *, NOT_A_NAME",
        "ADBLOCK, ||^, NOT_A_NAME",
        "REGEX, a{1000}b{1000}, REGEX",
        "REGEX, [, REGEX",
        "RPZ, 32.1.2.0.192.rpz-ip CNAME ., TRIGGER",
        "RPZ, ns.example.com.rpz-nsdname CNAME ., TRIGGER",
        "RPZ, example.com TXT hello, RECORD",
        "RPZ, example.com CNAME *.walled.example., RECORD",
        "RPZ, example.com A 2001:db8::1, RECORD",
        "RPZ, example.com, RECORD",
        "RPZ, $GENERATE 1-2 a$ CNAME ., RECORD",
    })
    void whatCannotBeReadIsCountedByReason(DnsListForm form, String line, String reason) {
        ReadCounts counts = TestingRules.read(
                        form, "# one\n" + (form == DnsListForm.RPZ ? ";" : "#") + "\n" + line + "\n")
                .counts();
        if (reason.equals("NOT_FAILED")) {
            assertThat(counts.rejectedCount()).isZero();
            return;
        }
        RejectReason why = RejectReason.valueOf(reason);
        assertThat(counts.rejected()).containsKey(why);
        assertThat(counts.rejected(why).examples()).contains(new ReadCounts.Line(3, line));
        assertThat(counts.rules()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"HOSTS", "DOMAINS", "ADBLOCK", "RPZ", "REGEX"})
    void commentsAndBlankLinesAreNeither(DnsListForm form) {
        String comments = form == DnsListForm.RPZ ? "; one\n\n   ; two\n" : "# one\n\n   # two\n#\n";
        ReadCounts counts = TestingRules.read(form, comments).counts();
        assertThat(counts.rules()).isZero();
        assertThat(counts.rejectedCount()).isZero();
    }

    @Test
    void hostsFilesAsTheWorldHasThem() {
        ListReader reader = TestingRules.read(DnsListForm.AUTO, HOSTS);
        assertThat(reader.form()).isEqualTo(DnsListForm.HOSTS);
        assertThat(reader.counts().rules()).isEqualTo(6);
        assertThat(reader.counts().rejected()).isEmpty();
        RuleSet rules = TestingRules.of(DnsListForm.AUTO, HOSTS);
        assertThat(TestingRules.blocked(
                        rules, "upper.example.com", "dot.example.com", "stats.example.net", "localhost", "two"))
                .containsExactly("upper.example.com", "dot.example.com", "stats.example.net");
    }

    @Test
    void adblockFiltersAsTheWorldHasThem() {
        ListReader reader = TestingRules.read(DnsListForm.AUTO, ADGUARD);
        assertThat(reader.form()).isEqualTo(DnsListForm.ADBLOCK);
        assertThat(reader.counts().rejected()).isEmpty();
        assertThat(reader.counts().rules()).isEqualTo(8);
        RuleSet rules = TestingRules.of(DnsListForm.AUTO, ADGUARD);
        assertThat(TestingRules.blocked(
                        rules,
                        "www.ads.example.com",
                        "good.tracker.example",
                        "cdn.example.com",
                        "exact.example.com",
                        "x.exact.example.com",
                        "wild7.example.net",
                        "banner.example",
                        "ad12.example.org"))
                .as("$important is stronger than the exception without it")
                .containsExactly(
                        "www.ads.example.com",
                        "good.tracker.example",
                        "exact.example.com",
                        "wild7.example.net",
                        "banner.example",
                        "ad12.example.org");
    }

    @Test
    void otherFormsAreFoundOut() {
        assertThat(TestingRules.read(DnsListForm.AUTO, OISD).form()).isEqualTo(DnsListForm.DOMAINS);
        assertThat(TestingRules.read(DnsListForm.AUTO, URLHAUS).form()).isEqualTo(DnsListForm.RPZ);
        assertThat(TestingRules.read(DnsListForm.AUTO, "# x\n^ad[sx]?[0-9]*[._-]\n(\\.|^)track\\.\n")
                        .form())
                .isEqualTo(DnsListForm.REGEX);
        assertThat(TestingRules.read(DnsListForm.AUTO, "").form()).isEqualTo(DnsListForm.DOMAINS);
        String many = "0.0.0.0 a.example\n".repeat(ListReader.GUESSED_FROM * 3);
        assertThat(TestingRules.read(DnsListForm.AUTO, many).counts().rules()).isEqualTo(ListReader.GUESSED_FROM * 3);
    }

    @Test
    void policyZonesAsTheWorldHasThem() {
        ListReader reader = TestingRules.read(DnsListForm.AUTO, URLHAUS);
        assertThat(reader.counts().rejected()).isEmpty();
        assertThat(reader.counts().rules()).isEqualTo(3);
        assertThat(TestingRules.blocked(
                        TestingRules.of(DnsListForm.AUTO, URLHAUS),
                        "malware.example.com",
                        "x.malware.example.com",
                        "testentry.rpz.urlhaus.abuse.ch",
                        "localhost"))
                .containsExactly("malware.example.com", "x.malware.example.com", "testentry.rpz.urlhaus.abuse.ch");
    }

    @Test
    void recordsOfAPolicyZoneMayGoOverLinesAndBeNamedInFull() {
        String zone = """
                $ORIGIN rpz.example.
                $TTL 1h
                @ IN SOA ns.example. mail.example. (
                    1 ; serial
                    2 3 4 5 )
                @ IN NS ns.example.
                bad.com.rpz.example. CNAME .
                $ORIGIN org.rpz.example.
                worse CNAME .
                local.net.rpz.example. A 192.0.2.1
                    AAAA 2001:db8::1
                """;
        RuleSet rules = TestingRules.of(DnsListForm.RPZ, zone);
        assertThat(TestingRules.read(DnsListForm.RPZ, zone).counts().rejected()).isEmpty();
        assertThat(TestingRules.blocked(rules, "bad.com", "worse.org", "local.net", "worse", "rpz.example"))
                .containsExactly("bad.com", "worse.org", "local.net");
        PolicyAnswer answer = TestingRules.decide(rules, "local.net").answer();
        assertThat(answer)
                .isInstanceOfSatisfying(
                        PolicyAnswer.Records.class,
                        records -> assertThat(records.records())
                                .extracting(record -> record.ttl() + " " + record.type() + " "
                                        + record.data().text())
                                .containsExactly("3600 1 192.0.2.1", "3600 28 2001:db8::1"));
    }

    @Test
    void piecesMayEndAnywhere() {
        byte[] octets =
                ("\ufeff" + HOSTS.replace("\n", "\r\n") + "0.0.0.0 last.example").getBytes(StandardCharsets.UTF_8);
        List<Long> whole = hashes(octets, octets.length);
        assertThat(whole).hasSize(7);
        for (int size = 1; size < 40; size++) {
            assertThat(hashes(octets, size)).as("pieces of %d", size).isEqualTo(whole);
        }
    }

    private static List<Long> hashes(byte[] octets, int size) {
        List<Long> hashes = new ArrayList<>();
        ListReader reader = new ListReader(DnsListForm.AUTO, new RuleSink() {
            @Override
            public void policyZone() {}

            @Override
            public boolean name(long hash, Scope scope, Effect effect) {
                return hashes.add(hash);
            }

            @Override
            public boolean special(long hash, SpecialRule rule) {
                return false;
            }

            @Override
            public boolean pattern(SpecialRule rule) {
                return false;
            }
        });
        for (int at = 0; at < octets.length; at += size) {
            reader.read(octets, at, Math.min(size, octets.length - at));
        }
        reader.finish();
        assertThat(reader.counts().rejectedCount()).isZero();
        return hashes;
    }

    @Test
    void longLinesAndTooManyExamplesAreCounted() {
        String text = "a.example\n" + "x".repeat(LineCutter.MAX_LINE + 1) + "\nb.example\n" + "a..b\n".repeat(20);
        ReadCounts counts = TestingRules.read(DnsListForm.DOMAINS, text).counts();
        assertThat(counts.rules()).isEqualTo(2);
        assertThat(counts.lines()).isEqualTo(23);
        assertThat(counts.rejected(RejectReason.TOO_LONG).examples())
                .singleElement()
                .satisfies(line -> assertThat(line.number()).isEqualTo(2))
                .satisfies(line -> assertThat(line.text()).hasSize(200));
        assertThat(counts.rejected(RejectReason.NOT_A_NAME).count()).isEqualTo(20);
        assertThat(counts.rejected(RejectReason.NOT_A_NAME).examples()).hasSize(ReadCounts.MAX_EXAMPLES);
    }

    @Test
    void whatIsBeyondTheLimitsIsCounted() {
        RuleSetBuilder builder = new RuleSetBuilder(2, 1);
        ReadCounts counts = TestingRules.read(
                        DnsListForm.ADBLOCK,
                        "||a.example^\n||b.example^\n||c.example^\n/one/\n/two/\n",
                        builder.list(1, false))
                .counts();
        assertThat(counts.rules()).isEqualTo(3);
        assertThat(counts.rejected(RejectReason.NO_ROOM).examples().stream()
                        .map(ReadCounts.Line::text)
                        .collect(Collectors.joining(" ")))
                .isEqualTo("||c.example^ /two/");
        assertThat(builder.build().names()).isEqualTo(2);
    }
}
