package io.innkeeper.wire.rdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.wire.rdk.Rejected.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages of the real plugins, each beside the environment that made it, and messages that no plugin would send. */
class PluginMessageTest {
    static Stream<PluginSample> v4() throws IOException {
        return PluginSample.sent().filter(sample -> !sample.isV6());
    }

    static Stream<PluginSample> v6() throws IOException {
        return PluginSample.sent().filter(PluginSample::isV6);
    }

    static Stream<PluginSample> samples() throws IOException {
        return PluginSample.sent();
    }

    @ParameterizedTest
    @MethodSource
    void v4(PluginSample sample) {
        Dhcpv4PluginMessage message = (Dhcpv4PluginMessage) PluginMessage.parse(sample.bytes());
        boolean lease = sample.action().equals("bound") || sample.action().equals("renew");
        assertThat(message.ifname()).isEqualTo(sample.cut("interface", 32)).isEqualTo(message.innerIfname());
        assertThat(message.state()).isEqualTo(sample.action());
        assertThat(message.assigned()).isEqualTo(lease);
        assertThat(message.isExpired()).isEqualTo(!lease);
        assertThat(message.serverId()).isEqualTo(sample.cut("serverid", 64));
        assertThat(message.staticRoutes()).isEqualTo(sample.cut("staticroutes", 64));
        if (!lease) {
            assertThat(message.address()).isEmpty();
            return;
        }
        assertThat(message.address()).isEqualTo(sample.cut("ip", 32));
        assertThat(message.netmask()).isEqualTo(sample.cut("subnet", 32));
        assertThat(message.gateway()).isEqualTo(sample.cut("router", 32));
        List<String> servers = List.of((sample.cut("dns", 255) + " - -").split(" "));
        assertThat(message.dnsServer()).isEqualTo(servers.getFirst().replace("-", ""));
        assertThat(message.leaseTime()).isEqualTo(sample.number("lease"));
        assertThat(message.timeZone()).isEqualTo(sample.cut("timezone", 64));
        boolean early = sample.name().startsWith("old1.0.0");
        assertThat(message.hostname()).isEqualTo(early ? "" : sample.cut("hostname", 64));
        assertThat(message.domainName()).isEqualTo(early ? "" : sample.cut("domain", 64));
        assertThat(message.mta().bootFile()).isEqualTo(early ? "" : sample.cut("bootfile", 64));
        assertThat(message.tftpServer()).isEqualTo(early ? "" : sample.cut("siaddr", 64));
    }

    @ParameterizedTest
    @MethodSource
    void v6(PluginSample sample) {
        Dhcpv6PluginMessage message = (Dhcpv6PluginMessage) PluginMessage.parse(sample.bytes());
        assertThat(message.ifname()).isEqualTo(sample.cut("IFACE", 32));
        assertThat(message.isExpired())
                .isEqualTo(List.of("del", "delete", "expire").contains(sample.action()));
        assertThat(message.address())
                .isEqualTo(new Dhcpv6PluginMessage.IaNa(
                        sample.environment().containsKey("ADDR1"), sample.cut("ADDR1", 48), times(sample, "ADDR1")));
        assertThat(message.prefix())
                .isEqualTo(new Dhcpv6PluginMessage.IaPd(
                        sample.environment().containsKey("PREFIX1"),
                        sample.cut("PREFIX1", 48),
                        sample.number("PREFIX1LEN"),
                        times(sample, "PREFIX1")));
        assertThat(message.domainNames()).isEqualTo(sample.cut("SRV_OPTION24", 64));
        assertThat(message.ntpServers()).isEqualTo(sample.cut("SRV_OPTION31", 128));
        assertThat(message.aftr()).isEqualTo(sample.cut("SRV_OPTION64", 256));
        assertThat(message.vendor().text()).isEqualTo(sample.cut("SRV_OPTION17", 255));
        assertThat(message.vendorLength())
                .isEqualTo(sample.environment().getOrDefault("SRV_OPTION17", "").length());
        assertThat(message.mapt().text()).isEqualTo(sample.cut("SRV_OPTION95", 256));
        assertThat(message.mape().text()).isEqualTo(message.layout().hasMape() ? sample.cut("SRV_OPTION94", 256) : "");
    }

    private static Dhcpv6PluginMessage.Times times(PluginSample sample, String prefix) {
        return new Dhcpv6PluginMessage.Times(
                sample.number(prefix + "IAID"),
                sample.number(prefix + "PREF"),
                sample.number(prefix + "VALID"),
                sample.number(prefix + "T1"),
                sample.number(prefix + "T2"));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void whatIsReadIsWrittenAsItWas(PluginSample sample) {
        PluginMessage message = (PluginMessage) PluginMessage.parse(sample.bytes());
        assertThat(message.write()).isEqualTo(sample.bytes());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void anotherLengthIsRejected(PluginSample sample) {
        for (int length : new int[] {0, 1, sample.bytes().length - 1, sample.bytes().length + 1}) {
            assertThat(PluginMessage.parse(Arrays.copyOf(sample.bytes(), length)))
                    .isInstanceOfSatisfying(
                            Rejected.class,
                            rejected -> assertThat(rejected.reason()).isEqualTo(Reason.LENGTH));
        }
    }

    @Test
    void eachReasonHasItsMessage() {
        byte[] bound = PluginSample.named("v4-bound").bytes();
        byte[] add = PluginSample.named("v6-add-both").bytes();
        assertThat(reason(bound, 32, 2)).isEqualTo(Reason.VERSION);
        assertThat(reason(bound, 0, 0)).isEqualTo(Reason.INTERFACE);
        assertThat(reason(bound, 41, 1)).isEqualTo(Reason.FLAGS);
        assertThat(reason(bound, 40, 7)).isEqualTo(Reason.FLAGS);
        assertThat(reason(bound, 42, 'x')).isEqualTo(Reason.ADDRESS);
        assertThat(reason(bound, 40 + 34, 'x')).isEqualTo(Reason.ADDRESS);
        assertThat(reason(add, 40 + 37, 'x')).isEqualTo(Reason.ADDRESS);
        assertThat(reason(add, 40 + 109, 'x')).isEqualTo(Reason.ADDRESS);
        assertThat(reason(add, 40 + 160, 129)).isEqualTo(Reason.PREFIX_LENGTH);
        assertThat(reason(add, 40 + 92 + 3, 1)).isEqualTo(Reason.LIFETIMES);
    }

    private static Reason reason(byte[] message, int at, int value) {
        byte[] changed = message.clone();
        changed[at] = (byte) value;
        return ((Rejected) PluginMessage.parse(changed)).reason();
    }

    @Test
    void anInfiniteLifetimeIsOneInBothSpellings() {
        byte[] add = PluginSample.named("v6-add-both").bytes();
        Arrays.fill(add, 40 + 92, 40 + 100, (byte) 0xff);
        Dhcpv6PluginMessage wide = (Dhcpv6PluginMessage) PluginMessage.parse(add);
        assertThat(wide.address().times().valid()).isEqualTo(Dhcpv6PluginMessage.INFINITE);
        byte[] narrow = new byte[MessageLayout.ILP32_MAPE.length()];
        System.arraycopy(add, 0, narrow, 0, 36);
        System.arraycopy(add, 40, narrow, 36, narrow.length - 36);
        narrow[36 + 95] = 0x7f;
        narrow[36 + 99] = 0x7f;
        Dhcpv6PluginMessage read = (Dhcpv6PluginMessage) PluginMessage.parse(narrow);
        assertThat(read.address()).isEqualTo(wide.address());
        assertThat(read.write()).isEqualTo(narrow);
    }

    @Test
    void textMayFillItsFieldWithoutAnEnd() {
        byte[] bound = PluginSample.named("v4-bound").bytes();
        byte[] name = "abcdefghijklmnopqrstuvwxyz012345".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(name, 0, bound, 0, 32);
        assertThat(((PluginMessage) PluginMessage.parse(bound)).ifname()).isEqualTo("abcdefghijklmnopqrstuvwxyz012345");
    }

    @Test
    void theGreetingIsKnownByItsFirstSixOctets() {
        byte[] hello = SpHello.of(SpHello.PUSH);
        assertThat(hello).containsExactly(0, 0x53, 0x50, 0, 0, 0x50, 0, 0);
        hello[6] = (byte) 0xff;
        assertThat(SpHello.fits(hello, 8, SpHello.PUSH)).isTrue();
        assertThat(SpHello.fits(hello, 3, SpHello.PULL)).isTrue();
        assertThat(SpHello.fits(hello, 8, SpHello.PULL)).isFalse();
        assertThat(SpHello.fits("GET / ".getBytes(StandardCharsets.US_ASCII), 1, SpHello.PUSH))
                .isFalse();
    }
}
