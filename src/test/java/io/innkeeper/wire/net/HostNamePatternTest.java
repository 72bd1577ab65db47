package io.innkeeper.wire.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostNamePatternTest {
    private static final MacAddress MAC = MacAddress.parse("dc:a6:32:0b:1c:2d").orElseThrow();

    private static HostNamePattern.Traits traits(@Nullable String vendor, @Nullable String address) {
        return new HostNamePattern.Traits(
                MAC,
                vendor,
                "Smart TV",
                address == null ? null : IpAddress.parse(address).orElseThrow(),
                null);
    }

    private static HostNamePattern pattern(String text) {
        return HostNamePattern.of(text, "host");
    }

    @ParameterizedTest
    @CsvSource({
        "{prefix}-{mac}, host-dca6320b1c2d",
        "{vendor}-{mac:last3}, raspberry-pi-0b1c2d",
        "{mac}, dca6320b1c2d",
        "pc{mac:last2}, pc1c2d",
        "{subnet}-{ip:last}, 192-168-7-20",
        "n-{ip}, n-192-168-7-20",
        "{type}-{mac:last1}, smart-tv-2d",
        "Gerät-{mac:last2}, xn--gert-1c2d-x2a"
    })
    void placeholdersAreFilledIn(String text, String name) {
        assertThat(pattern(text).name(traits("Raspberry Pi Trading Ltd", "192.168.7.20")))
                .isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Apple, Inc. | apple",
                "Samsung Electronics Co.,Ltd | samsung",
                "TP-LINK TECHNOLOGIES CO.,LTD. | tp-link",
                "Hewlett Packard Enterprise | hewlett-packard",
                "AVM Audiovisuelles Marketing und Computersysteme GmbH | avm-audiovisuelles",
                "Technologies | host",
                "&&& | host"
            })
    void aVendorIsItsFirstWords(String vendor, String word) {
        assertThat(pattern("{vendor}-{mac:last1}").name(traits(vendor, null))).isEqualTo(word + "-2d");
    }

    @Test
    void whatIsNotKnownIsThePrefix() {
        HostNamePattern.Traits bare = new HostNamePattern.Traits(MAC, null, null, null, null);
        assertThat(pattern("{vendor}-{mac:last3}").name(bare)).isEqualTo("host-0b1c2d");
        assertThat(pattern("{type}-{mac:last3}").name(bare)).isEqualTo("host-0b1c2d");
        assertThat(pattern("{subnet}-{ip:last}").lacks(bare)).isTrue();
        assertThat(pattern("{subnet}-{ip:last}").name(bare)).isEqualTo("host-dca6320b1c2d");
    }

    @Test
    void theNetworkIsAsLongAsItIs() {
        IpAddress address = IpAddress.parse("10.20.30.40").orElseThrow();
        HostNamePattern pattern = pattern("{subnet}-{ip:last}");
        assertThat(pattern.name(new HostNamePattern.Traits(
                        MAC, null, null, address, Prefix.parse("10.0.0.0/8").orElseThrow())))
                .isEqualTo("10-40");
        assertThat(pattern.name(new HostNamePattern.Traits(
                        MAC, null, null, address, Prefix.parse("10.20.16.0/20").orElseThrow())))
                .isEqualTo("10-20-16-40");
        assertThat(pattern.name(new HostNamePattern.Traits(
                        MAC, null, null, address, Prefix.parse("192.168.0.0/16").orElseThrow())))
                .as("not its network")
                .isEqualTo("10-20-30-40");
        assertThat(pattern.name(new HostNamePattern.Traits(
                        MAC, null, null, IpAddress.parse("2001:db8::1:2f").orElseThrow(), null)))
                .isEqualTo("2001-db8-0-0-2f");
    }

    @Test
    void aNumberAloneIsNoName() {
        MacAddress digits = MacAddress.parse("00:11:22:33:44:55").orElseThrow();
        assertThat(pattern("{mac}").name(new HostNamePattern.Traits(digits, null, null, null, null)))
                .isEqualTo("host-001122334455");
    }

    @Test
    void longerNamesComeFromTheHardwareAddress() {
        assertThat(first(pattern("{vendor}-{mac:last3}").candidates(traits("Apple", null)), 7))
                .containsExactly(
                        "apple-0b1c2d",
                        "apple-320b1c2d",
                        "apple-a6320b1c2d",
                        "apple-dca6320b1c2d",
                        "host-dca6320b1c2d",
                        "host-dca6320b1c2d-2",
                        "host-dca6320b1c2d-3");
        assertThat(first(pattern("{subnet}-{ip:last}").candidates(traits(null, "10.0.0.9")), 3))
                .containsExactly("10-0-0-9", "10-0-0-9-2d", "10-0-0-9-1c2d");
        assertThat(first(pattern("{prefix}-{mac}").candidates(traits(null, null)), 2))
                .containsExactly("host-dca6320b1c2d", "host-dca6320b1c2d-2");
    }

    private static List<String> first(Iterator<String> names, int count) {
        List<String> first = new ArrayList<>();
        while (first.size() < count) {
            first.add(names.next());
        }
        return first;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{prefix} | every system would have the same name",
                "host | every system would have the same name",
                "{vendor}-{type}-{subnet} | every system would have the same name",
                "{mac | never closed",
                "{serial} | {serial} is unknown; there are {prefix}",
                "{mac:last0} | is unknown",
                "{mac:last9} | is unknown",
                "{mac}.lan | '.' cannot stand in a host name",
                "a b{mac} | ' ' cannot stand",
                "{mac}} | '}' cannot stand"
            })
    void aWrongPatternIsToldWhy(String text, String why) {
        assertThatThrownBy(() -> pattern(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @Test
    void aWrongPrefixIsToldWhy() {
        assertThatThrownBy(() -> HostNamePattern.of("{mac}", "")).hasMessageContaining("1 to 30");
        assertThatThrownBy(() -> HostNamePattern.of("{mac}", "x".repeat(31))).hasMessageContaining("1 to 30");
        assertThatThrownBy(() -> HostNamePattern.of("{mac}", "a.b")).hasMessageContaining("'.' cannot");
        assertThatThrownBy(() -> HostNamePattern.of("x".repeat(121), "a")).hasMessageContaining("longer than 120");
    }
}
