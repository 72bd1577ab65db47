package io.innkeeper.feed.dnsmasq.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.feed.dnsmasq.bus.RestoreStep.Outcome;
import io.innkeeper.lease.Allocation;
import io.innkeeper.lease.Expiry;
import io.innkeeper.lease.Lease;
import io.innkeeper.lease.LeaseFact;
import io.innkeeper.lease.LeaseSource;
import io.innkeeper.lease.LeaseState;
import io.innkeeper.wire.dnsmasq.LeaseFile;
import io.innkeeper.wire.dnsmasq.LeaseLine;
import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which leases a dnsmasq is given back. */
class RestorePlanTest {
    private static final Instant NOW = Instant.parse("2026-11-21T20:00:00Z");
    private static final Expiry IN_AN_HOUR = Expiry.at(NOW.plusSeconds(3_600));
    private static final String LAPTOP = "02:00:00:00:00:01";
    private static final String PHONE = "02:00:00:00:00:02";

    private static KnownLease held(String address, String mac, Expiry expiry) {
        return new KnownLease(lease(address, mac, null, expiry, null), null);
    }

    private static KnownLease lost(String address, String mac, int minutesAgo) {
        return new KnownLease(lease(address, mac, null, IN_AN_HOUR, null), NOW.minus(Duration.ofMinutes(minutesAgo)));
    }

    private static Lease lease(
            String address, @Nullable String mac, @Nullable String id, Expiry expiry, @Nullable Long iaid) {
        LeaseFact fact = new LeaseFact(
                IpAddress.parse(address).orElseThrow(),
                mac == null ? null : MacAddress.parse(mac).orElseThrow(),
                id == null ? null : ClientId.parse(id).orElseThrow(),
                null,
                expiry,
                iaid,
                false,
                Allocation.DYNAMIC,
                null,
                null,
                Map.of());
        return new Lease(LeaseSource.dnsmasq("home"), fact, LeaseState.ACTIVE, NOW.minusSeconds(60));
    }

    private static List<LeaseLine> file(String... lines) {
        String text = String.join("\n", lines) + "\n";
        return LeaseFile.parse(text.getBytes(StandardCharsets.US_ASCII)).leases();
    }

    private static RestoreStep only(KnownLease known, String... lines) {
        List<RestoreStep> steps = RestorePlan.of(List.of(known), lines.length == 0 ? List.of() : file(lines), NOW);
        assertThat(steps).hasSize(1);
        return steps.getFirst();
    }

    @Test
    void whatIsMissingIsGivenBackForTheRestOfItsTime() {
        RestoreStep step = only(held("192.168.1.9", LAPTOP, IN_AN_HOUR));
        assertThat(step.outcome()).isEqualTo(Outcome.RESTORED);
        assertThat(step.seconds()).isEqualTo(3_600);
    }

    @Test
    void whatDnsmasqHasStands() {
        assertThat(only(held("192.168.1.9", LAPTOP, IN_AN_HOUR), "1795291200 " + LAPTOP + " 192.168.1.9 laptop *")
                        .outcome())
                .isEqualTo(Outcome.STANDS);
    }

    @Test
    void anAddressThatAnotherGotSinceStaysHis() {
        RestoreStep step =
                only(held("192.168.1.9", LAPTOP, IN_AN_HOUR), "1795291200 " + PHONE + " 192.168.1.9 phone *");
        assertThat(step.outcome()).isEqualTo(Outcome.LEFT);
        assertThat(step.reason()).contains(PHONE);
    }

    @Test
    void aClientThatGotAnotherAddressSinceKeepsThat() {
        RestoreStep step =
                only(held("192.168.1.9", LAPTOP, IN_AN_HOUR), "1795291200 " + LAPTOP + " 192.168.1.50 laptop *");
        assertThat(step.outcome()).isEqualTo(Outcome.LEFT);
        assertThat(step.reason()).contains("192.168.1.50");
    }

    @Test
    void ofTwoLeasesOfAClientTheNewestCounts() {
        List<RestoreStep> steps = RestorePlan.of(
                List.of(lost("192.168.1.8", LAPTOP, 90), lost("192.168.1.9", LAPTOP, 5)), List.of(), NOW);
        assertThat(steps).extracting(RestoreStep::outcome).containsExactly(Outcome.LEFT, Outcome.RESTORED);
    }

    @Test
    void ofTwoLeasesOfAnAddressTheOneThatStandsCounts() {
        List<RestoreStep> steps = RestorePlan.of(
                List.of(lost("192.168.1.9", LAPTOP, 1), held("192.168.1.9", PHONE, IN_AN_HOUR)), List.of(), NOW);
        assertThat(steps)
                .singleElement()
                .satisfies(step -> assertThat(step.lease().mac()).hasToString(PHONE));
    }

    @Test
    void timesThatAreOverOrUnknownAreLeft() {
        assertThat(only(held("192.168.1.9", LAPTOP, Expiry.at(NOW))).reason()).contains("over");
        assertThat(only(held("192.168.1.9", LAPTOP, Expiry.UNKNOWN)).reason()).contains("nobody knows when");
        assertThat(only(held("192.168.1.9", LAPTOP, Expiry.ofLifetime(Duration.ofHours(2))))
                        .seconds())
                .isEqualTo(7_200);
        assertThat(only(held("192.168.1.9", LAPTOP, Expiry.INFINITE)).seconds()).isEqualTo(0xffff_ffffL);
    }

    @Test
    void withoutAHolderNothingIsGiven() {
        assertThat(only(new KnownLease(lease("192.168.1.9", null, null, IN_AN_HOUR, null), null))
                        .outcome())
                .isEqualTo(Outcome.LEFT);
    }

    @Test
    void forSixTheDuidAndTheIdentityAssociationCount() {
        String duid = "00:03:00:01:02:00:00:00:00:01";
        KnownLease six = new KnownLease(lease("fd00::9", LAPTOP, duid, IN_AN_HOUR, 7L), null);
        assertThat(only(six).outcome()).isEqualTo(Outcome.RESTORED);
        assertThat(only(six, "duid 00:01", "1795291200 7 fd00::9 * " + duid).outcome())
                .isEqualTo(Outcome.STANDS);
        assertThat(only(six, "duid 00:01", "1795291200 7 fd00::50 * " + duid).reason())
                .contains("fd00::50");
        assertThat(only(six, "duid 00:01", "1795291200 8 fd00::50 * " + duid).outcome())
                .as("another identity association of the same client")
                .isEqualTo(Outcome.RESTORED);
        KnownLease unknown = new KnownLease(lease("fd00::9", LAPTOP, null, IN_AN_HOUR, null), null);
        assertThat(only(unknown).outcome()).isEqualTo(Outcome.LEFT);
    }
}
