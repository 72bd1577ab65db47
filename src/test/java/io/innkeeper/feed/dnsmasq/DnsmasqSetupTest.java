package io.innkeeper.feed.dnsmasq;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.lease.Allocation;
import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import io.innkeeper.wire.net.Prefix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DnsmasqSetupTest {
    private static final String RANGE = "dhcp-range=192.168.0.50,192.168.0.150,255.255.255.0";
    private static final String MAC = "11:22:33:44:55:66";

    private Path folder = Path.of("unset");

    @BeforeEach
    void useFolder(@TempDir Path temporary) {
        folder = temporary;
    }

    private DnsmasqSetup setup(String... lines) throws IOException {
        Path file = Files.writeString(folder.resolve("dnsmasq.conf"), String.join("\n", lines));
        DnsmasqSetup setup = new DnsmasqConfigReader(folder.resolve("ethers"), folder).read(List.of(file));
        assertThat(setup.problems()).isEmpty();
        return setup;
    }

    private static Classification classify(
            DnsmasqSetup setup, @Nullable String mac, @Nullable String id, @Nullable String name, String address) {
        return setup.classify(
                mac == null ? null : MacAddress.parse(mac).orElseThrow(),
                id == null ? null : ClientId.parse(id).orElseThrow(),
                name,
                ip(address));
    }

    private static IpAddress ip(String text) {
        return IpAddress.parse(text).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // the right side of dhcp-host | mac | client-id or DUID | name | address | static?
                "11:22:33:44:55:66,192.168.0.2            | 11:22:33:44:55:66    | -              | -   | 192.168.0.2 | true",
                "11:22:33:44:55:66,192.168.0.2            | 11:22:33:44:55:66    | -              | -   | 192.168.0.3 | false",
                "11:22:33:44:55:66,192.168.0.2            | 11:22:33:44:55:67    | -              | -   | 192.168.0.2 | false",
                "11:22:33:44:55:66,192.168.0.2            | 06-11:22:33:44:55:66 | -              | -   | 192.168.0.2 | true",
                "06-11:22:33:44:55:66,192.168.0.2         | 11:22:33:44:55:66    | -              | -   | 192.168.0.2 | false",
                "06-11:22:33:44:55:66,192.168.0.2         | 06-11:22:33:44:55:66 | -              | -   | 192.168.0.2 | true",
                "11:22:33:44:55:66,aa:bb:cc:dd:ee:ff,192.168.0.2 | aa:bb:cc:dd:ee:ff | -          | -   | 192.168.0.2 | true",
                "11:22:33:44:55:*,192.168.0.2             | 11:22:33:44:55:07    | -              | -   | 192.168.0.2 | true",
                "11:22:33:44:55:*,192.168.0.2             | 11:22:33:44:56:07    | -              | -   | 192.168.0.2 | false",
                "id:01:02:03,192.168.0.2                  | 11:22:33:44:55:66    | 01:02:03       | -   | 192.168.0.2 | true",
                "id:01:02:03,192.168.0.2                  | 11:22:33:44:55:66    | 01:02:04       | -   | 192.168.0.2 | false",
                "id:01:02:03,192.168.0.2                  | 11:22:33:44:55:66    | -              | -   | 192.168.0.2 | false",
                "id:abc,192.168.0.2                       | -                    | 61:62:63       | -   | 192.168.0.2 | true",
                "id:abc,192.168.0.2                       | -                    | 00:61:62:63    | -   | 192.168.0.2 | true",
                "id:abc,[fd00::2]                         | -                    | 00:61:62:63    | -   | fd00::2     | false",
                "11:22:33:44:55:66,id:*,192.168.0.2       | 11:22:33:44:55:66    | 01:02          | -   | 192.168.0.2 | true",
                "lap,192.168.0.199                        | 11:22:33:44:55:66    | -              | lap | 192.168.0.199 | true",
                "lap,192.168.0.199                        | 11:22:33:44:55:66    | -              | LAP.home.arpa | 192.168.0.199 | true",
                "lap,192.168.0.199                        | 11:22:33:44:55:66    | -              | pal | 192.168.0.199 | false",
                "lap,192.168.0.199                        | 11:22:33:44:55:66    | -              | -   | 192.168.0.199 | false",
                "11:22:33:44:55:66,lap,192.168.0.199      | 11:22:33:44:55:67    | -              | lap | 192.168.0.199 | false",
                "11:22:33:44:55:66,lap                    | 11:22:33:44:55:66    | -              | lap | 192.168.0.99 | false",
                "11:22:33:44:55:66,1h                     | 11:22:33:44:55:66    | -              | -   | 192.168.0.99 | false",
                "11:22:33:44:55:66,192.168.0.2,ignore     | 11:22:33:44:55:66    | -              | -   | 192.168.0.2 | false",
                "11:22:33:44:55:66,tag:red,192.168.0.2    | 11:22:33:44:55:66    | -              | -   | 192.168.0.2 | true",
                // IPv6: a lease has a DUID, rarely a hardware address
                "id:00:04:01:02,[fd00::10]                | -                    | 00:04:01:02    | -   | fd00::10    | true",
                "id:00:04:01:02,[fd00::10]                | -                    | 00:04:01:03    | -   | fd00::10    | false",
                "id:00:04:01:02,[::56]                    | -                    | 00:04:01:02    | -   | 2001:db8::56 | true",
                "id:00:04:01:02,[::56]                    | -                    | 00:04:01:02    | -   | 2001:db8::57 | false",
                "id:00:04:01:02,[fd00::10/124]            | -                    | 00:04:01:02    | -   | fd00::1f    | true",
                "id:00:04:01:02,[fd00::10/124]            | -                    | 00:04:01:02    | -   | fd00::20    | false",
                "id:00:04:01:02,[::10/124]                | -                    | 00:04:01:02    | -   | fd00:1::1a  | true",
                "lap,[::56]                               | -                    | 00:04:01:02    | lap | fd00::56    | true",
                "11:22:33:44:55:66,[::56]                 | 11:22:33:44:55:66    | 00:04:01:02    | -   | fd00::56    | true",
                "11:22:33:44:55:66,[::56]                 | 11:22:33:44:55:67    | 00:04:01:02    | -   | fd00::56    | false",
                "11:22:33:44:55:66,[::56]                 | -  | 00:03:00:01:11:22:33:44:55:66    | -   | fd00::56    | true",
                "11:22:33:44:55:66,[::56]                 | -                    | 00:04:01:02    | -   | fd00::56    | true",
                "11:22:33:44:55:66,192.168.0.2            | -                    | 00:04:01:02    | -   | 192.168.0.2 | false",
            })
    void oneLine(
            String host,
            @Nullable String mac,
            @Nullable String id,
            @Nullable String name,
            String address,
            boolean fixed)
            throws IOException {
        Classification found = classify(setup(RANGE, "dhcp-host=" + host), mac, id, name, address);
        assertThat(found.allocation()).isEqualTo(fixed ? Allocation.STATIC : Allocation.DYNAMIC);
        assertThat(found.reason()).isEqualTo(fixed ? folder + "/dnsmasq.conf:2: dhcp-host=" + host : null);
    }

    @Test
    void anIdentifierCountsBeforeHardwareBeforeNameBeforePattern() throws IOException {
        String id = "dhcp-host=id:01:02,192.168.0.2";
        String mac = "dhcp-host=" + MAC + ",192.168.0.3";
        String name = "dhcp-host=lap,192.168.0.4";
        String pattern = "dhcp-host=11:22:33:*:*:*,192.168.0.5";
        List<String> lines = List.of(id, mac, name, pattern);
        for (int first = 0; first < lines.size(); first++) {
            DnsmasqSetup setup = setup(lines.subList(first, lines.size()).toArray(String[]::new));
            for (int last = 0; last < lines.size(); last++) {
                Classification found = classify(setup, MAC, "01:02", "lap", "192.168.0." + (2 + last));
                assertThat(found.allocation())
                        .as("lines from %d, address of line %d", first, last)
                        .isEqualTo(first == last ? Allocation.STATIC : Allocation.DYNAMIC);
            }
        }
    }

    @Test
    void aLineForAnotherNetworkOverrulesNothing() throws IOException {
        DnsmasqSetup setup = setup(
                RANGE,
                "dhcp-range=10.0.0.1,10.0.0.9,255.255.255.0",
                "dhcp-host=id:01:02,10.0.0.2",
                "dhcp-host=" + MAC + ",192.168.0.3");
        assertThat(classify(setup, MAC, "01:02", null, "192.168.0.3").allocation())
                .isEqualTo(Allocation.STATIC);
        assertThat(classify(setup, MAC, "01:02", null, "10.0.0.2").allocation()).isEqualTo(Allocation.STATIC);
    }

    @Test
    void aLineWithoutAddressOrUnderATagOverrulesNothing() throws IOException {
        DnsmasqSetup setup = setup(
                RANGE,
                "dhcp-host=id:01:02,lap",
                "dhcp-host=id:01:02,tag:guest,192.168.0.9",
                "dhcp-host=" + MAC + ",192.168.0.3");
        assertThat(classify(setup, MAC, "01:02", null, "192.168.0.3").allocation())
                .isEqualTo(Allocation.STATIC);
    }

    @Test
    void ofTwoLinesThatFitTheStrongerThenTheLaterIsNamed() throws IOException {
        DnsmasqSetup setup = setup(
                RANGE,
                "dhcp-host=" + MAC + ",192.168.0.3,first",
                "dhcp-host=" + MAC + ",192.168.0.3,second",
                "dhcp-host=11:22:33:44:55:*,192.168.0.3,pattern");
        assertThat(classify(setup, MAC, null, null, "192.168.0.3").reason()).endsWith("second");
    }

    @Test
    void hostPartsBelongIntoNetworksOfLength64() throws IOException {
        DnsmasqSetup setup = setup("dhcp-range=fd00::1,fd00::ff,112", "dhcp-host=id:00:04:01,[::56]");
        assertThat(classify(setup, null, "00:04:01", null, "fd00::56").allocation())
                .isEqualTo(Allocation.DYNAMIC);
        assertThat(classify(setup, null, "00:04:01", null, "fd01::56").allocation())
                .isEqualTo(Allocation.STATIC);
    }

    @Test
    void ethersFixAddressesButNotNames() throws IOException {
        Path ethers = Files.writeString(folder.resolve("ethers"), MAC + " 192.168.0.2\n11:22:33:44:55:67 pal\n");
        DnsmasqSetup setup = setup("read-ethers");
        assertThat(classify(setup, MAC, null, null, "192.168.0.2").reason())
                .isEqualTo(ethers + ":1: " + MAC + " 192.168.0.2");
        assertThat(classify(setup, "11:22:33:44:55:67", null, "pal", "192.168.0.9"))
                .isEqualTo(Classification.DYNAMIC);
    }

    @Test
    void subnets() throws IOException {
        DnsmasqSetup setup = setup(
                RANGE,
                "dhcp-range=10.1.0.1,10.1.0.9,255.255.0.0",
                "dhcp-range=172.16.0.1,172.16.0.9",
                "dhcp-range=fd00::1,fd00::ff",
                "dhcp-range=::1,::ff,constructor:eth0");
        assertThat(setup.subnetOf(ip("192.168.0.7"))).hasToString("Optional[192.168.0.0/24]");
        assertThat(setup.subnetOf(ip("10.1.9.9"))).hasToString("Optional[10.1.0.0/16]");
        assertThat(setup.subnetOf(ip("fd00::9:9"))).hasToString("Optional[fd00::/64]");
        assertThat(setup.subnetOf(ip("172.16.0.3"))).isEmpty();
        assertThat(setup.subnetOf(ip("2001:db8::1"))).isEmpty();
        DnsmasqSetup local = setup.withLocalPrefixes(List.of(
                Prefix.parse("172.16.0.0/20").orElseThrow(),
                Prefix.parse("10.1.9.0/24").orElseThrow()));
        assertThat(local.subnetOf(ip("172.16.0.3"))).hasToString("Optional[172.16.0.0/20]");
        assertThat(local.subnetOf(ip("10.1.9.9"))).hasToString("Optional[10.1.9.0/24]");
        assertThat(local.reservations()).isEqualTo(setup.reservations());
    }

    @Test
    void nothingConfiguredFixesNothing() {
        assertThat(classify(DnsmasqSetup.empty(), MAC, "01:02", "lap", "192.168.0.2"))
                .isEqualTo(Classification.DYNAMIC);
        assertThat(DnsmasqSetup.empty().subnetOf(ip("192.168.0.2"))).isEmpty();
    }

    @Test
    void manyLeasesAgainstManyLinesAreLookUps() throws IOException {
        int count = 20_000;
        String[] lines = new String[count];
        for (int i = 0; i < count; i++) {
            lines[i] = "dhcp-host=" + macOf(i) + ",10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255);
        }
        DnsmasqSetup setup = setup(lines);
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            int fixed = 0;
            for (int i = 0; i < 100_000; i++) {
                MacAddress mac = MacAddress.parse(macOf(i)).orElseThrow();
                IpAddress address = IpAddress.v4(0x0a00_0000 + i);
                if (setup.classify(mac, null, "h" + i, address).allocation() == Allocation.STATIC) {
                    fixed++;
                }
            }
            assertThat(fixed).isEqualTo(count);
        });
    }

    private static String macOf(int i) {
        return "02:00:00:%02x:%02x:%02x".formatted(i >> 16, i >> 8 & 255, i & 255);
    }
}
