package io.innkeeper.wire.dnsmasq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.innkeeper.wire.net.IpAddress;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DhcpRangeTest {
    /** Forms and what they mean: start, end, modes, subnet, then what is there. Also given to a real dnsmasq. */
    static Stream<Arguments> accepted() {
        return Stream.of(
                arguments("192.168.0.50,192.168.0.150,12h", "192.168.0.50 192.168.0.150 [] null time=43200"),
                arguments("192.168.0.50,192.168.0.150", "192.168.0.50 192.168.0.150 [] null"),
                arguments("192.168.0.150,192.168.0.50", "192.168.0.50 192.168.0.150 [] null"),
                arguments(
                        "192.168.0.50,192.168.0.150,255.255.255.0,12h",
                        "192.168.0.50 192.168.0.150 [] 192.168.0.0/24 time=43200"),
                arguments(
                        "192.168.0.50,192.168.0.150,255.255.255.0,192.168.0.255,infinite",
                        "192.168.0.50 192.168.0.150 [] 192.168.0.0/24 broadcast=192.168.0.255 time=4294967295"),
                arguments("192.168.0.0,static", "192.168.0.0 192.168.0.0 [static] null"),
                arguments(
                        "192.168.0.1,static,255.255.255.0,1h",
                        "192.168.0.1 192.168.0.1 [static] 192.168.0.0/24 time=3600"),
                arguments("192.168.0.0,proxy", "192.168.0.0 192.168.0.0 [proxy] null"),
                arguments("red,192.168.0.50,192.168.0.150", "192.168.0.50 192.168.0.150 [] null set=red"),
                arguments(
                        "tag:a,tag:!b,set:red,10.0.0.1,10.0.0.9,3600",
                        "10.0.0.1 10.0.0.9 [] null set=red tag=a tag=!b time=3600"),
                arguments("::1,::400,constructor:eth0", "::1 ::400 [] null constructor=eth0"),
                arguments(
                        "::1,::400,constructor:eth*,ra-names,64,12h",
                        "::1 ::400 [ra-names] null constructor=eth* time=43200"),
                arguments("::,constructor:eth0", ":: :: [] null constructor=eth0"),
                arguments("::,static", ":: :: [static] null"),
                arguments("fd00::1,fd00::ff", "fd00::1 fd00::ff [] fd00::/64"),
                arguments("fd00::1,fd00::ff,112,1d", "fd00::1 fd00::ff [] fd00::/112 time=86400"),
                arguments("fd00::1,fd00::ff,3600", "fd00::1 fd00::ff [] fd00::/64 time=3600"),
                arguments("fd00::,ra-only,ra-stateless", "fd00:: fd00:: [ra-only, ra-stateless] fd00::/64"),
                arguments(
                        "fd00::1,fd00::400,slaac,ra-names,64,infinite",
                        "fd00::1 fd00::400 [ra-names, slaac] fd00::/64 time=4294967295"),
                arguments("fd00::1,fd00::ff,64,deprecated", "fd00::1 fd00::ff [deprecated] fd00::/64"));
    }

    private static String told(DhcpRange range) {
        Stream.Builder<String> words = Stream.builder();
        words.add(range.start() + " " + range.end() + " " + new TreeSet<>(range.modes()) + " " + range.subnet());
        if (range.setTag() != null) {
            words.add("set=" + range.setTag());
        }
        range.tagFilters().forEach(tag -> words.add("tag=" + tag));
        if (range.broadcast() != null) {
            words.add("broadcast=" + range.broadcast());
        }
        if (range.constructor() != null) {
            words.add("constructor=" + range.constructor());
        }
        if (range.leaseTime() != null) {
            words.add("time=" + range.leaseTime().seconds());
        }
        return String.join(" ", words.build().toList());
    }

    @ParameterizedTest
    @MethodSource
    void accepted(String value, String meaning) {
        assertThat(told(DhcpRange.parse(value).valid().orElseThrow())).isEqualTo(meaning);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "192.168.0.1",
                "set:a,set:b,192.168.0.1,192.168.0.9",
                "192.168.0.1,dynamic",
                "192.168.0.1,fd00::1",
                "192.168.0.1,192.168.0.9,1x",
                "192.168.0.1,192.168.1.9,255.255.255.0",
                "192.168.0.1,192.168.0.9,255.0.255.0",
                "192.168.0.1,192.168.0.9,1h,2h",
                "fd00::1,fd00::ff,48",
                "fd00::1,fd00:0:0:1::1,64",
                "::1,::9,constructor:eth0,80",
                "fd00::1,fd00::ff,64,soon",
            })
    void malformed(String value) {
        assertThat(DhcpRange.parse(value)).isInstanceOf(ConfigValue.Malformed.class);
    }

    @Test
    void containsItsAddressesOnly() {
        DhcpRange range = DhcpRange.parse("10.0.0.1,10.0.0.9").valid().orElseThrow();
        assertThat(Stream.of("10.0.0.0", "10.0.0.1", "10.0.0.9", "10.0.0.10", "::a00:1")
                        .map(text -> range.contains(IpAddress.parse(text).orElseThrow())))
                .containsExactly(false, true, true, false, false);
    }
}
