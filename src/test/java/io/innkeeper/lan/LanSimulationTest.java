package io.innkeeper.lan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.innkeeper.dhcp.Plan;
import io.innkeeper.lease.BindingChange;
import io.innkeeper.property.Property;
import io.innkeeper.property.Samples;
import io.innkeeper.scenario.PlanText;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whatever the wire and the server do: no address is held by two clients, no client has heard an ACK of a lease that is not
 * stored, and a restart finds what memory says. A failure names its seed; this repeats it:
 *
 * <pre>mvn -o test -Dtest=LanSimulationTest -Dinnkeeper.seed=SEED</pre>
 */
@Tag("slow")
class LanSimulationTest {
    private static final long START_MS = 1_767_268_800_000L;
    private static final long HOUR_MS = 3_600_000;
    private static final int CLIENTS = 200;

    /** Fewer addresses than clients on the first link, so that they are handed on. */
    private static Plan plan(Samples samples) {
        return PlanText.of("""
                set offer-hold=20s decline-hold=10m
                %s
                %s
                subnet 192.168.1.0/24
                lifetime 3m
                pool 192.168.1.100-192.168.1.%d
                reserve mac=02:00:00:00:00:01 mac=02:00:00:00:00:02 address=192.168.1.10
                reserve mac=02:00:00:00:00:03 address=192.168.1.105
                subnet 10.0.0.0/24
                lifetime 5m least=30s
                pool 10.0.0.20-10.0.0.%d exclude=10.0.0.30-10.0.0.35
                """.formatted(
                        samples.oneIn(2) ? "set authoritative" : "",
                        samples.pick("", "set probe-arp", "set rapid-commit"),
                        samples.pick(120, 180),
                        samples.pick(60, 200)));
    }

    @Test
    void noAddressIsHeldByTwoAndNoLeaseIsLost() {
        int[] seen = new int[5];
        Property.check(12, samples -> {
            Lan lan = new Lan(samples, plan(samples), new LanStore(samples), CLIENTS);
            lan.run(START_MS, START_MS + HOUR_MS / 2);
            seen[0] += lan.server.acks;
            seen[1] += lan.server.crashes;
            seen[2] += lan.server.failedCommits;
            seen[3] += lan.server.declined;
            seen[4] += (int) lan.bound(START_MS + HOUR_MS / 2);
        });
        assertThat(seen)
                .as("ACKs, crashes, failed commits, declines, clients with a lease")
                .doesNotContain(0);
    }

    @Test
    void aStoreThatForgetsIsFound() {
        Samples samples = new Samples(1);
        LanStore forgetful = new LanStore(samples) {
            @Override
            public void commit(List<BindingChange> changes) {
                changes.stream().skip(1).forEach(this::keep);
            }
        };
        Lan lan = new Lan(samples, plan(samples), forgetful, CLIENTS);
        assertThatThrownBy(() -> lan.run(START_MS, START_MS + HOUR_MS)).isInstanceOf(AssertionError.class);
    }
}
