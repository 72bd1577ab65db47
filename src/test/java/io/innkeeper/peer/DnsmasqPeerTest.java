package io.innkeeper.peer;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.innkeeper.StartException;
import io.innkeeper.peer.EventTape.Told;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real dnsmasq gives to real clients arrives as events: once each, in order, within a second. */
@Tag("slow")
class DnsmasqPeerTest {
    private static final String LAPTOP = "02:00:00:00:00:01";
    private static final String PHONE = "02:00:00:00:00:02";
    private static final String PRINTER = "02:00:00:00:00:03";
    private static final Duration QUIET = Duration.ofMillis(1_500);

    @TempDir
    private Path folder;

    @Test
    void grantRenewNameChangeRelease() throws IOException, InterruptedException, StartException {
        try (WatchedNetwork watched = new WatchedNetwork(folder);
                Udhcpc laptop = watched.udhcpc("laptop", LAPTOP);
                Udhcpc phone = watched.udhcpc("phone", PHONE)) {
            laptop.stay("laptop");
            Told added = watched.next("lease.added");
            assertThat(added.lease("mac")).isEqualTo(LAPTOP);
            assertThat(added.lease("hostname")).isEqualTo("laptop");
            assertThat(added.lease("allocation")).isEqualTo("dynamic");
            String address = added.lease("address");
            assertThat(address).startsWith("192.168.77.1");
            assertThat(endsAt(added))
                    .isBetween(inHours(12).minusSeconds(5), inHours(12).plusSeconds(5));

            phone.obtain("phone");
            Told second = watched.next("lease.added");
            assertThat(second.lease("mac")).isEqualTo(PHONE);

            awaitTheNextSecondAfter(added);
            laptop.renew();
            Told renewed = watched.next("lease.renewed");
            assertThat(renewed.lease("address")).isEqualTo(address);
            assertThat(endsAt(renewed)).isAfter(endsAt(added));

            phone.obtain("new-phone");
            Told changed = watched.next("lease.changed");
            assertThat(changed.lease("address")).isEqualTo(second.lease("address"));
            assertThat(changed.lease("hostname")).isEqualTo("new-phone");
            assertThat(changed.body().path("before").path("hostname").asString())
                    .isEqualTo("phone");

            laptop.release();
            Told released = watched.next("lease.released");
            assertThat(released.lease("address")).isEqualTo(address);
            watched.tape.nothingMore(QUIET);
            assertThat(watched.tape.all()).extracting(Told::number).isSorted().doesNotHaveDuplicates();
        }
    }

    @Test
    void theLastLeaseReleasedLeavesAnEmptyFile() throws IOException, InterruptedException, StartException {
        try (WatchedNetwork watched = new WatchedNetwork(folder);
                Udhcpc laptop = watched.udhcpc("laptop", LAPTOP)) {
            laptop.stay("laptop");
            watched.next("lease.added");
            laptop.release();
            watched.next("lease.released");
            assertThat(watched.dnsmasq.leaseLines()).noneMatch(line -> line.contains(LAPTOP));
            watched.tape.nothingMore(QUIET);
        }
    }

    @Test
    void anExpiredLeaseIsToldWhenDnsmasqDropsIt() throws IOException, InterruptedException, StartException {
        try (WatchedNetwork watched = new WatchedNetwork(folder);
                Udhcpc laptop = watched.udhcpc("laptop", LAPTOP);
                Udhcpc phone = watched.udhcpc("phone", PHONE)) {
            laptop.obtain("laptop");
            String address = watched.next("lease.added").lease("address");
            phone.obtain("phone");
            watched.next("lease.added");

            // dnsmasq leases for two minutes at least; its file may say less.
            watched.dnsmasq.stop();
            long end = Instant.now().getEpochSecond() + 4;
            List<String> lines = watched.dnsmasq.leaseLines().stream()
                    .map(line -> line.contains(LAPTOP) ? line.replaceFirst("^[0-9]+", String.valueOf(end)) : line)
                    .toList();
            Files.write(watched.dnsmasq.leases(), lines, StandardCharsets.ISO_8859_1);
            Told shortened = watched.next("lease.renewed");
            assertThat(endsAt(shortened).getEpochSecond()).isEqualTo(end);
            watched.dnsmasq.start();

            Told expired = watched.next("lease.expired");
            assertThat(expired.lease("address")).isEqualTo(address);
            assertThat(expired.arrivedAt().getEpochSecond()).isBetween(end, end + 3);
            watched.tape.nothingMore(QUIET);
        }
    }

    @Test
    void anAddressFixedByConfigurationIsStatic() throws IOException, InterruptedException, StartException {
        try (WatchedNetwork watched =
                        new WatchedNetwork(folder, "dhcp-host=" + PRINTER + ",192.168.77.50,printer,infinite");
                Udhcpc printer = watched.udhcpc("printer", PRINTER)) {
            printer.obtain("whatever");
            Told added = watched.next("lease.added");
            assertThat(added.lease("address")).isEqualTo("192.168.77.50");
            assertThat(added.lease("hostname")).isEqualTo("printer");
            assertThat(added.lease("allocation")).isEqualTo("static");
            assertThat(added.lease("allocationReason")).contains("dhcp-host").contains(PRINTER);
            assertThat(added.lease("expiry")).isEqualTo("infinite");
            assertThat(added.body().path("lease").path("expiresAt").isNull()).isTrue();
            watched.tape.nothingMore(QUIET);
        }
    }

    @Test
    void theOtherClientAndIpv6() throws IOException, InterruptedException, StartException {
        try (WatchedNetwork watched = new WatchedNetwork(folder);
                Dhclient four = watched.dhclient(4, "laptop", LAPTOP);
                Dhclient six = watched.dhclient(6, "phone", PHONE)) {
            four.stay("laptop");
            Told added4 = watched.next("lease.added");
            assertThat(added4.lease("mac")).isEqualTo(LAPTOP);

            six.stay("phone");
            Told added6 = watched.next("lease.added");
            assertThat(added6.lease("address")).startsWith("fd00:77::1");
            assertThat(added6.body().path("lease").path("family").asInt()).isEqualTo(6);
            assertThat(added6.lease("clientId")).isEqualTo("00:03:00:01:" + PHONE);
            assertThat(added6.lease("mac")).as("taken from the DUID").isEqualTo(PHONE);

            six.release();
            assertThat(watched.next("lease.released").lease("address")).isEqualTo(added6.lease("address"));
            four.release();
            assertThat(watched.next("lease.released").lease("address")).isEqualTo(added4.lease("address"));
            watched.tape.nothingMore(QUIET);
        }
    }

    @Test
    void aRestartOfDnsmasqIsNoNews() throws IOException, InterruptedException, StartException {
        try (WatchedNetwork watched = new WatchedNetwork(folder);
                Udhcpc laptop = watched.udhcpc("laptop", LAPTOP);
                Udhcpc phone = watched.udhcpc("phone", PHONE);
                Udhcpc printer = watched.udhcpc("printer", PRINTER)) {
            laptop.obtain("laptop");
            watched.next("lease.added");
            phone.obtain("phone");
            watched.next("lease.added");
            List<String> before = watched.dnsmasq.leaseLines();
            for (int i = 0; i < 3; i++) {
                watched.dnsmasq.stop();
                watched.dnsmasq.start();
            }
            watched.tape.nothingMore(QUIET);

            // The next lease makes it write all of them, in another order.
            printer.obtain("printer");
            assertThat(watched.next("lease.added").lease("mac")).isEqualTo(PRINTER);
            assertThat(watched.dnsmasq.leaseLines()).containsAll(before).doesNotContainSequence(before);
            watched.tape.nothingMore(QUIET);
        }
    }

    private static Instant endsAt(Told told) {
        return Instant.parse(told.lease("expiresAt"));
    }

    private static Instant inHours(int hours) {
        return Instant.now().plus(Duration.ofHours(hours));
    }

    /** The lease file has whole seconds: a renewal in the same second changes nothing. */
    private static void awaitTheNextSecondAfter(Told told) {
        await("the next second")
                .atMost(5, SECONDS)
                .until(() -> Instant.now().getEpochSecond() > told.arrivedAt().getEpochSecond() + 1);
    }
}
