package io.innkeeper.arp;

import static io.innkeeper.arp.TestingLan.ip;
import static io.innkeeper.arp.TestingLan.mac;
import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.config.AddressRange;
import io.innkeeper.config.ArpConfig;
import io.innkeeper.io.LocalNetworks;
import io.innkeeper.wire.net.MacAddress;
import io.innkeeper.wire.net.Prefix;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The configuration applied to interfaces. */
class ScopeTest {
    private final Map<Integer, LocalNetworks.Interface> interfaces = new HashMap<>();

    static ArpConfig config(List<String> names, String... ranges) {
        return new ArpConfig(
                names,
                Arrays.stream(ranges)
                        .map(text -> AddressRange.parse(text).orElseThrow())
                        .toList(),
                Duration.ofSeconds(60),
                Duration.ofMinutes(10),
                20,
                3,
                true,
                List.of(),
                List.of());
    }

    static LocalNetworks.Interface link(int index, String name, @Nullable MacAddress mac, String... prefixes) {
        List<LocalNetworks.Address> addresses = Arrays.stream(prefixes)
                .map(text -> new LocalNetworks.Address(
                        ip(text.substring(0, text.indexOf('/'))),
                        Prefix.parse(text).orElseThrow().length()))
                .toList();
        return new LocalNetworks.Interface(index, name, mac, true, false, addresses);
    }

    private void there(int index, String name, String... prefixes) {
        interfaces.put(index, link(index, name, mac(index), prefixes));
    }

    private Scope scope(ArpConfig config) {
        return Scope.of(config, new LocalNetworks(interfaces));
    }

    @Test
    void oneThatIsNamedAndHasNoAddressIsComplainedOf() {
        there(2, "eth0", "fe80::5/64");
        there(3, "eth1", "fe80::6/64", "fd00::6/64");
        Scope scope = scope(config(List.of("eth0", "eth1")));
        assertThat(scope.links()).containsOnlyKeys(2, 3);
        assertThat(scope.complaints())
                .containsExactly("the interface eth0 has no address, so nobody is asked for there");
        assertThat(scope(config(List.of("eth0"), "192.168.1.0/24")).complaints())
                .isEmpty();
    }

    @Test
    void theSubnetsOfAllInterfacesAreScannedWithoutTheirEnds() {
        there(2, "eth0", "192.168.1.5/24", "fd00::5/64");
        there(3, "eth0.20", "10.20.0.1/30");
        there(4, "docker0", "172.17.0.1/16");
        there(5, "eth1");
        Scope scope = scope(config(List.of()));
        assertThat(scope.targets())
                .containsExactly(
                        new ScanTarget(2, ip("192.168.1.1").v4Bits(), 254),
                        new ScanTarget(3, ip("10.20.0.1").v4Bits(), 2));
        assertThat(scope.links()).containsOnlyKeys(2, 3);
        assertThat(scope.complaints()).isEmpty();
        assertThat(scope.ownAddresses()).contains(ip("172.17.0.1").v4Bits());
        assertThat(scope.ownMacs()).hasSize(4);
    }

    @Test
    void aNamedInterfaceNeedsNoAddressAndOneThatIsMissingIsTold() {
        there(5, "eth1");
        Scope scope = scope(config(List.of("eth1", "eth9"), "10.0.0.0/24"));
        assertThat(scope.targets())
                .containsExactly(new ScanTarget(5, ip("10.0.0.0").v4Bits(), 256));
        assertThat(scope.complaints()).singleElement().asString().contains("eth9");
        ScanLink link = Objects.requireNonNull(scope.links().get(5));
        assertThat(link.sourceFor(ip("10.0.0.7"))).as("a probe").isZero();
    }

    @Test
    void aLargeSubnetIsCutToTheSixteenOfOurOwn() {
        there(2, "eth0", "10.7.3.4/8");
        Scope scope = scope(config(List.of()));
        assertThat(scope.targets()).singleElement().satisfies(target -> {
            assertThat(target.contains(ip("10.7.255.254").v4Bits())).isTrue();
            assertThat(target.contains(ip("10.8.0.1").v4Bits())).isFalse();
        });
        assertThat(scope.complaints()).singleElement().asString().contains("10.0.0.0/8", "10.7.0.0/16");
    }

    @Test
    void rangesTakeThePlaceOfSubnetsAndNoAddressIsThereTwice() {
        there(2, "eth0", "192.168.1.5/24");
        there(3, "eth1", "10.0.0.1/16");
        Scope scope = scope(config(
                List.of(),
                "192.168.1.10-192.168.1.19",
                "192.168.1.15-192.168.1.29",
                "192.168.1.12",
                "10.0.0.0/24",
                "172.16.0.1"));
        assertThat(scope.targets())
                .containsExactly(
                        new ScanTarget(2, ip("192.168.1.10").v4Bits(), 10),
                        new ScanTarget(2, ip("192.168.1.20").v4Bits(), 10),
                        new ScanTarget(3, ip("10.0.0.0").v4Bits(), 256));
        assertThat(scope.complaints()).singleElement().asString().contains("172.16.0.1");
    }

    @Test
    void thereIsALimitOfAllTogether() {
        String[] many = new String[20];
        for (int i = 0; i < many.length; i++) {
            many[i] = "10." + i + ".0.0/16";
        }
        there(2, "eth0", "10.0.0.1/8");
        Scope scope = scope(config(List.of(), many));
        assertThat(scope.targets().stream().mapToInt(ScanTarget::size).sum()).isEqualTo(ScanPlan.MOST_ADDRESSES);
        assertThat(scope.complaints()).hasSize(4);
    }
}
