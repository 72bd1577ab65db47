package io.innkeeper.feed.dnsmasq.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.feed.dnsmasq.query.JoinedQuery.Outcome;
import io.innkeeper.feed.dnsmasq.query.JoinedQuery.Signed;
import io.innkeeper.wire.dnsmasq.log.LogEntry;
import io.innkeeper.wire.dnsmasq.log.LogProgram;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Questions and their answers, from the lines of dnsmasq 2.90. */
class QueryJoinTest {
    private static final long NOW = 1_795_291_200_000L;

    private final List<JoinedQuery> joined = new ArrayList<>();
    private final QueryJoin join = new QueryJoin(joined::add);
    private long nowMs = NOW;

    /** Each line a millisecond after the one before. */
    private void hear(int pid, String... lines) {
        for (String line : lines) {
            join.heard(LogEntry.parse(line, LogProgram.DNS), nowMs, pid, nowMs);
            nowMs++;
        }
    }

    private JoinedQuery only() {
        assertThat(joined).hasSize(1);
        return joined.getFirst();
    }

    @Test
    void withNumbersLinesAreJoinedByThem() {
        hear(
                7,
                "1 192.168.1.5/56954 query[A] www.example.com from 192.168.1.5",
                "2 192.168.1.6/47616 query[A] www.example.com from 192.168.1.6",
                "2 192.168.1.6/47616 forwarded www.example.com to 127.0.0.2#5353",
                "1 192.168.1.5/56954 forwarded www.example.com to 127.0.0.2#5353",
                "1 192.168.1.5/56954 reply www.example.com is 93.184.216.34",
                "1 192.168.1.5/56954 reply www.example.com is 93.184.216.35",
                "2 192.168.1.6/47616 reply www.example.com is 93.184.216.34");
        assertThat(joined).extracting(one -> one.client().toString()).containsExactly("192.168.1.5", "192.168.1.6");
        JoinedQuery first = joined.getFirst();
        assertThat(first.name()).isEqualTo("www.example.com");
        assertThat(first.type()).isEqualTo("A");
        assertThat(first.outcome()).isEqualTo(Outcome.FORWARDED);
        assertThat(first.detail()).isEqualTo("127.0.0.2#5353");
        assertThat(first.answer()).isEqualTo("93.184.216.34");
        assertThat(first.atMs()).isEqualTo(NOW);
        assertThat(first.tookMs()).isEqualTo(4);
    }

    @Test
    void numbersAreThoseOfOneProcess() {
        hear(7, "1 192.168.1.5/1 query[A] one.example from 192.168.1.5");
        hear(
                8,
                "1 192.168.1.6/1 query[A] two.example from 192.168.1.6",
                "1 192.168.1.6/1 cached two.example is 192.0.2.2");
        assertThat(only().name()).isEqualTo("two.example");
        hear(7, "1 192.168.1.5/1 cached one.example is 192.0.2.1");
        assertThat(joined.getLast().name()).isEqualTo("one.example");
    }

    @ParameterizedTest
    @CsvSource({
        "cached x.example is 192.0.2.1, CACHED, 192.0.2.1",
        "cached-stale x.example is 192.0.2.1, STALE, 192.0.2.1",
        "cached x.example is NXDOMAIN, CACHED, NXDOMAIN",
        "/etc/hosts x.example is 192.168.77.9, LOCAL, 192.168.77.9",
        "DHCP x.example is 192.168.77.50, LOCAL, 192.168.77.50",
        "config x.example is NXDOMAIN, LOCAL, NXDOMAIN",
        "config x.example is 0.0.0.0, BLOCKED, 0.0.0.0",
        "config x.example is ::, BLOCKED, ::",
        "reply error is SERVFAIL, FORWARDED, SERVFAIL"
    })
    void whoAnsweredIsTold(String answer, Outcome outcome, String value) {
        hear(7, "9 192.168.1.5/1 query[A] x.example from 192.168.1.5", "9 192.168.1.5/1 " + answer);
        assertThat(only().outcome()).isEqualTo(outcome);
        assertThat(only().answer()).isEqualTo(value);
    }

    @Test
    void behindAnAliasTheRestIsWaitedFor() {
        hear(
                7,
                "4 127.0.0.1/40250 query[A] web.example.com from 127.0.0.1",
                "4 127.0.0.1/40250 forwarded web.example.com to 127.0.0.2",
                "4 127.0.0.1/40250 reply web.example.com is <CNAME>");
        assertThat(joined).isEmpty();
        hear(7, "4 127.0.0.1/40250 reply www.example.com is NXDOMAIN");
        assertThat(only().answer()).isEqualTo("NXDOMAIN");
        assertThat(only().outcome()).isEqualTo(Outcome.FORWARDED);
    }

    @Test
    void anAliasWithoutRestIsAnAnswerToo() {
        hear(
                7,
                "4 127.0.0.1/40250 query[AAAA] web.example.com from 127.0.0.1",
                "4 127.0.0.1/40250 cached web.example.com is <CNAME>");
        join.tick(nowMs + QueryJoin.PATIENCE_MS);
        assertThat(only().outcome()).isEqualTo(Outcome.CACHED);
    }

    @Test
    void signaturesAreTold() {
        hear(
                7,
                "5 127.0.0.1/1 query[A] signed.example from 127.0.0.1",
                "5 127.0.0.1/1 forwarded signed.example to 127.0.0.2",
                "5 127.0.0.1/1 validation result is SECURE",
                "5 127.0.0.1/1 reply signed.example is 192.0.2.1");
        assertThat(only().signed()).isEqualTo(Signed.SECURE);
    }

    @Test
    void whatIsNeverAnsweredIsToldLate() {
        hear(
                7,
                "5 127.0.0.1/1 query[A] dead.example from 127.0.0.1",
                "5 127.0.0.1/1 forwarded dead.example to 127.0.0.9");
        join.tick(NOW + QueryJoin.PATIENCE_MS - 1);
        assertThat(joined).isEmpty();
        join.tick(NOW + QueryJoin.PATIENCE_MS);
        assertThat(only().outcome()).isEqualTo(Outcome.UNANSWERED);
        hear(7, "5 127.0.0.1/1 reply dead.example is 192.0.2.1");
        assertThat(joined).hasSize(1);
    }

    @Test
    void linesOfThePastWaitFromWhenTheyAreRead() {
        LogEntry query = LogEntry.parse("5 127.0.0.1/1 query[A] old.example from 127.0.0.1", LogProgram.DNS);
        join.heard(query, NOW - 86_400_000, 7, NOW);
        join.tick(NOW + 1);
        assertThat(joined).isEmpty();
        LogEntry answer = LogEntry.parse("5 127.0.0.1/1 cached old.example is 192.0.2.1", LogProgram.DNS);
        join.heard(answer, NOW - 86_399_000, 7, NOW);
        assertThat(only().atMs()).isEqualTo(NOW - 86_400_000);
        assertThat(only().tookMs()).isEqualTo(1_000);
    }

    @Test
    void withoutNumbersTheNameJoins() {
        hear(
                7,
                "query[A] www.example.com from 192.168.1.5",
                "forwarded www.example.com to 127.0.0.2",
                "query[AAAA] www.example.com from 192.168.1.5",
                "forwarded www.example.com to 127.0.0.2",
                "query[A] WWW.example.com from 192.168.1.6",
                "forwarded WWW.example.com to 127.0.0.2",
                "reply www.example.com is 2606:2800::1",
                "reply www.example.com is 93.184.216.34");
        assertThat(joined)
                .extracting(one -> one.client() + " " + one.type() + " " + one.answer())
                .as("one reply answers all who wait for it")
                .containsExactlyInAnyOrder(
                        "192.168.1.5 AAAA 2606:2800::1", "192.168.1.5 A 93.184.216.34", "192.168.1.6 A 93.184.216.34");
    }

    @Test
    void withoutNumbersWhatIsCachedIsNotForThoseWhoWaitForAnUpstream() {
        hear(
                7,
                "query[A] a.example from 192.168.1.5",
                "forwarded a.example to 127.0.0.2",
                "query[A] a.example from 192.168.1.6",
                "cached a.example is 192.0.2.1",
                "cached a.example is 192.0.2.2");
        assertThat(only().client()).hasToString("192.168.1.6");
    }

    @Test
    void withoutNumbersAddressesAreAskedForByTheirNames() {
        hear(
                7,
                "query[PTR] 34.216.184.93.in-addr.arpa from 127.0.0.1",
                "forwarded 34.216.184.93.in-addr.arpa to 127.0.0.2",
                "reply 93.184.216.34 is www.example.com");
        assertThat(only().outcome()).isEqualTo(Outcome.FORWARDED);
        assertThat(only().detail()).isEqualTo("127.0.0.2");
        hear(
                7,
                "query[PTR] 9.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.7.7.0.0.0.0.d.f.ip6.arpa from 127.0.0.1",
                "/etc/hosts fd00:77::9 is fixed.lan");
        assertThat(joined.getLast().answer()).isEqualTo("fixed.lan");
    }

    @Test
    void withoutNumbersAnErrorIsForTheOnlyOneThatWaits() {
        hear(
                7,
                "query[A] nothing.example from 127.0.0.1",
                "forwarded nothing.example to 127.0.0.2",
                "reply error is REFUSED");
        assertThat(only().answer()).isEqualTo("REFUSED");
        joined.clear();
        hear(
                7,
                "query[A] one.example from 127.0.0.1",
                "forwarded one.example to 127.0.0.2",
                "query[A] two.example from 127.0.0.1",
                "forwarded two.example to 127.0.0.2",
                "reply error is REFUSED");
        assertThat(joined).as("nobody knows which").isEmpty();
    }

    @Test
    void memoryIsBounded() {
        for (int i = 0; i < QueryJoin.MAX_OPEN + 5; i++) {
            hear(7, i + " 127.0.0.1/1 query[A] n" + i + ".example from 127.0.0.1");
        }
        assertThat(joined).hasSize(5).extracting(JoinedQuery::outcome).containsOnly(Outcome.UNANSWERED);
        join.finish();
        assertThat(joined).hasSize(QueryJoin.MAX_OPEN + 5);
    }

    @Test
    void otherLinesMeanNothing() {
        hear(7, "started, version 2.90 cachesize 150", "reply www.example.com is 192.0.2.1", "");
        join.finish();
        assertThat(joined).isEmpty();
    }
}
