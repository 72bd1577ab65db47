package io.innkeeper.wire.rdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the manager publishes, at the offsets that a compiler gave for its structures. */
class PublishedLeaseTest {
    private static PluginParsed sample(String name) throws IOException {
        return PluginMessage.parse(Files.readAllBytes(Path.of("src/test/resources/rdk", name + ".bin")));
    }

    private static String text(byte[] bytes, int at) {
        int end = at;
        while (bytes[end] != 0) {
            end++;
        }
        return new String(bytes, at, end - at, StandardCharsets.UTF_8);
    }

    private static int number(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(at);
    }

    @Test
    void aLeaseOfDhcpv4() throws IOException {
        byte[] bytes = PublishedLease.write((Dhcpv4PluginMessage) sample("v4-bound-many"));
        assertThat(bytes).hasSize(884);
        assertThat(text(bytes, 0)).isEqualTo("erouter0");
        assertThat(text(bytes, 64)).isEqualTo("192.0.2.45");
        assertThat(text(bytes, 96)).isEqualTo("255.255.255.0");
        assertThat(text(bytes, 128)).isEqualTo("192.0.2.1 192.0.2.2");
        assertThat(text(bytes, 160)).isEqualTo("198.51.100.1");
        assertThat(text(bytes, 224)).isEqualTo("198.51.100.2");
        assertThat(text(bytes, 288)).isEqualTo("-18000");
        assertThat(number(bytes, 352)).isEqualTo(1_500);
        assertThat(number(bytes, 356)).isEqualTo(-18_000);
        assertThat(bytes[360]).isOne();
        assertThat(number(bytes, 364)).isEqualTo(1_000_000);
        assertThat(number(bytes, 368)).isEqualTo(5_000_000);
        assertThat(text(bytes, 372)).isEqualTo("010416212c37020416212c38");
        assertThat(text(bytes, 628)).isEqualTo("mta_boot.cfg");
        assertThat(text(bytes, 692)).isEqualTo("203.0.113.9");
        assertThat(text(bytes, 756)).isEqualTo("gw-1");
        assertThat(text(bytes, 820)).isEqualTo("example.net");
    }

    @Test
    void aLeaseOfDhcpv6() throws IOException {
        byte[] bytes = PublishedLease.write((Dhcpv6PluginMessage) sample("v6-add-both-mape"));
        assertThat(bytes).hasSize(924);
        assertThat(text(bytes, 0)).isEqualTo("erouter0");
        assertThat(text(bytes, 32)).isEqualTo("2001:db8:1::45");
        assertThat(text(bytes, 80)).isEqualTo("2001:db8::53");
        assertThat(text(bytes, 208)).isEqualTo("2001:db8::54");
        assertThat(text(bytes, 336)).startsWith("example.net corp.example.net");
        assertThat(text(bytes, 400)).isEqualTo("2001:db8:abcd::/48");
        assertThat(number(bytes, 448)).isEqualTo(3_600);
        assertThat(number(bytes, 452)).isEqualTo(7_200);
        assertThat(bytes[456] + bytes[457] + bytes[458]).isEqualTo(3);
        assertThat(bytes[464]).isZero();
        assertThat(bytes[465]).isOne();
        assertThat(text(bytes, 468)).isEqualTo("2001:db8::fe/128");
        assertThat(text(bytes, 596)).isEqualTo("192.0.2.0/24");
        assertThat(text(bytes, 628)).isEqualTo("2001:db8::/40");
        assertThat(text(bytes, 756)).isEqualTo("2001:db8:abcd::/48");
        assertThat(number(bytes, 884)).isEqualTo(48);
        assertThat(number(bytes, 888)).isEqualTo(16);
        assertThat(number(bytes, 912)).isEqualTo(256);
        assertThat(number(bytes, 920)).isOne();
    }

    @Test
    void withoutAPrefixItSaysSlashNothing() throws IOException {
        byte[] bytes = PublishedLease.write((Dhcpv6PluginMessage) sample("v6-add-iana"));
        assertThat(text(bytes, 400)).isEqualTo("/0");
        assertThat(number(bytes, 920)).isZero();
    }
}
