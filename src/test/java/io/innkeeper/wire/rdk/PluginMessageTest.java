package io.innkeeper.wire.rdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.wire.rdk.Rejected.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages of the real plugins, each beside the environment that made it, and messages that no plugin would send. */
class PluginMessageTest {
    private static final Path SAMPLES = Path.of("src/test/resources/rdk");

    /** A sample: what the client gave the plugin, and what the plugin sent. */
    record Sample(String name, String action, Map<String, String> environment) {
        byte[] bytes() {
            try {
                return Files.readAllBytes(SAMPLES.resolve(name + ".bin"));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        /** A variable as it arrives in a field of that size. */
        String cut(String variable, int size) {
            String value = environment.getOrDefault(variable, "");
            return value.length() <= size ? value : value.substring(0, size);
        }

        long number(String variable) {
            return Long.parseLong(environment.getOrDefault(variable, "0"));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Sample> v4() throws IOException {
        return samples().filter(sample -> sample.name.contains("v4"));
    }

    static Stream<Sample> v6() throws IOException {
        return samples().filter(sample -> sample.name.contains("v6"));
    }

    static Stream<Sample> samples() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(SAMPLES)) {
            files = all.filter(file -> file.toString().endsWith(".bin"))
                    .sorted()
                    .toList();
        }
        assertThat(files).hasSizeGreaterThanOrEqualTo(20);
        return files.stream().map(PluginMessageTest::sample);
    }

    private static Sample sample(Path file) {
        String name = file.getFileName().toString().replace(".bin", "");
        try {
            Map<String, String> environment = new HashMap<>();
            String action = "";
            for (String line : Files.readAllLines(SAMPLES.resolve(name + ".env"))) {
                if (line.startsWith("# argv[1]: ")) {
                    action = line.substring(11);
                } else if (!line.startsWith("#") && line.contains("=")) {
                    environment.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
                }
            }
            return new Sample(name, action, environment);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @MethodSource
    void v4(Sample sample) {
        Dhcpv4PluginMessage message = (Dhcpv4PluginMessage) PluginMessage.parse(sample.bytes());
        boolean lease = sample.action.equals("bound") || sample.action.equals("renew");
        assertThat(message.ifname()).isEqualTo(sample.cut("interface", 32)).isEqualTo(message.innerIfname());
        assertThat(message.state()).isEqualTo(sample.action);
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
        boolean early = sample.name.startsWith("old1.0.0");
        assertThat(message.hostname()).isEqualTo(early ? "" : sample.cut("hostname", 64));
        assertThat(message.domainName()).isEqualTo(early ? "" : sample.cut("domain", 64));
        assertThat(message.mta().bootFile()).isEqualTo(early ? "" : sample.cut("bootfile", 64));
        assertThat(message.tftpServer()).isEqualTo(early ? "" : sample.cut("siaddr", 64));
    }

    @ParameterizedTest
    @MethodSource
    void v6(Sample sample) {
        Dhcpv6PluginMessage message = (Dhcpv6PluginMessage) PluginMessage.parse(sample.bytes());
        assertThat(message.ifname()).isEqualTo(sample.cut("IFACE", 32));
        assertThat(message.isExpired())
                .isEqualTo(List.of("del", "delete", "expire").contains(sample.action));
        assertThat(message.address())
                .isEqualTo(new Dhcpv6PluginMessage.IaNa(
                        sample.environment.containsKey("ADDR1"), sample.cut("ADDR1", 48), times(sample, "ADDR1")));
        assertThat(message.prefix())
                .isEqualTo(new Dhcpv6PluginMessage.IaPd(
                        sample.environment.containsKey("PREFIX1"),
                        sample.cut("PREFIX1", 48),
                        sample.number("PREFIX1LEN"),
                        times(sample, "PREFIX1")));
        assertThat(message.domainNames()).isEqualTo(sample.cut("SRV_OPTION24", 64));
        assertThat(message.ntpServers()).isEqualTo(sample.cut("SRV_OPTION31", 128));
        assertThat(message.aftr()).isEqualTo(sample.cut("SRV_OPTION64", 256));
        assertThat(message.vendor().text()).isEqualTo(sample.cut("SRV_OPTION17", 255));
        assertThat(message.vendorLength())
                .isEqualTo(sample.environment.getOrDefault("SRV_OPTION17", "").length());
        assertThat(message.mapt().text()).isEqualTo(sample.cut("SRV_OPTION95", 256));
        assertThat(message.mape().text()).isEqualTo(message.layout().hasMape() ? sample.cut("SRV_OPTION94", 256) : "");
    }

    private static Dhcpv6PluginMessage.Times times(Sample sample, String prefix) {
        return new Dhcpv6PluginMessage.Times(
                sample.number(prefix + "IAID"),
                sample.number(prefix + "PREF"),
                sample.number(prefix + "VALID"),
                sample.number(prefix + "T1"),
                sample.number(prefix + "T2"));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void whatIsReadIsWrittenAsItWas(Sample sample) {
        PluginMessage message = (PluginMessage) PluginMessage.parse(sample.bytes());
        assertThat(message.write()).isEqualTo(sample.bytes());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void anotherLengthIsRejected(Sample sample) {
        for (int length : new int[] {0, 1, sample.bytes().length - 1, sample.bytes().length + 1}) {
            assertThat(PluginMessage.parse(Arrays.copyOf(sample.bytes(), length)))
                    .isInstanceOfSatisfying(
                            Rejected.class,
                            rejected -> assertThat(rejected.reason()).isEqualTo(Reason.LENGTH));
        }
    }

    @Test
    void eachReasonHasItsMessage() {
        byte[] bound = sample(SAMPLES.resolve("v4-bound.bin")).bytes();
        byte[] add = sample(SAMPLES.resolve("v6-add-both.bin")).bytes();
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
        byte[] add = sample(SAMPLES.resolve("v6-add-both.bin")).bytes();
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
        byte[] bound = sample(SAMPLES.resolve("v4-bound.bin")).bytes();
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
