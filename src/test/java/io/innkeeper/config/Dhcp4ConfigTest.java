package io.innkeeper.config;

import static io.innkeeper.config.TestingConfig.config;
import static io.innkeeper.config.TestingConfig.errors;
import static io.innkeeper.config.TestingConfig.file;
import static io.innkeeper.config.TestingConfig.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms that the section {@code dhcp4} may have. */
class Dhcp4ConfigTest {
    private static Dhcp4Config dhcp4(ConfigResult result) {
        return Objects.requireNonNull(config(result).dhcp4());
    }

    private static Dhcp4Config inSubnet(String rest) {
        return dhcp4(yaml("dhcp4: {interfaces: eth0, subnets: [{prefix: 10.0.0.0/8, " + rest + "}]}"));
    }

    @Test
    void defaultsAreWhatTheReferenceSays() {
        Dhcp4Config config = dhcp4(yaml("dhcp4: {listen: 6767}"));
        assertThat(config.mode()).isEqualTo(Dhcp4Mode.SELECTIVE);
        assertThat(config.authoritative()).isTrue();
        assertThat(config.rapidCommit()).isFalse();
        assertThat(config.bootp()).isTrue();
        assertThat(config.answerToSource()).isFalse();
        assertThat(config.offerHold()).isEqualTo(Duration.ofSeconds(60));
        assertThat(config.declineHold()).isEqualTo(Duration.ofHours(1));
        assertThat(config.conflictCheck()).isEqualTo(new Dhcp4ConflictCheck(true, true, Duration.ofMillis(500)));
        assertThat(config.limits()).isEqualTo(new Dhcp4Limits(0, 0, 50, 0, 65_536));
        assertThat(config.access())
                .isEqualTo(new Dhcp4Access(
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        true,
                        Dhcp4Otherwise.ANSWER,
                        Dhcp4RandomMacs.ALLOW));
        assertThat(config.journal().max()).isEqualTo(new ByteSize(1_000_000_000));
        assertThat(config.level().lifetime()).isNull();
    }

    @Test
    void theConfigurationOfTheDesignIsTaken() {
        Dhcp4Config config = dhcp4(yaml("""
                dhcp4:
                  mode: selective
                  interfaces: [eth0]
                  answer-to-source: false
                  authoritative: true
                  lifetime: 12h
                  options: {domain-name: home.arpa, domain-name-servers: [192.168.1.1]}
                  subnets:
                    - prefix: 192.168.1.0/24
                      pools: [{range: 192.168.1.100-192.168.1.199}]
                      options: {routers: [192.168.1.1]}
                      reservations:
                        - {mac: "aa:bb:cc:dd:ee:ff", address: 192.168.1.10, name: nas}
                  access:
                    deny: [{mac: "00:11:22:*"}]
                    exceptions: [{mac: "00:11:22:33:44:55", allow: true, until: "2099-12-01T00:00:00Z"}]
                """));
        Dhcp4Reservation nas = config.subnets().getFirst().reservations().getFirst();
        assertThat(nas.mac())
                .containsExactly(MacAddress.parse("aa:bb:cc:dd:ee:ff").orElseThrow());
        assertThat(nas.address()).isEqualTo(IpAddress.parse("192.168.1.10").orElseThrow());
        assertThat(config.access().deny().getFirst().mac())
                .containsExactly(new MacMask(0x001122000000L, 0xffffff000000L));
        assertThat(config.access().exceptions().getFirst().until()).isEqualTo(Instant.parse("2099-12-01T00:00:00Z"));
        assertThat(config.level().options())
                .containsEntry("domain-name-servers", new Dhcp4Option(List.of(new OptionText("192.168.1.1")), false));
    }

    @Test
    void anOptionIsAValueAListOrASection() {
        Map<String, Dhcp4Option> options = inSubnet(
                        "options: {routers: 10.0.0.1, ntp-servers: [10.0.0.2, 10.0.0.3], default-ip-ttl: 64,"
                                + " ip-forwarding: true, 225: 0x0102, domain-name: {value: a, always: true}}")
                .subnets()
                .getFirst()
                .level()
                .options();
        assertThat(texts(options.get("routers"))).containsExactly("10.0.0.1");
        assertThat(texts(options.get("ntp-servers"))).containsExactly("10.0.0.2", "10.0.0.3");
        assertThat(texts(options.get("default-ip-ttl"))).containsExactly("64");
        assertThat(texts(options.get("ip-forwarding"))).containsExactly("true");
        assertThat(texts(options.get("225"))).containsExactly("0x0102");
        assertThat(Objects.requireNonNull(options.get("domain-name")).always()).isTrue();
        assertThat(options.keySet()).endsWith("225", "domain-name");
    }

    private static List<String> texts(@org.jspecify.annotations.Nullable Dhcp4Option option) {
        return Objects.requireNonNull(option).value().stream()
                .map(OptionText::text)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pools: [10.0.0.1-10.0.0.9]",
                "pools: [{range: 10.0.0.1-10.0.0.9}]",
                "pools: {range: 10.0.0.1 - 10.0.0.9}"
            })
    void aPoolIsARangeOrASection(String pools) {
        assertThat(inSubnet(pools).subnets().getFirst().pools())
                .singleElement()
                .extracting(pool -> pool.range().toString())
                .isEqualTo("10.0.0.1-10.0.0.9");
    }

    @Test
    void listsOfNamedThingsMayBeMappingsInsideListsToo() {
        Dhcp4Config config = inSubnet("reservations: {nas: {mac: \"00:00:00:00:00:01\"}, tv: {hostname: tv}}");
        assertThat(config.subnets().getFirst().reservations())
                .extracting(Dhcp4Reservation::name)
                .containsExactly("nas", "tv");
    }

    @Test
    void conflictCheckIsOnOffOrASection() {
        assertThat(dhcp4(yaml("dhcp4: {listen: 1, conflict-check: off}")).conflictCheck())
                .isNull();
        Dhcp4ConflictCheck on =
                dhcp4(yaml("dhcp4: {listen: 1, conflict-check: on}")).conflictCheck();
        assertThat(on).isEqualTo(new Dhcp4ConflictCheck(true, true, Duration.ofMillis(500)));
        assertThat(dhcp4(yaml("dhcp4: {listen: 1, conflict-check: {icmp: false}}"))
                        .conflictCheck())
                .isEqualTo(new Dhcp4ConflictCheck(true, false, Duration.ofMillis(500)));
    }

    @Test
    void environmentAndCommandLineMakeAServer() {
        Dhcp4Config config = dhcp4(ConfigLoader.load(
                null,
                Map.of(
                        "INNKEEPER_DHCP4_LISTEN", "6767",
                        "INNKEEPER_DHCP4_SUBNETS_PREFIX", "10.0.0.0/8",
                        "INNKEEPER_DHCP4_SUBNETS_POOLS", "10.0.0.1-10.0.0.9, 10.1.0.0/16",
                        "INNKEEPER_DHCP4_CONFLICT_CHECK", "off",
                        "INNKEEPER_DHCP4_OPTIONS", "domain-name=a, routers=10.0.0.254"),
                List.of("dhcp4.options.domain-name-servers=10.0.0.1,10.0.0.2", "dhcp4.lifetime=infinite"),
                null));
        assertThat(config.subnets().getFirst().pools()).hasSize(2);
        assertThat(config.conflictCheck()).isNull();
        assertThat(config.level().lifetime()).isEqualTo(Lifetime.INFINITE);
        assertThat(config.level().options()).containsOnlyKeys("domain-name", "routers", "domain-name-servers");
        assertThat(texts(config.level().options().get("domain-name-servers"))).containsExactly("10.0.0.1", "10.0.0.2");
    }

    @Test
    void iniReachesWhatHasANameAndQuotesKeepCommas() {
        Dhcp4Config config = dhcp4(file("a.ini", """
                [dhcp4]
                listen = 6767
                options.root-path = "a, b"
                options.time-servers.value = 10.0.0.1, 10.0.0.2
                options.time-servers.always = true
                [dhcp4.subnets.lan]
                prefix = 10.0.0.0/8
                pools = 10.0.0.1-10.0.0.9
                [dhcp4.subnets.lan.reservations.nas]
                mac = 00:00:00:00:00:01, 00:00:00:00:00:02
                [dhcp4.access]
                deny = 00:11:22:*
                """));
        assertThat(texts(config.level().options().get("root-path"))).containsExactly("a, b");
        assertThat(texts(config.level().options().get("time-servers"))).hasSize(2);
        assertThat(config.subnets().getFirst().reservations().getFirst().mac()).hasSize(2);
        assertThat(config.access().deny()).hasSize(1);
    }

    @Test
    void everyThingKnowsItsLine() {
        ConfigResult.Valid valid = (ConfigResult.Valid) yaml("""
                dhcp4:
                  interfaces: [eth0]
                  options:
                    domain-name: a
                    routers: {value: 10.0.0.1,
                      always: true}
                  boot:
                    file: x
                  subnets:
                    - prefix: 10.0.0.0/8
                      pools:
                        - 10.0.0.1
                      reservations:
                        - name: nas
                          mac:
                            - 00:00:00:00:00:01
                """);
        assertThat(valid.where("dhcp4.options.domain-name")).isEqualTo("innkeeper.yaml:4");
        assertThat(valid.where("dhcp4.options.routers")).isEqualTo("innkeeper.yaml:5");
        assertThat(valid.where("dhcp4.boot")).isEqualTo("innkeeper.yaml:7");
        assertThat(valid.where("dhcp4.subnets[0]")).isEqualTo("innkeeper.yaml:10");
        assertThat(valid.where("dhcp4.subnets[0].pools[0]")).isEqualTo("innkeeper.yaml:12");
        assertThat(valid.where("dhcp4.subnets[0].reservations[0]")).isEqualTo("innkeeper.yaml:14");
        assertThat(valid.where("dhcp4.subnets[0].reservations[0].lifetime")).isEqualTo("innkeeper.yaml:14");
        assertThat(valid.where("nothing")).isEqualTo("default");
    }

    @ParameterizedTest
    @CsvSource({
        "00:11:22:33:44:55, 001122334455, ffffffffffff, 00:11:22:33:44:55",
        "AA-BB-CC-*, aabbcc000000, ffffff000000, aa:bb:cc:*",
        "00:*:22:*, 000022000000, ff00ff000000, 00:*:22:*",
        "*:*:*:*:*:01, 000000000001, 0000000000ff, *:*:*:*:*:01",
        "00:11:22:33:4f:ff/36, 001122334000, fffffffff000, 00:11:22:33:40:00/36",
        "00:11:22:33:44:55/24, 001122000000, ffffff000000, 00:11:22:*",
        "*, 0, 0, *"
    })
    void macPatterns(String text, String bits, String mask, String written) {
        MacMask pattern = MacMask.parse(text).orElseThrow();
        assertThat(pattern).isEqualTo(new MacMask(Long.parseLong(bits, 16), Long.parseLong(mask, 16)));
        assertThat(pattern).hasToString(written);
        assertThat(MacMask.parse(written)).contains(pattern);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "00", "00:11:22", "00:11:22:33:44:55:66", "00:11:2*", "0x00", "00:11:22:33:44:55/49", "*/3"})
    void noMacPatterns(String text) {
        assertThat(MacMask.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0x0102, 0102", "01:02, 0102", "abc, 616263", "12, 3132", "'01:02:', 30313a30323a", "ab:cd, abcd"})
    void octetsAreHexOrText(String text, String hex) {
        OctetText read = OctetText.parse(text).orElseThrow();
        assertThat(read.octets()).hasToString(hex);
        assertThat(read).hasToString(text);
        assertThat(OctetText.parse("0x")).isEmpty();
        assertThat(OctetText.parse("0x123")).isEmpty();
        assertThat(OctetText.parse("x".repeat(256))).isEmpty();
    }

    @Test
    void lifetimesAreWholeSecondsOrInfinite() {
        assertThat(Lifetime.parse("90s")).contains(new Lifetime(90));
        assertThat(Lifetime.parse("2000ms")).contains(new Lifetime(2));
        assertThat(new Lifetime(7200)).hasToString("2h");
        assertThat(Lifetime.parse("infinite")).contains(Lifetime.INFINITE);
        assertThat(Lifetime.INFINITE).hasToString("infinite");
        for (String none : List.of("0s", "1ms", "1500ms", "49711d", "Infinite", "")) {
            assertThat(Lifetime.parse(none)).as(none).isEmpty();
        }
    }

    @Test
    void theOnlyOfSeveralMustBeNamed() {
        ConfigDocument two = new ConfigDocument(
                "i.yaml",
                "dhcp4: {listen: 1, subnets: [{name: a, prefix: 10.0.0.0/8}, {name: b, prefix: 11.0.0.0/8}]}");
        assertThat(errors(ConfigLoader.load(two, Map.of(), List.of("dhcp4.subnets.lifetime=1h"), null)))
                .containsExactly("--set dhcp4.subnets.lifetime: dhcp4.subnets: there are several; say which, as in"
                        + " dhcp4.subnets.NAME.prefix");
        Dhcp4Config named = dhcp4(ConfigLoader.load(two, Map.of(), List.of("dhcp4.subnets.b.lifetime=1h"), null));
        assertThat(named.subnets().getLast().level().lifetime()).isEqualTo(new Lifetime(3600));
    }
}
