package io.innkeeper.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.dhcp.Outcome.Verdict;
import io.innkeeper.lease.BindingBook;
import io.innkeeper.scenario.PlanText;
import io.innkeeper.wire.dhcp4.MessageType;
import io.innkeeper.wire.net.MacAddress;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Somebody makes up hardware addresses as fast as it can. */
class StarvationTest {
    private static final long NOW = 1_767_268_800_000L;
    private static final int STRANGERS = 100_000;
    private static final int OFFERS = 4_096;
    private static final int HELD = 0xc0a80164;
    private static final MacAddress KNOWN = TestingMessages.mac("ac:de:48:00:00:01");

    private final BindingBook book = new BindingBook(OFFERS, 3);

    private Map<Verdict, Integer> attacked(String settings) {
        DhcpEngine engine = new DhcpEngine(
                book,
                PlanText.of("set authoritative packets-per-client=50 %s\nsubnet 192.168.0.0/16\nlifetime 1h\n"
                                .formatted(settings)
                        + "pool 192.168.1.100-192.168.99.99"));
        engine.handle(TestingMessages.message(MessageType.REQUEST, KNOWN, HELD, 0), TestingMessages.broadcast(), NOW);
        Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
        for (int i = 0; i < STRANGERS; i++) {
            long nowMs = NOW + i / 16;
            Outcome outcome = engine.handle(
                    TestingMessages.message(MessageType.DISCOVER, TestingMessages.mac(i), 0, 0),
                    TestingMessages.broadcast(),
                    nowMs);
            verdicts.merge(outcome.verdict(), 1, Integer::sum);
            if (i % 10_000 == 0) {
                Outcome renewed = engine.handle(
                        TestingMessages.message(MessageType.REQUEST, KNOWN, 0, HELD),
                        TestingMessages.broadcast(),
                        nowMs);
                assertThat(renewed.verdict()).isEqualTo(Verdict.ACKNOWLEDGED);
            }
        }
        return verdicts;
    }

    @Test
    void knownClientsGoOnAndOffersAreBounded() {
        Map<Verdict, Integer> verdicts = attacked("");
        assertThat(verdicts.values().stream().mapToInt(n -> n).sum()).isEqualTo(STRANGERS);
        assertThat(book.offerCount()).isLessThanOrEqualTo(OFFERS);
        assertThat(book.size()).isEqualTo(1);
    }

    @Test
    void probesAreBoundedToo() {
        Map<Verdict, Integer> verdicts = attacked("probe-arp");
        assertThat(verdicts).containsKeys(Verdict.PROBING, Verdict.OVER_LIMIT);
        assertThat(book.offerCount()).isLessThanOrEqualTo(OFFERS);
    }
}
