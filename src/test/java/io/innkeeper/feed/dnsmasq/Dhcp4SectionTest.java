package io.innkeeper.feed.dnsmasq;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.config.Config;
import io.innkeeper.config.ConfigDocument;
import io.innkeeper.config.ConfigLoader;
import io.innkeeper.config.ConfigResult;
import io.innkeeper.config.Dhcp4Config;
import io.innkeeper.config.Dhcp4Option;
import io.innkeeper.config.Dhcp4Reservation;
import io.innkeeper.config.Dhcp4Subnet;
import io.innkeeper.config.OptionText;
import io.innkeeper.feed.dnsmasq.Dhcp4Section.LocalAddress;
import io.innkeeper.property.Property;
import io.innkeeper.wire.net.IpAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What dnsmasq's configuration says, said in ours: every result must load. */
class Dhcp4SectionTest {
    private static final LocalAddress HERE =
            new LocalAddress("eth0", IpAddress.parse("192.168.1.2").orElseThrow(), 24);

    @TempDir
    private Path folder;

    private Dhcp4Section section(List<LocalAddress> local, String... lines) throws IOException {
        Path file = folder.resolve("dnsmasq.conf");
        Files.writeString(file, String.join("\n", lines) + "\n");
        return Dhcp4Section.of(new DnsmasqConfigReader(folder.resolve("ethers"), folder).read(List.of(file)), local);
    }

    private Dhcp4Section section(String... lines) throws IOException {
        return section(List.of(HERE), lines);
    }

    private static Dhcp4Config loaded(Dhcp4Section section) {
        ConfigResult result =
                ConfigLoader.load(new ConfigDocument("innkeeper.yaml", section.yaml()), Map.of(), List.of(), null);
        assertThat(result).as(section.yaml() + result.text()).isInstanceOf(ConfigResult.Valid.class);
        Config config = ((ConfigResult.Valid) result).config();
        return Objects.requireNonNull(config.dhcp4(), section.yaml());
    }

    private static String texts(Map<String, Dhcp4Option> options) {
        return options.entrySet().stream()
                .map(one -> one.getKey() + "="
                        + one.getValue().value().stream().map(OptionText::text).collect(Collectors.joining("|"))
                        + (one.getValue().always() ? "!" : ""))
                .collect(Collectors.joining(" "));
    }

    private List<String> notes(Dhcp4Section section) {
        return section.notes().stream()
                .map(note -> note.replace(folder + "/", ""))
                .toList();
    }

    @Test
    void aHome() throws IOException {
        Dhcp4Section section = section(
                "dhcp-authoritative",
                "domain=home.arpa",
                "dhcp-range=192.168.1.100,192.168.1.199,255.255.255.0,12h",
                "dhcp-host=11:22:33:44:55:66,nas,192.168.1.10",
                "dhcp-option=option:router,192.168.1.1",
                "dhcp-option=option:dns-server,192.168.1.1,9.9.9.9",
                "dhcp-option=option:ntp-server,0.0.0.0");
        assertThat(section.notes()).isEmpty();
        assertThat(section.yaml()).isEqualTo("""
                dhcp4:
                  mode: shadow
                  interfaces: [eth0]
                  authoritative: true
                  options:
                    routers: 192.168.1.1
                    domain-name-servers: [192.168.1.1, 9.9.9.9]
                    domain-name: home.arpa
                  subnets:
                    - prefix: 192.168.1.0/24
                      lifetime: 12h
                      pools: [192.168.1.100-192.168.1.199]
                      options:
                        ntp-servers: 192.168.1.2
                      reservations:
                        - mac: "11:22:33:44:55:66"
                          address: 192.168.1.10
                          name: nas
                """);
        loaded(section);
    }

    @Test
    void whatDnsmasqSaysOfItselfWithoutBeingTold() throws IOException {
        Dhcp4Config config = loaded(section("dhcp-range=192.168.1.100,192.168.1.199"));
        Dhcp4Subnet subnet = config.subnets().getFirst();
        assertThat(subnet.prefix()).hasToString("192.168.1.0/24");
        assertThat(subnet.level().lifetime()).hasToString("1h");
        assertThat(texts(subnet.level().options())).isEqualTo("routers=192.168.1.2 domain-name-servers=192.168.1.2");
        assertThat(config.authoritative()).isFalse();
        Dhcp4Config silent = loaded(section("port=0", "dhcp-option=3", "dhcp-range=192.168.1.100,192.168.1.199,2h"));
        assertThat(silent.subnets().getFirst().level().options()).isEmpty();
        assertThat(silent.level().options()).isEmpty();
    }

    @Test
    void aNetworkThatNobodyNamesIsGuessed() throws IOException {
        Dhcp4Section section =
                section(List.of(), "dhcp-range=10.1.2.100,10.1.3.200,infinite", "dhcp-option=option:router,0.0.0.0");
        Dhcp4Config config = loaded(section);
        assertThat(config.subnets().getFirst().prefix()).hasToString("10.1.2.0/23");
        assertThat(config.subnets().getFirst().level().lifetime()).hasToString("infinite");
        assertThat(config.interfaces()).containsExactly("eth0");
        assertThat(notes(section))
                .anyMatch(note -> note.startsWith("dnsmasq.conf:1: ") && note.contains("10.1.2.0/23 is a guess"))
                .anyMatch(note -> note.startsWith("dnsmasq.conf:2: ") && note.contains("it names dnsmasq itself"))
                .anyMatch(note -> note.contains("names itself as domain-name-servers in 10.1.2.0/23"))
                .anyMatch(note -> note.contains("eth0 is a guess"));
        assertThat(section.yaml()).contains("\n# Not translated, or guessed:\n#   ");
    }

    @Test
    void tagsOfRangesInterfacesAndHosts() throws IOException {
        Dhcp4Section section = section(
                "interface=eth0",
                "interface=eth1",
                "dhcp-range=set:home,192.168.1.100,192.168.1.149,255.255.255.0,12h",
                "dhcp-range=set:home,192.168.1.160,192.168.1.199,255.255.255.0,2h",
                "dhcp-range=set:guests,192.168.9.10,192.168.9.20,255.255.255.0",
                "dhcp-option=tag:home,option:router,192.168.1.1",
                "dhcp-option=tag:guests,3,192.168.9.1",
                "dhcp-option=tag:eth0,42,192.168.1.7",
                "dhcp-option=tag:odd,6,192.168.1.9",
                "dhcp-option=tag:phones,6,192.168.1.8",
                "dhcp-host=02:00:00:00:00:01,set:odd,1d");
        Dhcp4Config config = loaded(section);
        assertThat(config.interfaces()).containsExactly("eth0", "eth1");
        Dhcp4Subnet home = config.subnets().getFirst();
        assertThat(home.pools()).hasSize(2);
        assertThat(home.pools().get(1).level().lifetime()).hasToString("2h");
        assertThat(texts(home.level().options()))
                .isEqualTo("routers=192.168.1.1 ntp-servers=192.168.1.7 domain-name-servers=192.168.1.2");
        assertThat(texts(config.subnets().get(1).level().options())).isEqualTo("routers=192.168.9.1");
        Dhcp4Reservation odd = home.reservations().getFirst();
        assertThat(texts(odd.level().options())).isEqualTo("domain-name-servers=192.168.1.9");
        assertThat(odd.level().lifetime()).hasToString("1d");
        assertThat(notes(section))
                .anyMatch(note -> note.startsWith("dnsmasq.conf:10: ") && note.contains("its tags are not those"));
    }

    @Test
    void hostsOfEveryKind() throws IOException {
        Dhcp4Section section = section(
                "dhcp-range=192.168.1.100,192.168.1.199,255.255.255.0,12h",
                "dhcp-host=11:22:33:44:55:01,11:22:33:44:55:02,192.168.1.11,two",
                "dhcp-host=id:01:02:03,192.168.1.12,infinite",
                "dhcp-host=printer,192.168.1.13",
                "dhcp-host=11:22:33:44:55:04,ignore",
                "dhcp-host=11:22:33:*:*:*,192.168.1.15",
                "dhcp-host=11:22:33:44:55:06,[fd00::6]",
                "dhcp-host=11:22:33:44:55:07,192.168.2.17",
                "dhcp-host=11:22:33:44:55:08,192.168.1.11",
                "dhcp-host=11:22:33:44:55:01,192.168.1.19",
                "dhcp-host=tag:x,11:22:33:44:55:09,192.168.1.20",
                "dhcp-host=11:22:33:44:55:0a,192.168.1.255",
                "dhcp-host=192.168.1.21");
        Dhcp4Config config = loaded(section);
        assertThat(config.subnets().getFirst().reservations().stream()
                        .map(one -> one.mac() + " " + one.clientId() + " " + one.hostname() + " " + one.address() + " "
                                + one.name()))
                .containsExactly(
                        "[11:22:33:44:55:01, 11:22:33:44:55:02] null null 192.168.1.11 two",
                        "[] 0x010203 null 192.168.1.12 null",
                        "[] null printer 192.168.1.13 printer");
        assertThat(config.access().deny()).hasSize(1);
        assertThat(notes(section).stream().map(note -> note.substring(0, note.indexOf(": "))))
                .containsExactly(
                        "dnsmasq.conf:6",
                        "dnsmasq.conf:7",
                        "dnsmasq.conf:8",
                        "dnsmasq.conf:9",
                        "dnsmasq.conf:10",
                        "dnsmasq.conf:11",
                        "dnsmasq.conf:12",
                        "dnsmasq.conf:13");
    }

    @Test
    void optionsOfEveryKind() throws IOException {
        Dhcp4Section section = section(
                "dhcp-range=192.168.1.100,192.168.1.199,255.255.255.0,12h",
                "dhcp-option=121,10.0.0.0/8,192.168.1.1,172.16.0.0/12,192.168.1.3",
                "dhcp-option=option:domain-search,home.arpa,lab.home.arpa",
                "dhcp-option=26,1400",
                "dhcp-option=19,0",
                "dhcp-option-force=option:tftp-server,\"on, off: \\\"yes\\\"\"",
                "dhcp-option=252,http://wpad/wpad.dat",
                "dhcp-option=vendor:MSFT,2,1i",
                "dhcp-option=encap:175,190,x",
                "dhcp-option=option6:dns-server,[::]",
                "dhcp-option=51,7200",
                "dhcp-option=54,192.168.1.1",
                "dhcp-option=option:no-such-thing,1",
                "dhcp-option=3,not-an-address",
                "dhcp-boot=pxelinux.0,boot,192.168.1.3",
                "dhcp-boot=tag:efi,efi.0",
                "dhcp-match=set:efi,option:client-arch,7",
                "pxe-service=x86PC,\"Boot\",pxelinux");
        Dhcp4Config config = loaded(section);
        assertThat(texts(config.level().options()))
                .isEqualTo("classless-static-routes=10.0.0.0/8 via 192.168.1.1|172.16.0.0/12 via 192.168.1.3"
                        + " domain-search=home.arpa|lab.home.arpa interface-mtu=1400 ip-forwarding=0"
                        + " tftp-server-name=on, off: \"yes\"! wpad-url=http://wpad/wpad.dat");
        assertThat(Objects.requireNonNull(config.level().boot()).file()).isEqualTo("pxelinux.0");
        assertThat(config.level().boot().nextServer()).hasToString("192.168.1.3");
        for (int line : new int[] {8, 9, 10, 11, 12, 13, 14, 16, 17, 18}) {
            assertThat(notes(section))
                    .as("line " + line)
                    .anyMatch(note -> note.startsWith("dnsmasq.conf:" + line + ": "));
        }
    }

    @Test
    void oddRanges() throws IOException {
        Dhcp4Section section = section(
                "dhcp-range=192.168.1.0,192.168.1.99,255.255.255.0,12h",
                "dhcp-range=192.168.1.50,192.168.1.120,255.255.255.0,12h",
                "dhcp-range=192.168.1.200,192.168.1.255,255.255.255.0,12h",
                "dhcp-range=192.168.0.1,192.168.3.200,255.255.0.0,12h",
                "dhcp-range=192.168.7.0,static,255.255.255.0",
                "dhcp-range=192.168.8.0,proxy",
                "dhcp-range=tag:toys,192.168.6.10,192.168.6.20,12h",
                "dhcp-range=fd00::10,fd00::ff,64,12h");
        Dhcp4Config config = loaded(section);
        assertThat(config.subnets().stream()
                        .map(subnet -> subnet.prefix() + " "
                                + subnet.pools().stream()
                                        .map(pool -> pool.range().toString())
                                        .toList()))
                .containsExactly(
                        "192.168.1.0/24 [192.168.1.1-192.168.1.99, 192.168.1.200-192.168.1.254]", "192.168.7.0/24 []");
        for (int line : new int[] {2, 4, 6, 7, 8}) {
            assertThat(notes(section))
                    .as("line " + line)
                    .anyMatch(note -> note.startsWith("dnsmasq.conf:" + line + ": "));
        }
    }

    @Test
    void domainsOfNetworks() throws IOException {
        Dhcp4Section section = section(
                "domain=home.arpa",
                "domain=guests.arpa,192.168.9.0/24",
                "domain=nowhere.arpa,10.9.9.0/24",
                "dhcp-range=192.168.1.100,192.168.1.199,255.255.255.0",
                "dhcp-range=192.168.9.100,192.168.9.199,255.255.255.0");
        Dhcp4Config config = loaded(section);
        assertThat(texts(config.level().options())).isEqualTo("domain-name=home.arpa");
        assertThat(texts(config.subnets().get(1).level().options())).contains("domain-name=guests.arpa");
        assertThat(notes(section)).anyMatch(note -> note.contains("domain=nowhere.arpa"));
    }

    /** Whatever lines come together, and however they are damaged: what comes of them loads. */
    @Test
    void everySectionLoads() {
        String[] lines = {
            "interface=eth0",
            "interface=wl*",
            "except-interface=eth0",
            "port=0",
            "domain=home.arpa",
            "domain=a b.arpa,192.168.1.0/24",
            "domain=\u00e9.arpa",
            "dhcp-authoritative",
            "dhcp-range=set:a,192.168.1.100,192.168.1.199,255.255.255.0,12h",
            "dhcp-range=set:b,192.168.1.150,192.168.1.220,3",
            "dhcp-range=192.168.1.240,192.168.1.250,255.255.255.240,infinite",
            "dhcp-range=10.0.0.0,10.0.255.255,255.255.0.0",
            "dhcp-range=10.0.7.0,static",
            "dhcp-range=10.9.9.2,10.9.9.3,255.255.255.254",
            "dhcp-host=11:22:33:44:55:66,nas,192.168.1.10",
            "dhcp-host=11:22:33:44:55:66,set:a,10.0.7.9",
            "dhcp-host=11:22:33:44:55:66,ignore",
            "dhcp-host=id:on,yes,192.168.1.10,5m",
            "dhcp-host=id:ff:00,null",
            "dhcp-host=NAS,192.168.1.11",
            "dhcp-host=nas,192.168.1.12",
            "dhcp-option=3,192.168.1.1",
            "dhcp-option=option:router,0.0.0.0",
            "dhcp-option=tag:a,3,10.0.0.1",
            "dhcp-option=tag:eth0,6,0.0.0.0",
            "dhcp-option=tag:a,3",
            "dhcp-option=option:domain-name,\"# not: a, comment\"",
            "dhcp-option=252,\"\\n\"",
            "dhcp-option-force=208,f1:00:74:7e",
            "dhcp-option=224,01:02",
            "dhcp-boot=\"a: b\",b\"\"c,10.0.0.3",
            "dhcp-boot=,,",
            "dhcp-match=set:x,61,\t*"
        };
        Property.check(400, samples -> {
            List<String> some = samples.list(20, () -> {
                String line = samples.pick(lines);
                return samples.oneIn(4) ? samples.damaged(line).replace('\n', ' ') : line;
            });
            try {
                Dhcp4Section section =
                        section(samples.oneIn(2) ? List.of(HERE) : List.of(), some.toArray(String[]::new));
                if (section.yaml().startsWith("dhcp4:")) {
                    loaded(section);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Test
    void nothingToTakeOver() throws IOException {
        Dhcp4Section section = section("dhcp-host=11:22:33:44:55:66,192.168.1.2");
        assertThat(section.yaml())
                .isEqualTo(
                        "# Not translated, or guessed:\n#   " + section.notes().getFirst() + "\n");
    }
}
