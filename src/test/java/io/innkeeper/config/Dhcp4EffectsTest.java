package io.innkeeper.config;

import static io.innkeeper.config.TestingConfig.config;
import static io.innkeeper.config.TestingConfig.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.wire.net.IpAddress;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class Dhcp4EffectsTest {
    private static final String HOME = "prefix: 192.168.1.0/24, pools: [192.168.1.100-192.168.1.199]";

    private static @Nullable Dhcp4Config dhcp4(String rest) {
        return config(yaml("dhcp4: {interfaces: [eth0], " + rest + "}")).dhcp4();
    }

    /** Between two configurations, where these addresses are leased. */
    private static List<String> between(@Nullable Dhcp4Config old, @Nullable Dhcp4Config next, String... leased) {
        List<IpAddress> addresses = Stream.of(leased)
                .map(text -> IpAddress.parse(text).orElseThrow())
                .toList();
        return Dhcp4Effects.between(
                old, next, range -> addresses.stream().filter(range::contains).count());
    }

    private static Dhcp4Config home(String rest) {
        return java.util.Objects.requireNonNull(dhcp4("subnets: [{" + HOME + rest + "}]"));
    }

    @Test
    void whatChangesNothingForLeasesSaysNothing() {
        assertThat(between(null, home(""), "192.168.1.100")).isEmpty();
        assertThat(between(home(""), home(""), "192.168.1.100")).isEmpty();
        assertThat(between(home(""), home(", lifetime: 1h"), "192.168.1.100")).isEmpty();
        assertThat(between(home(""), null)).isEmpty();
        assertThat(between(home(""), home(", reservations: [{hostname: a, address: 192.168.1.150}]")))
                .isEmpty();
    }

    @Test
    void aSubnetThatIsRemovedNamesItsLeases() {
        assertThat(between(home(""), dhcp4("bootp: true"), "192.168.1.100", "192.168.1.150", "10.0.0.1"))
                .containsExactly("subnet 192.168.1.0/24 is removed: its 2 active leases will be refused at the next"
                        + " renewal");
        assertThat(between(home(""), dhcp4("bootp: true")))
                .containsExactly("subnet 192.168.1.0/24 is removed; it has no active leases");
        assertThat(between(home(""), dhcp4("subnets: [{prefix: 192.168.0.0/16}]"), "192.168.1.100"))
                .containsExactly(
                        "subnet 192.168.1.0/24 becomes another one: its 1 active lease will get a new address at"
                                + " the next renewal where the old one does not fit any more");
    }

    @Test
    void addressesThatLeaveThePoolsAreNamed() {
        Dhcp4Config smaller = dhcp4("subnets: [{prefix: 192.168.1.0/24, pools: [192.168.1.120-192.168.1.199]}]");
        assertThat(between(home(""), smaller, "192.168.1.100", "192.168.1.119", "192.168.1.120"))
                .containsExactly(
                        "192.168.1.100-192.168.1.119 in subnet 192.168.1.0/24 is not handed out any more: 2 active"
                                + " leases will get a new address at the next renewal");
        Dhcp4Config excluded = dhcp4("subnets: [{prefix: 192.168.1.0/24,"
                + " pools: [{range: 192.168.1.100-192.168.1.199, exclude: [192.168.1.150, 192.168.1.160/28]}]}]");
        assertThat(between(home(""), excluded, "192.168.1.150", "192.168.1.170"))
                .hasSize(2)
                .first()
                .asString()
                .startsWith("192.168.1.150 in subnet");
    }

    @Test
    void aReservationOfALeasedAddressIsNamed() {
        Dhcp4Config reserved = home(", reservations: [{hostname: a, name: nas, address: 192.168.1.150}]");
        assertThat(between(home(""), reserved, "192.168.1.150"))
                .containsExactly(
                        "192.168.1.150 becomes reserved for nas and has an active lease: another client that holds"
                                + " it will be refused at its next renewal");
        assertThat(between(reserved, reserved, "192.168.1.150")).isEmpty();
    }

    @Test
    void turningItOffOrSilentIsNamed() {
        assertThat(between(home(""), null, "192.168.1.100"))
                .singleElement()
                .asString()
                .startsWith("dhcp4 is turned off: 1 active lease will not be renewed");
        assertThat(between(home(""), dhcp4("mode: shadow, subnets: [{" + HOME + "}]"), "192.168.1.100"))
                .containsExactly("the mode becomes shadow: 1 active lease will be renewed by nobody here");
        assertThat(between(
                        home(""),
                        dhcp4("mode: pass-through, upstreams: 192.168.1.2, subnets: [{" + HOME + "}]"),
                        "192.168.1.100"))
                .containsExactly("the mode becomes pass-through: 1 active lease will be renewed by the upstreams");
    }

    @Test
    void rangesWithoutOthers() {
        assertThat(without("10.0.0.1-10.0.0.9", "10.0.0.3", "10.0.0.2-10.0.0.5", "10.0.0.9"))
                .isEqualTo("[10.0.0.1, 10.0.0.6-10.0.0.8]");
        assertThat(without("10.0.0.1-10.0.0.9", "0.0.0.0-255.255.255.255")).isEqualTo("[]");
        assertThat(without("10.0.0.1-10.0.0.9", "10.0.0.10")).isEqualTo("[10.0.0.1-10.0.0.9]");
        assertThat(without("0.0.0.0/0", "0.0.0.0/1")).isEqualTo("[128.0.0.0-255.255.255.255]");
    }

    private static String without(String range, String... others) {
        return Dhcp4Effects.without(
                        List.of(AddressRange.parse(range).orElseThrow()),
                        Stream.of(others)
                                .map(other -> AddressRange.parse(other).orElseThrow())
                                .toList())
                .toString()
                .toLowerCase(Locale.ROOT);
    }
}
