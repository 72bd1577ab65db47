package io.innkeeper.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.device.Device.SeenAddress;
import io.innkeeper.device.Device.SeenName;
import io.innkeeper.device.DeviceChange.Changed;
import io.innkeeper.device.DeviceChange.Discovered;
import io.innkeeper.device.DeviceChange.Touched;
import io.innkeeper.property.Property;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeviceTableTest {
    private static final Instant T0 = Instant.parse("2026-11-01T00:00:00Z");
    private static final MacAddress A = mac(1);
    private static final MacAddress B = mac(2);

    private final DeviceTable table = new DeviceTable(List.of(), 1_000);
    private Instant now = T0;

    private static MacAddress mac(int last) {
        return MacAddress.of(MacAddress.ETHERNET, new byte[] {2, 0, 0, 0, (byte) (last >> 8), (byte) last});
    }

    private static IpAddress ip(String text) {
        return IpAddress.parse(text).orElseThrow();
    }

    private static Sighting sighting(MacAddress mac, @Nullable String address, @Nullable String name, String source) {
        return new Sighting(mac, address == null ? null : ip(address), name, source, Evidence.ARP, Map.of());
    }

    private List<DeviceChange> see(MacAddress mac, @Nullable String address, @Nullable String name, String source) {
        return see(sighting(mac, address, name, source));
    }

    private List<DeviceChange> see(MacAddress mac, @Nullable String address) {
        return see(mac, address, null, "arp");
    }

    private List<DeviceChange> see(Sighting sighting) {
        now = now.plusSeconds(1);
        List<DeviceChange> changes = table.decideSeen(sighting, now);
        table.apply(changes);
        return changes;
    }

    private Device device(MacAddress mac) {
        return Objects.requireNonNull(table.get(mac));
    }

    private static void assertChanged(DeviceChange change, MacAddress mac, String... fields) {
        assertThat(change).isInstanceOfSatisfying(Changed.class, changed -> {
            assertThat(changed.device().mac()).isEqualTo(mac);
            assertThat(changed.fields()).containsExactlyInAnyOrder(fields);
        });
    }

    @Test
    void discoveredOnceThenTouched() {
        assertThat(see(A, "192.0.2.1")).hasSize(1).first().isInstanceOf(Discovered.class);
        assertThat(see(A, "192.0.2.1")).hasSize(1).first().isInstanceOf(Touched.class);
        assertThat(see(A, null)).hasSize(1).first().isInstanceOf(Touched.class);
        assertThat(device(A).firstSeenAt()).isEqualTo(T0.plusSeconds(1));
        assertThat(device(A).lastSeenAt()).isEqualTo(T0.plusSeconds(3));
        assertThat(device(A).addresses())
                .containsExactly(new SeenAddress(ip("192.0.2.1"), "arp", T0.plusSeconds(1), T0.plusSeconds(2), true));
    }

    @Test
    void decidingChangesNothing() {
        table.decideSeen(sighting(A, "192.0.2.1", null, "arp"), now);
        assertThat(table.size()).isZero();
    }

    @Test
    void anotherAddressIsAChange() {
        see(A, "192.0.2.1");
        assertChanged(see(A, "192.0.2.2").getFirst(), A, "addresses");
        assertThat(see(A, "192.0.2.1").getFirst()).as("it has both").isInstanceOf(Touched.class);
        assertThat(see(A, "192.0.2.2").getFirst()).isInstanceOf(Touched.class);
        assertChanged(see(A, "2001:db8::1").getFirst(), A, "addresses");
    }

    @Test
    void returningToTheLastAddressIsNoChange() {
        see(A, "192.0.2.1");
        see(A, "2001:db8::1");
        table.apply(table.decideLeft(A, ip("192.0.2.1")).stream().toList());
        assertThat(see(A, "192.0.2.1").getFirst()).isInstanceOf(Touched.class);
        assertThat(device(A).addresses()).allMatch(SeenAddress::current);
    }

    @Test
    void returningToAnEarlierAddressIsAChange() {
        see(A, "192.0.2.1");
        table.apply(table.decideLeft(A, ip("192.0.2.1")).stream().toList());
        see(A, "192.0.2.2");
        assertChanged(see(A, "192.0.2.1").getFirst(), A, "addresses");
    }

    @Test
    void anAddressThatMovesChangesBothDevices() {
        see(A, "192.0.2.1");
        see(B, "192.0.2.2");
        List<DeviceChange> changes = see(B, "192.0.2.1");
        assertThat(changes).hasSize(2);
        assertChanged(changes.get(0), A, "addresses");
        assertChanged(changes.get(1), B, "addresses");
        assertThat(device(A).addresses()).noneMatch(SeenAddress::current);
        assertThat(device(A).lastSeenAt()).as("nobody saw A").isEqualTo(T0.plusSeconds(1));
        assertThat(device(B).addresses()).allMatch(SeenAddress::current);
    }

    @Test
    void anAddressThatMovesBackLaterChangesBothAgain() {
        see(A, "192.0.2.1");
        see(B, "192.0.2.1");
        now = now.plusSeconds(120);
        List<DeviceChange> changes = see(A, "192.0.2.1");
        assertThat(changes).hasSize(2);
        assertChanged(changes.get(0), B, "addresses");
        assertChanged(changes.get(1), A, "addresses");
    }

    private static List<MacAddress> told(List<DeviceChange> changes) {
        return changes.stream()
                .filter(change -> change instanceof Changed || change instanceof Discovered)
                .map(change -> change.device().mac())
                .toList();
    }

    @Test
    void twoThatFightForAnAddressAreToldOnceAndOnceMoreWhenItIsOver() {
        see(A, "192.0.2.1");
        see(B, "192.0.2.2");
        assertThat(told(see(B, "192.0.2.1"))).containsExactly(A, B);
        for (int i = 0; i < 100; i++) {
            now = now.plusSeconds(20);
            assertThat(told(see(A, "192.0.2.1"))).isEmpty();
            assertThat(device(A).has(ip("192.0.2.1"))).as("applied").isTrue();
            assertThat(device(B).has(ip("192.0.2.1"))).isFalse();
            now = now.plusSeconds(20);
            assertThat(told(see(B, "192.0.2.1"))).isEmpty();
            assertThat(device(B).has(ip("192.0.2.1"))).isTrue();
        }
        see(A, "192.0.2.1");
        now = now.plusSeconds(100);
        assertThat(told(see(A, "192.0.2.1"))).as("it may go on").isEmpty();
        now = now.plusSeconds(20);
        List<DeviceChange> over = see(A, "192.0.2.1");
        assertChanged(over.get(0), B, "addresses");
        assertChanged(over.get(1), A, "addresses");
        assertThat(((Changed) over.get(0)).before().has(ip("192.0.2.1")))
                .as("as it was told last")
                .isTrue();
        assertThat(((Changed) over.get(1)).before().has(ip("192.0.2.1"))).isFalse();
        assertThat(over).hasSize(2);
        assertThat(told(see(A, "192.0.2.1"))).isEmpty();
    }

    @Test
    void aFightThatTheOneWinsWhoWasToldIsNotToldAgain() {
        see(A, "192.0.2.1");
        see(B, "192.0.2.1");
        see(A, "192.0.2.1");
        see(B, "192.0.2.1");
        for (int i = 0; i < 10; i++) {
            now = now.plusSeconds(60);
            assertThat(told(see(B, "192.0.2.1"))).isEmpty();
        }
    }

    @Test
    void aThirdOneIsTold() {
        see(A, "192.0.2.1");
        see(B, "192.0.2.1");
        see(A, "192.0.2.1");
        see(mac(3), null);
        assertThat(told(see(mac(3), "192.0.2.1"))).containsExactly(A, mac(3));
        now = now.plusSeconds(600);
        assertThat(told(see(mac(3), "192.0.2.1"))).isEmpty();
    }

    @Test
    void aNameThatComesWithAContestedAddressIsTold() {
        see(A, "192.0.2.1");
        see(B, "192.0.2.1");
        List<DeviceChange> changes = see(A, "192.0.2.1", "nas", "dnsmasq/home");
        assertThat(told(changes)).containsExactly(A);
        assertChanged(changes.getLast(), A, "hostname");
    }

    @Test
    void anAddressThatMovesToANewDevice() {
        see(A, "192.0.2.1");
        List<DeviceChange> changes = see(B, "192.0.2.1");
        assertChanged(changes.get(0), A, "addresses");
        assertThat(changes.get(1)).isInstanceOf(Discovered.class);
        assertThat(changes).hasSize(2);
    }

    @Test
    void oneNameASource() {
        see(A, null, "nas", "dnsmasq/home");
        assertChanged(see(A, null, "box", "dnsmasq/home").getFirst(), A, "hostname");
        assertThat(device(A).names()).containsExactly(new SeenName("box", "dnsmasq/home", now));
        assertChanged(see(A, null, "storage", "dnsmasq/lab").getFirst(), A, "hostname");
        assertThat(device(A).hostname()).isEqualTo("storage");
        assertThat(device(A).names()).extracting(SeenName::name).containsExactly("storage", "box");
        assertThat(see(A, null, null, "dnsmasq/lab").getFirst())
                .as("tells no name")
                .isInstanceOf(Touched.class);
        assertThat(device(A).hostname()).isEqualTo("storage");
    }

    @Test
    void twoSourcesThatDisagreeDoNotMakeTheNameFlap() {
        see(A, null, "nas", "dnsmasq/home");
        see(A, null, "storage", "dnsmasq/lab");
        for (int i = 0; i < 5; i++) {
            assertThat(see(A, null, "nas", "dnsmasq/home").getFirst()).isInstanceOf(Touched.class);
            assertThat(see(A, null, "storage", "dnsmasq/lab").getFirst()).isInstanceOf(Touched.class);
        }
        assertThat(device(A).hostname()).isEqualTo("storage");
        assertThat(device(A).names().getFirst().seenAt()).isEqualTo(now);
    }

    @Test
    void limitsOfADevice() {
        for (int i = 0; i < 50; i++) {
            see(A, "192.0.2." + i, "name" + i, "source" + i);
        }
        assertThat(device(A).names())
                .hasSize(Device.MAX_NAMES)
                .first()
                .extracting(SeenName::name)
                .isEqualTo("name49");
        assertThat(device(A).addresses())
                .hasSize(Device.MAX_ADDRESSES)
                .first()
                .extracting(SeenAddress::address)
                .isEqualTo(ip("192.0.2.49"));
        assertThat(see(B, "192.0.2.0"))
                .as("A no longer holds what was forgotten")
                .hasSize(1);
        assertThat(see(B, "192.0.2.49")).hasSize(2);
    }

    @Test
    void oneWithMoreAddressesThanAreKeptIsNotToldOfAgainAndAgain() {
        for (int i = 0; i < Device.MAX_ADDRESSES; i++) {
            see(A, "192.0.2." + i);
        }
        for (int i = 0; i < 200; i++) {
            assertThat(see(A, "192.0.2." + i % (Device.MAX_ADDRESSES + 8)).getFirst())
                    .isInstanceOf(Touched.class);
        }
        assertThat(device(A).addresses()).hasSize(Device.MAX_ADDRESSES);
        table.apply(table.decideLeft(A, device(A).addresses().getLast().address()).stream()
                .toList());
        assertChanged(see(A, "192.0.2.200").getFirst(), A, "addresses");
    }

    @Test
    void detailsHaveALimit() {
        Map<String, String> many =
                IntStream.range(0, 100).boxed().collect(Collectors.toMap(i -> "k%03d".formatted(i), i -> "v"));
        see(new Sighting(A, null, null, "dnsmasq/home", Evidence.ARP, many));
        assertThat(device(A).details())
                .hasSize(Device.MAX_DETAILS)
                .containsKeys("k000", "k031")
                .doesNotContainKey("k032");
        see(new Sighting(A, null, null, "dnsmasq/home", Evidence.ARP, Map.of("k000", "new", "zzz", "x")));
        assertThat(device(A).details()).hasSize(Device.MAX_DETAILS).containsEntry("k000", "new");
    }

    @Test
    void aFullTableStillKnowsItsOwn() {
        DeviceTable small = new DeviceTable(List.of(), 1);
        small.apply(small.decideSeen(sighting(A, "192.0.2.1", null, "arp"), T0));
        assertThat(small.decideSeen(sighting(B, "192.0.2.1", null, "arp"), T0)).isEmpty();
        assertThat(small.decideSeen(sighting(A, "192.0.2.2", null, "arp"), T0)).hasSize(1);
        assertThat(small.size()).isEqualTo(1);
        small.limit(2);
        assertThat(small.decideSeen(sighting(B, "192.0.2.3", null, "arp"), T0)).hasSize(1);
    }

    @Test
    void leaving() {
        see(A, "192.0.2.1");
        assertThat(table.decideLeft(B, ip("192.0.2.1"))).as("an unknown device").isEmpty();
        assertThat(table.decideLeft(A, ip("192.0.2.9"))).as("not its address").isEmpty();
        DeviceChange left = table.decideLeft(A, ip("192.0.2.1")).orElseThrow();
        assertThat(left).isInstanceOf(Touched.class);
        table.apply(List.of(left));
        assertThat(device(A).addresses()).noneMatch(SeenAddress::current);
        assertThat(table.decideLeft(A, ip("192.0.2.1"))).as("already left").isEmpty();
        assertThat(see(B, "192.0.2.1")).as("nobody loses it").hasSize(1);
    }

    @Test
    void called() {
        assertThat(table.decideCalled(A, "x", null)).isEmpty();
        see(A, null, "nas", "dnsmasq/home");
        DeviceChange change = table.decideCalled(A, "Storage", "in the cellar").orElseThrow();
        assertChanged(change, A, "name", "notes");
        table.apply(List.of(change));
        assertThat(table.decideCalled(A, "Storage", "in the cellar")).isEmpty();
        see(A, "192.0.2.1");
        assertThat(device(A).name()).isEqualTo("Storage");
        assertThat(device(A).hostname()).isEqualTo("nas");
        assertChanged(table.decideCalled(A, null, "in the cellar").orElseThrow(), A, "name");
    }

    @Test
    void noAddressIsEverHeldByTwoAndARestartChangesNothing() {
        Property.check(1_000, samples -> {
            DeviceTable live = new DeviceTable(List.of(), 4);
            for (int i = 0; i < 60; i++) {
                Instant at = T0.plusSeconds(i);
                MacAddress mac = mac(samples.below(6));
                IpAddress address = IpAddress.v4(samples.below(5));
                List<DeviceChange> changes = new ArrayList<>();
                if (samples.oneIn(4)) {
                    live.decideLeft(mac, address).ifPresent(changes::add);
                } else {
                    String name = samples.pickOrNull(List.of("a", "b"));
                    String source = samples.pick("x", "y");
                    Sighting sighting =
                            new Sighting(mac, samples.oneIn(5) ? null : address, name, source, Evidence.ARP, Map.of());
                    changes.addAll(live.decideSeen(sighting, at));
                    live.apply(changes);
                    live.decideSeen(sighting, at)
                            .forEach(again -> assertThat(again).isInstanceOf(Touched.class));
                }
                live.apply(changes);
                assertConsistent(live, samples.below(5));
            }
        });
    }

    private static void assertConsistent(DeviceTable table, int probe) {
        Map<IpAddress, MacAddress> holders = new HashMap<>();
        List<Device> devices = IntStream.range(0, 6)
                .mapToObj(i -> table.get(mac(i)))
                .filter(Objects::nonNull)
                .toList();
        assertThat(devices).hasSize(table.size()).hasSizeLessThanOrEqualTo(4);
        devices.forEach(device -> device.addresses().stream()
                .filter(SeenAddress::current)
                .forEach(seen ->
                        assertThat(holders.put(seen.address(), device.mac())).isNull()));
        DeviceTable restarted = new DeviceTable(devices, 4);
        Sighting next = new Sighting(mac(probe), IpAddress.v4(probe), "c", "x", Evidence.ARP, Map.of());
        assertThat(restarted.decideSeen(next, T0)).isEqualTo(table.decideSeen(next, T0));
    }

    /** A table of which most is in the store decides as one that has everything in memory, if it is asked as the desk asks. */
    @Test
    void aTableThatHoldsFewDecidesLikeOneThatHoldsAll() {
        Property.check(500, samples -> {
            DeviceTable all = new DeviceTable(List.of(), 6);
            DeviceTable few = new DeviceTable(List.of(), 6);
            Map<MacAddress, Device> store = new HashMap<>();
            for (int i = 0; i < 60; i++) {
                Instant at = T0.plusSeconds(i);
                MacAddress mac = mac(samples.below(8));
                IpAddress address = IpAddress.v4(samples.below(5));
                store.values().stream()
                        .filter(device -> device.mac().equals(mac)
                                || device.addresses().stream()
                                        .anyMatch(seen ->
                                                seen.current() && seen.address().equals(address)))
                        .forEach(few::load);
                Sighting sighting = new Sighting(mac, address, samples.pick("a", "b"), "x", Evidence.ARP, Map.of());
                boolean leaves = samples.oneIn(4);
                List<DeviceChange> changes = decide(all, leaves, sighting, at);
                assertThat(decide(few, leaves, sighting, at)).isEqualTo(changes);
                all.apply(changes);
                few.apply(changes);
                changes.forEach(change -> store.put(change.device().mac(), change.device()));
                few.trim(samples.below(3));
                assertThat(few.size()).isEqualTo(all.size()).isEqualTo(store.size());
                assertThat(few.isWhole()).isEqualTo(store.keySet().stream().allMatch(few::holds));
            }
        });
    }

    private static List<DeviceChange> decide(DeviceTable table, boolean leaves, Sighting sighting, Instant at) {
        return leaves
                ? table.decideLeft(sighting.mac(), Objects.requireNonNull(sighting.address())).stream()
                        .toList()
                : table.decideSeen(sighting, at);
    }

    @Test
    void thoseUsedLastStay() {
        DeviceTable small = new DeviceTable(List.of(), 10);
        for (int i = 0; i < 3; i++) {
            small.apply(small.decideSeen(new Sighting(mac(i), null, null, "x", Evidence.ARP, Map.of()), T0));
        }
        assertThat(small.get(mac(0))).isNotNull();
        small.trim(2);
        assertThat(small.holds(mac(0))).isTrue();
        assertThat(small.holds(mac(1))).isFalse();
        assertThat(small.size()).as("in memory or not").isEqualTo(3);
    }

    private List<DeviceChange> named(MacAddress mac, String address, String name, String source) {
        List<DeviceChange> changes =
                table.decideNamed(mac, ip(address), name, source, now).stream().toList();
        table.apply(changes);
        return changes;
    }

    @Test
    void aNameThatWasAskedForIsToldOnceAndIsNoSignOfLife() {
        see(A, "10.0.0.1");
        Instant seenAt = device(A).lastSeenAt();
        now = now.plusSeconds(60);
        assertThat(named(A, "10.0.0.1", "nas", "reverse-dns"))
                .singleElement()
                .isInstanceOfSatisfying(
                        Changed.class, changed -> assertThat(changed.fields()).containsExactly("hostname"));
        assertThat(named(A, "10.0.0.1", "nas", "reverse-dns")).isEmpty();
        assertThat(device(A).lastSeenAt()).isEqualTo(seenAt);
        assertThat(device(A).hostname()).isEqualTo("nas");
        assertThat(device(A).hostnameSource()).isEqualTo("reverse-dns");
        assertThat(named(A, "10.0.0.2", "other", "mdns"))
                .as("an address it does not have")
                .isEmpty();
        assertThat(named(B, "10.0.0.1", "other", "mdns")).as("nobody").isEmpty();
    }

    @Test
    void aLeasesNameCountsBeforeOneThatWasAskedFor() {
        see(A, "10.0.0.1");
        named(A, "10.0.0.1", "by-dns", "reverse-dns");
        assertThat(named(A, "10.0.0.1", "by-itself", "mdns")).hasOnlyElementsOfType(Changed.class);
        assertThat(named(A, "10.0.0.1", "by-dns2", "reverse-dns")).hasOnlyElementsOfType(Touched.class);
        assertThat(device(A).hostname()).isEqualTo("by-itself");
        see(A, "10.0.0.1", "by-lease", "dnsmasq/home");
        assertThat(named(A, "10.0.0.1", "by-itself2", "mdns")).hasOnlyElementsOfType(Touched.class);
        assertThat(device(A).hostname()).isEqualTo("by-lease");
        assertThat(device(A).hostnameSource()).isEqualTo("dnsmasq/home");
        assertThat(device(A).names()).hasSize(3);
    }
}
