package io.innkeeper.wire.dnsmasq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DhcpHostTest {
    /** Every form of the manual page and of the field, with what it means. Also given to a real dnsmasq. */
    static Stream<Arguments> accepted() {
        return Stream.of(
                arguments("00:20:e0:3b:13:af,wap,infinite", "hw=00:20:e0:3b:13:af name=wap time=4294967295"),
                arguments("lap,192.168.0.199", "ip=192.168.0.199 name=lap"),
                arguments("id:01:02:03:04,192.168.0.3", "id=01:02:03:04 ip=192.168.0.3"),
                arguments(
                        "id:clientidastext,192.168.0.4", "id=63:6c:69:65:6e:74:69:64:61:73:74:65:78:74 ip=192.168.0.4"),
                arguments("ID:\"01:02\",x", "id=30:31:3a:30:32 name=x"),
                arguments("id:0102:3,x", "id=01:02:03 name=x"),
                arguments(
                        "id:00:01:00:01:2a:2b:2c:2d:aa:bb:cc:dd:ee:ff,[fd00::10]",
                        "id=00:01:00:01:2a:2b:2c:2d:aa:bb:cc:dd:ee:ff ip=[fd00::10]"),
                arguments("00:20:e0:3b:13:af,id:*,192.168.0.5", "hw=00:20:e0:3b:13:af anyid ip=192.168.0.5"),
                arguments("laptop,[1234::56]", "ip=[1234::56] name=laptop"),
                arguments("laptop,[::56]", "ip=[::56] name=laptop"),
                arguments("laptop,[1234::50/126]", "ip=[1234::50/126] name=laptop"),
                arguments(
                        "laptop,[fd00::1],[fd00::2],192.168.0.7",
                        "ip=[fd00::1] ip=[fd00::2] ip=192.168.0.7 name=laptop"),
                arguments("00:20:e0:3b:13:af,ignore", "hw=00:20:e0:3b:13:af ignore"),
                arguments("00:20:e0:3b:13:*,ignore", "hw=00:20:e0:3b:13:* ignore"),
                arguments("00:20:*:3b:*:af,x", "hw=00:20:*:3b:*:af name=x"),
                arguments("06-00:20:e0:3b:13:af,1.2.3.4", "hw=06-00:20:e0:3b:13:af ip=1.2.3.4"),
                arguments(
                        "11:22:33:44:55:66,12:34:56:78:90:12,192.168.0.2",
                        "hw=11:22:33:44:55:66 hw=12:34:56:78:90:12 ip=192.168.0.2"),
                arguments("AA:B:cc:0:ee:FF,x", "hw=aa:0b:cc:00:ee:ff name=x"),
                arguments("aabb:ccddeeff,x", "hw=aa:bb:cc:dd:ee:ff name=x"),
                arguments(
                        "11:22:33:44:55:66,set:red,set:blue,tag:eth1,net:old",
                        "hw=11:22:33:44:55:66 set=red set=blue set=old tag=eth1"),
                arguments(
                        "11:22:33:44:55:66,host.example.org,45m",
                        "hw=11:22:33:44:55:66 name=host.example.org time=2700"),
                arguments("11:22:33:44:55:66,1h", "hw=11:22:33:44:55:66 time=3600"),
                arguments("11:22:33:44:55:66,2d", "hw=11:22:33:44:55:66 time=172800"),
                arguments("11:22:33:44:55:66,1W", "hw=11:22:33:44:55:66 time=604800"),
                arguments("11:22:33:44:55:66,86400", "hw=11:22:33:44:55:66 time=86400"),
                arguments("11:22:33:44:55:66,5", "hw=11:22:33:44:55:66 time=120"),
                arguments("h,192.168.0.9", "ip=192.168.0.9 name=h"),
                arguments("a,1.2.3.4,1.2.3.5", "ip=1.2.3.5 name=a"),
                arguments(" x , 1.2.3.6 ,, ", "ip=1.2.3.6 name=x"));
    }

    private static DhcpHost host(String value) {
        byte[] text = ("dhcp-host=" + value).getBytes(StandardCharsets.UTF_8);
        ConfigLine line = ConfigText.parse("a.conf", text, _ -> true).lines().getFirst();
        return DhcpHost.parse(Objects.requireNonNull(line.value())).valid().orElseThrow();
    }

    private static String told(DhcpHost host) {
        Stream.Builder<String> words = Stream.builder();
        host.hardware().forEach(hardware -> words.add("hw=" + hardware));
        if (host.clientId() != null) {
            words.add("id=" + host.clientId());
        }
        host.setTags().forEach(tag -> words.add("set=" + tag));
        host.tagFilters().forEach(tag -> words.add("tag=" + tag));
        if (host.anyClientId()) {
            words.add("anyid");
        }
        host.addresses().forEach(address -> words.add("ip=" + address));
        if (host.name() != null) {
            words.add("name=" + host.name());
        }
        if (host.leaseTime() != null) {
            words.add("time=" + host.leaseTime().seconds());
        }
        if (host.ignore()) {
            words.add("ignore");
        }
        return String.join(" ", words.build().toList());
    }

    @ParameterizedTest
    @MethodSource
    void accepted(String value, String meaning) {
        assertThat(told(host(value))).isEqualTo(meaning);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zz:bb:cc:dd:ee:ff,x",
                "aa:bb:cc:dd:ee:ff:00:11:22:33:44:55:66:77:88:99:00,x",
                "123456-aa:bb,x",
                "id:,x",
                "id:zz:01,x",
                "[fd00::zz]",
                "[fd00::11/124]",
                "[fd00::1/200]",
                "[1234:50/126]",
                "[fd00::1",
                "192.168.1.400",
                "lap top,1.2.3.4",
                "-x",
                "a/b",
            })
    void malformed(String value) {
        ConfigValue<DhcpHost> parsed = DhcpHost.parse(value);
        assertThat(parsed).isInstanceOf(ConfigValue.Malformed.class);
        assertThat(((ConfigValue.Malformed<DhcpHost>) parsed).reason()).isNotBlank();
    }

    @Test
    void bracketsBeforeTheLengthAreReadToo() {
        assertThat(DhcpHost.parse("x,[fd00::10]/124").valid().orElseThrow().addresses())
                .isEqualTo(host("x,[fd00::10/124]").addresses());
    }

    @Test
    void anEmptyValueSaysNothing() {
        assertThat(told(DhcpHost.parse("").valid().orElseThrow())).isEmpty();
    }

    @Test
    void hostPartsAndPrefixesFixWhatTheySay() {
        HostAddress part = host("x,[::56]").addresses().getFirst();
        assertThat(part.hostPart()).isTrue();
        assertThat(part.fixes(ip("fd00:1:2:3::56"))).isTrue();
        assertThat(part.fixes(ip("fd00:1:2:3::57"))).isFalse();
        HostAddress four = host("x,[1234::50/126]").addresses().getFirst();
        assertThat(Stream.of("1234::4f", "1234::50", "1234::53", "1234::54").map(text -> four.fixes(ip(text))))
                .containsExactly(false, true, true, false);
        assertThat(host("x,0.0.0.86").addresses().getFirst().fixes(ip("fd00::56")))
                .isFalse();
        assertThat(part.fixes(ip("0.0.0.86"))).isFalse();
    }

    @Test
    void patternsMatchByTypeLengthAndOctets() {
        HardwarePattern any = HardwarePattern.parse("00:20:e0:3b:13:*").orElseThrow();
        assertThat(any.matches(mac("00:20:e0:3b:13:07"))).isTrue();
        assertThat(any.matches(mac("06-00:20:e0:3b:13:07"))).isTrue();
        assertThat(any.matches(mac("00:20:e0:3b:14:07"))).isFalse();
        assertThat(any.matches(mac("00:20:e0:3b:13:07:08"))).isFalse();
        assertThat(any.wildcards()).isEqualTo(1);
        assertThat(any.exact()).isEmpty();
        HardwarePattern tokenRing =
                HardwarePattern.parse("06-00:20:e0:3b:13:af").orElseThrow();
        assertThat(tokenRing.matches(mac("00:20:e0:3b:13:af"))).isFalse();
        assertThat(tokenRing.matches(mac("06-00:20:e0:3b:13:af"))).isTrue();
        assertThat(tokenRing.exact()).contains(mac("06-00:20:e0:3b:13:af"));
    }

    @Test
    void nameAloneMattersOnlyWithoutHardwareAndIdentifier() {
        assertThat(host("x,1.2.3.4").nameToMatch()).isEqualTo("x");
        assertThat(host("11:22:33:44:55:66,x,1.2.3.4").nameToMatch()).isNull();
        assertThat(host("id:text,x,1.2.3.4").nameToMatch()).isNull();
    }

    @Test
    void aHostsFileMayHoldOctetsThatAreNotText() {
        byte[] line = {'i', 'd', ':', (byte) 0xfe, (byte) 0x80, ',', 'x'};
        List<ConfigLine> lines =
                ConfigText.parseValues("hosts", line, "dhcp-host").lines();
        DhcpHost host = DhcpHost.parse(Objects.requireNonNull(lines.getFirst().value()))
                .valid()
                .orElseThrow();
        assertThat(host.clientId()).isEqualTo(ClientId.of(new byte[] {(byte) 0xfe, (byte) 0x80}));
    }

    private static IpAddress ip(String text) {
        return IpAddress.parse(text).orElseThrow();
    }

    private static MacAddress mac(String text) {
        return MacAddress.parse(text).orElseThrow();
    }
}
