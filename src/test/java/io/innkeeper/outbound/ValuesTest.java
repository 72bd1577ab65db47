package io.innkeeper.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.event.Event;
import io.innkeeper.event.EventType;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Signature, waits, keys. */
class ValuesTest {
    @Test
    void theSignatureIsThatOfOpenssl() {
        // printf '%s' '1763748202.{"number":4711,"type":"lease.added"}' | openssl dgst -sha256 -hmac 'correct horse …'
        assertThat(Signature.of(
                        "correct horse battery staple", 1_763_748_202L, "{\"number\":4711,\"type\":\"lease.added\"}"))
                .isEqualTo("t=1763748202,v1=a714f79e59e8e02aceed363059ee059c7c5b69e5b8f37d71104ac8ea5cff1c95");
    }

    @Test
    void theWaitDoublesUpToItsLimit() {
        BackOff usual = BackOff.USUAL;
        assertThat(IntStream.rangeClosed(1, 11).mapToLong(n -> usual.waitMs(n, 1)))
                .containsExactly(
                        1_000L, 2_000L, 4_000L, 8_000L, 16_000L, 32_000L, 64_000L, 128_000L, 256_000L, 300_000L,
                        300_000L);
        assertThat(usual.waitMs(Integer.MAX_VALUE, 1)).isEqualTo(300_000);
        assertThat(usual.waitMs(3, 0)).isEqualTo(2_000);
        assertThat(usual.waitMs(3, 0.5)).isEqualTo(3_000);
        assertThat(new BackOff(Duration.ofMillis(1), Duration.ofMillis(1)).waitMs(1, 0))
                .isZero();
    }

    @Test
    void aKeyIsOfOneEventOfOneStore() {
        Event event = event(EventType.LEASE_ADDED, "10.0.0.1");
        assertThat(new EventKey("00aa").of(event)).isEqualTo("00aa-7-1000");
    }

    private static Event event(EventType type, String subject) {
        return new Event(7, type, Instant.ofEpochSecond(1), subject, "{}");
    }

    @Test
    void ourOwnServiceIsNotTold() {
        Target target = new Target("x", Set.copyOf(EventType.named("*")), "", () -> {
            throw new AssertionError("not asked for");
        });
        assertThat(target.wants(event(EventType.SERVICE_FAILED, "dhcp4"))).isTrue();
        assertThat(target.wants(event(EventType.SERVICE_FAILED, "outbound"))).isFalse();
        assertThat(target.wants(event(EventType.LEASE_ADDED, "outbound"))).isTrue();
        Target other = new Target("x", Set.copyOf(EventType.named("lease.*")), "", target.way());
        assertThat(other.wants(event(EventType.SERVICE_FAILED, "dhcp4"))).isFalse();
    }
}
