package io.innkeeper.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.dns.LocalNames.Found;
import io.innkeeper.property.Property;
import io.innkeeper.property.Samples;
import io.innkeeper.wire.dns.DnsMessage;
import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.dns.DnsRecord;
import io.innkeeper.wire.dns.QueryView;
import io.innkeeper.wire.dns.Question;
import io.innkeeper.wire.dns.RecordType;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LocalNamesTest {
    private static final long HOUR_MS = 3_600_000;

    private static LocalNames.Settings settings(boolean bare, String... records) {
        return new LocalNames.Settings(
                List.of(DnsName.of("home.arpa"), DnsName.of("lan.example")),
                60,
                true,
                bare,
                Stream.of(records).map(TestingZone::record).toList(),
                List.of(DnsName.of("corp.home.arpa"), DnsName.of("2.10.in-addr.arpa")));
    }

    private static LeaseName lease(String label, String address, int mac, long startMs, long endMs) {
        return new LeaseName(
                IpAddress.parse(address).orElseThrow(),
                "dhcp4",
                label,
                MacAddress.parse("02:00:00:00:00:0" + mac).orElseThrow(),
                startMs,
                endMs);
    }

    /** {@code -} for not ours, {@code !} for no such name, else the records. */
    private static String ask(LocalNames names, String name, int type, long nowMs) {
        byte[] bytes = DnsMessage.query(1, 0, new Question(DnsName.of(name), type, 1), null)
                .write(512);
        QueryView query = new QueryView();
        assertThat(query.read(bytes, 0, bytes.length)).isEqualTo(QueryView.Verdict.ANSWER);
        return switch (names.find(query, nowMs)) {
            case Found.Foreign _ -> "-";
            case Found.NoName _ -> "!";
            case Found.Records found ->
                String.join(" ", found.records().stream().map(DnsScene::text).toList());
        };
    }

    private static String a(LocalNames names, String name, long nowMs) {
        return ask(names, name, RecordType.A, nowMs);
    }

    @Test
    void leasesComeChangeAndEnd() {
        LocalNames names = new LocalNames(settings(true));
        long before = names.version();
        names.put(lease("phone", "10.0.0.5", 1, 0, HOUR_MS));
        assertThat(names.version()).isGreaterThan(before);
        assertThat(a(names, "PHONE.home.arpa", 0)).isEqualTo("A 10.0.0.5 @60");
        assertThat(a(names, "phone", 0)).isEqualTo("A 10.0.0.5 @60");
        assertThat(a(names, "phone.lan.example", 0)).isEqualTo("!");
        assertThat(ask(names, "5.0.0.10.in-addr.arpa", RecordType.PTR, 0)).isEqualTo("PTR phone.home.arpa. @60");
        names.put(lease("tablet", "10.0.0.5", 1, 0, HOUR_MS));
        assertThat(a(names, "phone.home.arpa", 0)).isEqualTo("!");
        assertThat(a(names, "tablet.home.arpa", 0)).isEqualTo("A 10.0.0.5 @60");
        assertThat(names.leaseCount()).isEqualTo(1);
        names.remove(IpAddress.v4(0x0a000005), "dhcp4");
        assertThat(a(names, "tablet.home.arpa", 0)).isEqualTo("!");
        assertThat(ask(names, "5.0.0.10.in-addr.arpa", RecordType.PTR, 0)).isEqualTo("!");
        assertThat(names.leaseCount()).isZero();
    }

    @Test
    void theTimeToLiveIsNeverLongerThanTheLeaseAndItsNameEndsWithIt() {
        LocalNames names = new LocalNames(settings(true));
        names.put(lease("phone", "10.0.0.5", 1, 0, 30_500));
        assertThat(a(names, "phone.home.arpa", 0)).isEqualTo("A 10.0.0.5 @30");
        assertThat(a(names, "phone.home.arpa", 30_499)).isEqualTo("A 10.0.0.5 @0");
        assertThat(a(names, "phone.home.arpa", 30_500)).isEqualTo("!");
        assertThat(a(names, "phone", 30_500)).isEqualTo("-");
    }

    @Test
    void ofTwoDevicesThatWantOneNameTheFirstHasItAndTheOtherComesAfterIt() {
        LocalNames names = new LocalNames(settings(true));
        names.put(lease("phone", "10.0.0.6", 2, 2_000, 2 * HOUR_MS));
        names.put(lease("phone", "10.0.0.5", 1, 1_000, HOUR_MS));
        names.put(lease("phone", "fd00::5", 1, 5_000, HOUR_MS));
        assertThat(a(names, "phone.home.arpa", 9_000)).isEqualTo("A 10.0.0.5 @60");
        assertThat(ask(names, "phone.home.arpa", RecordType.AAAA, 9_000)).isEqualTo("AAAA fd00::5 @60");
        assertThat(a(names, "phone.home.arpa", HOUR_MS)).isEqualTo("A 10.0.0.6 @60");
        assertThat(ask(names, "6.0.0.10.in-addr.arpa", RecordType.PTR, 9_000)).isEqualTo("PTR phone.home.arpa. @60");
    }

    @Test
    void whatWasMadeByHandIsNeverTouchedByALease() {
        LocalNames names =
                new LocalNames(settings(true, "nas.home.arpa. 60 A 10.0.0.1", "txt.home.arpa. 60 TXT \"x\""));
        names.put(lease("nas", "10.0.0.66", 1, 0, HOUR_MS));
        names.put(lease("other", "10.0.0.1", 2, 0, HOUR_MS));
        names.put(lease("txt", "10.0.0.67", 3, 0, HOUR_MS));
        assertThat(a(names, "nas.home.arpa", 0)).isEqualTo("A 10.0.0.1 @60");
        assertThat(a(names, "txt.home.arpa", 0)).isEmpty();
        assertThat(ask(names, "1.0.0.10.in-addr.arpa", RecordType.PTR, 0)).isEqualTo("PTR nas.home.arpa. @60");
        names.remove(IpAddress.v4(0x0a000042), "dhcp4");
        names.remove(IpAddress.v4(0x0a000001), "dhcp4");
        assertThat(a(names, "nas.home.arpa", 0)).isEqualTo("A 10.0.0.1 @60");
        assertThat(ask(names, "1.0.0.10.in-addr.arpa", RecordType.PTR, 0)).isEqualTo("PTR nas.home.arpa. @60");
    }

    @Test
    void emptyNonTerminalsAreThereAndForwardedZonesAreNot() {
        LocalNames names = new LocalNames(settings(
                true, "a.b.home.arpa. 60 A 10.0.0.1", "x.corp.home.arpa. 60 A 10.0.0.2", "www.example. 60 A 10.0.0.3"));
        assertThat(a(names, "b.home.arpa", 0)).isEmpty();
        assertThat(a(names, "c.home.arpa", 0)).isEqualTo("!");
        assertThat(a(names, "b", 0)).isEqualTo("-");
        assertThat(a(names, "x.corp.home.arpa", 0)).isEqualTo("A 10.0.0.2 @60");
        assertThat(a(names, "y.corp.home.arpa", 0)).isEqualTo("-");
        assertThat(a(names, "corp.home.arpa", 0)).isEqualTo("-");
        assertThat(a(names, "www.example", 0)).isEqualTo("A 10.0.0.3 @60");
        assertThat(ask(names, "www.example", RecordType.AAAA, 0)).isEmpty();
        assertThat(a(names, "example", 0)).isEqualTo("-");
        assertThat(ask(names, "1.0.2.10.in-addr.arpa", RecordType.PTR, 0)).isEqualTo("-");
        assertThat(ask(names, "1.0.3.10.in-addr.arpa", RecordType.PTR, 0)).isEqualTo("!");
    }

    @Test
    void aHostThatIsCalledLikeATopLevelDomainTakesOnlyItsAddresses() {
        LocalNames names = new LocalNames(settings(true));
        names.put(lease("com", "10.0.0.5", 1, 0, HOUR_MS));
        assertThat(a(names, "com", 0)).isEqualTo("A 10.0.0.5 @60");
        assertThat(ask(names, "com", RecordType.DS, 0)).isEqualTo("-");
        assertThat(ask(names, "com", RecordType.NS, 0)).isEqualTo("-");
        names.settings(settings(false));
        assertThat(a(names, "com", 0)).isEqualTo("-");
        assertThat(a(names, "com.home.arpa", 0)).isEqualTo("A 10.0.0.5 @60");
    }

    @Test
    void eachZoneHasItsSoaAndNs() {
        LocalNames names = new LocalNames(settings(true, "nas.home.arpa. 60 A 10.0.0.1"));
        for (String zone : List.of("home.arpa", "10.in-addr.arpa", "lan.example")) {
            assertThat(ask(names, zone, RecordType.SOA, 0)).startsWith("SOA " + zone);
            assertThat(ask(names, zone, RecordType.NS, 0)).isEqualTo("NS " + zone + ". @60");
            assertThat(a(names, zone, 0)).isEmpty();
        }
    }

    /** A list that is looked through from its beginning says the same, and nothing is left where all has ended. */
    @Test
    void whateverComesAndGoesTheNamesAreThoseOfTheLeases() {
        Property.check(200, LocalNamesTest::story);
    }

    private static void story(Samples samples) {
        LocalNames names = new LocalNames(settings(true, "nas.home.arpa. 60 A 10.0.0.1"));
        List<LeaseName> leases = new ArrayList<>();
        long nowMs = 0;
        for (int step = 0; step < 60; step++) {
            nowMs += samples.below(20_000);
            LeaseName lease = lease(
                    samples.pick("a", "b", "nas", "c"),
                    "10.0.0." + (1 + samples.below(5)),
                    1 + samples.below(3),
                    nowMs,
                    nowMs + samples.below(60_000));
            leases.removeIf(one -> one.address().equals(lease.address()));
            if (samples.oneIn(3)) {
                names.remove(lease.address(), "dhcp4");
            } else {
                leases.add(lease);
                names.put(lease);
            }
            if (samples.oneIn(10)) {
                names.replace(leases);
            }
            if (samples.oneIn(10)) {
                names.settings(settings(samples.oneIn(2), "nas.home.arpa. 60 A 10.0.0.1"));
            }
            assertThat(names.leaseCount()).isEqualTo(leases.size());
            for (String label : List.of("a", "b", "c", "d")) {
                String found = a(names, label + ".home.arpa", nowMs);
                assertThat(found.split(" (?=A)")).containsExactlyInAnyOrder(naive(leases, label, nowMs));
            }
            assertThat(a(names, "nas.home.arpa", nowMs)).isEqualTo("A 10.0.0.1 @60");
        }
    }

    private static String[] naive(List<LeaseName> leases, String label, long nowMs) {
        List<LeaseName> live = leases.stream()
                .filter(lease -> lease.label().equals(label) && lease.expiresAtMs() > nowMs)
                .toList();
        if (live.isEmpty()) {
            return new String[] {"!"};
        }
        LeaseName first = live.getFirst();
        for (LeaseName lease : live) {
            boolean earlier = lease.startedAtMs() < first.startedAtMs()
                    || (lease.startedAtMs() == first.startedAtMs()
                            && lease.address().compareTo(first.address()) < 0);
            first = earlier ? lease : first;
        }
        List<String> texts = new ArrayList<>();
        for (LeaseName lease : live) {
            if (Objects.equals(lease.mac(), first.mac())) {
                long ttl = Math.min(60, (lease.expiresAtMs() - nowMs) / 1000);
                texts.add(DnsScene.text(DnsRecord.address(DnsName.ROOT, ttl, lease.address())));
            }
        }
        return texts.toArray(String[]::new);
    }
}
