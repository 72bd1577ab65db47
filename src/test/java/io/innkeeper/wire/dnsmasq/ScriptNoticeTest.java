package io.innkeeper.wire.dnsmasq;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.property.Property;
import io.innkeeper.wire.dnsmasq.ScriptNotice.Action;
import io.innkeeper.wire.dnsmasq.ScriptNotice.Parsed;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptNoticeTest {
    private static final String[] NAMES = {
        "action",
        "mac",
        "ip",
        "hostname",
        "source",
        "duid",
        "DNSMASQ_CLIENT_ID",
        "DNSMASQ_IAID",
        "DNSMASQ_MAC",
        "DNSMASQ_LEASE_EXPIRES",
        "DNSMASQ_LEASE_LENGTH",
        "DNSMASQ_TIME_REMAINING",
        "DNSMASQ_TAGS",
        "DNSMASQ_USER_CLASS0",
        "DNSMASQ_MUD_URL",
        "DNSMASQ_LATER"
    };

    private static ScriptNotice notice(String... namesAndValues) {
        Parsed parsed = ScriptNotice.parse(fields(namesAndValues));
        assertThat(parsed.problems()).isEmpty();
        return Objects.requireNonNull(parsed.notice());
    }

    private static Map<String, String> problems(String... namesAndValues) {
        Parsed parsed = ScriptNotice.parse(fields(namesAndValues));
        assertThat(parsed.notice()).isNull();
        return parsed.problems();
    }

    private static Map<String, String> fields(String... namesAndValues) {
        Map<String, String> fields = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return fields;
    }

    @Test
    void aLeaseOfIpv4WithAllThatDnsmasqTells() {
        ScriptNotice notice = notice(
                "action",
                "add",
                "mac",
                "AA:BB:CC:DD:EE:FF",
                "ip",
                "192.168.1.10",
                "hostname",
                "laptop",
                "source",
                "home",
                "DNSMASQ_CLIENT_ID",
                "01:aa:bb:cc:dd:ee:ff",
                "DNSMASQ_LEASE_EXPIRES",
                "1700003600",
                "DNSMASQ_TIME_REMAINING",
                "3600",
                "DNSMASQ_INTERFACE",
                "eth0",
                "DNSMASQ_TAGS",
                "known eth0",
                "DNSMASQ_REQUESTED_OPTIONS",
                "1,3,6,15",
                "DNSMASQ_VENDOR_CLASS",
                "MSFT 5.0",
                "DNSMASQ_MUD_URL",
                "https://bulb.example/mud.json",
                "DNSMASQ_USER_CLASS0",
                "a",
                "DNSMASQ_USER_CLASS1",
                "b",
                "DNSMASQ_RELAY_ADDRESS",
                "10.0.0.1",
                "DNSMASQ_LOG_DHCP",
                "1");
        assertThat(notice.action()).isEqualTo(Action.ADD);
        assertThat(notice.mac()).hasToString("aa:bb:cc:dd:ee:ff");
        assertThat(notice.address()).hasToString("192.168.1.10");
        assertThat(notice.clientId()).hasToString("01:aa:bb:cc:dd:ee:ff");
        assertThat(notice.hostname()).isEqualTo("laptop");
        assertThat(notice.source()).isEqualTo("home");
        assertThat(notice.expires()).isEqualTo(1_700_003_600L);
        assertThat(notice.remainingSeconds()).isEqualTo(3_600L);
        assertThat(notice.details())
                .containsOnly(
                        Map.entry("interface", "eth0"),
                        Map.entry("tags", "known eth0"),
                        Map.entry("requestedOptions", "1,3,6,15"),
                        Map.entry("vendorClass", "MSFT 5.0"),
                        Map.entry("mudUrl", "https://bulb.example/mud.json"),
                        Map.entry("userClass", "a, b"),
                        Map.entry("relayAddress", "10.0.0.1"));
    }

    @Test
    void aLeaseOfIpv6TellsTheDuidWhereIpv4TellsTheHardwareAddress() {
        ScriptNotice notice = notice(
                "action",
                "old",
                "mac",
                "00:01:00:01:2c:aa:bb:cc:00:16:3e:11:22:33",
                "ip",
                "fd00::10",
                "DNSMASQ_IAID",
                "T77",
                "DNSMASQ_MAC",
                "00:16:3e:11:22:33");
        assertThat(notice.mac()).hasToString("00:16:3e:11:22:33");
        assertThat(notice.clientId()).hasToString("00:01:00:01:2c:aa:bb:cc:00:16:3e:11:22:33");
        assertThat(notice.iaid()).isEqualTo(77L);
        assertThat(notice.temporary()).isTrue();
    }

    @Test
    void anyoneMaySayItInPlainWords() {
        ScriptNotice v4 = notice("action", "add", "mac", "aa-bb-cc-dd-ee-ff", "ip", "10.0.0.5");
        assertThat(v4.mac()).hasToString("aa:bb:cc:dd:ee:ff");
        assertThat(v4.hostname()).isNull();
        ScriptNotice v6 = notice("action", "add", "mac", "aa:bb:cc:dd:ee:ff", "ip", "fd00::1", "duid", "00:04:aa:bb");
        assertThat(v6.mac()).hasToString("aa:bb:cc:dd:ee:ff");
        assertThat(v6.clientId()).hasToString("00:04:aa:bb");
        assertThat(notice("action", "del", "ip", "10.0.0.5").mac()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "add, ADD",
        "ADD, ADD",
        "old, OLD",
        "del, DEL",
        "arp-add, ARP_ADD",
        "arp_add, ARP_ADD",
        "arp-del, ARP_DEL",
        "init, INIT",
        "tftp, TFTP",
        "relay-snoop, RELAY_SNOOP",
        "other, OTHER",
        "snmp-trap, OTHER"
    })
    void everyActionHasAName(String word, Action action) {
        assertThat(notice("action", word, "mac", "aa:bb:cc:dd:ee:ff", "ip", "10.0.0.5")
                        .action())
                .isEqualTo(action);
    }

    @ParameterizedTest
    @ValueSource(strings = {"init", "tftp", "relay-snoop", "something-later"})
    void actionsThatSayNothingOfAClientMayHaveAnyArguments(String action) {
        // tftp: size, address, file name; relay-snoop: client, prefix.
        ScriptNotice notice = notice(
                "action", action, "mac", "51200", "ip", "/srv/x", "hostname", "y".repeat(2_000), "DNSMASQ_IAID", "?");
        assertThat(notice.address()).isNull();
        assertThat(notice.details()).isEmpty();
    }

    @Test
    void everyProblemIsNamed() {
        assertThat(problems()).containsOnlyKeys("action");
        assertThat(problems("action", " ")).containsOnlyKeys("action");
        assertThat(problems("action", "add")).containsOnlyKeys("ip");
        assertThat(problems("action", "arp-add", "ip", "10.0.0.1")).containsOnlyKeys("mac");
        assertThat(problems(
                        "action",
                        "add",
                        "ip",
                        "10.0.0.256",
                        "mac",
                        "nonsense",
                        "DNSMASQ_LEASE_EXPIRES",
                        "soon",
                        "DNSMASQ_CLIENT_ID",
                        "zz",
                        "DNSMASQ_TAGS",
                        "t".repeat(ScriptNotice.MAX_VALUE + 1)))
                .containsOnlyKeys("ip", "mac", "DNSMASQ_LEASE_EXPIRES", "DNSMASQ_CLIENT_ID", "DNSMASQ_TAGS");
        assertThat(problems("action", "add", "ip", "fd00::1", "mac", "zz:zz:zz:zz:zz:zz"))
                .containsOnlyKeys("mac");
        assertThat(problems("action", "add", "ip", "fd00::1", "DNSMASQ_IAID", "4294967296"))
                .containsOnlyKeys("DNSMASQ_IAID");
    }

    @Test
    void tooManyFieldsAreTurnedAway() {
        Map<String, String> fields = new HashMap<>(Map.of("action", "del", "ip", "10.0.0.1"));
        for (int i = 0; i < ScriptNotice.MAX_FIELDS; i++) {
            fields.put("x" + i, "");
        }
        assertThat(ScriptNotice.parse(fields).problems()).hasSize(1);
    }

    @Test
    void whatActsInsteadOfBeingSeenIsEscaped() {
        ScriptNotice notice = notice(
                "action", "add", "ip", "10.0.0.1", "hostname", "a\u001b[2Jb", "DNSMASQ_VENDOR_CLASS", "x\ny\u202e");
        assertThat(notice.hostname()).isEqualTo("a\\x1b[2Jb");
        assertThat(notice.details()).containsEntry("vendorClass", "x\\x0ay\\u202e");
    }

    @Test
    void noFieldsMakeItThrow() {
        Property.check(3_000, samples -> {
            Map<String, String> fields = new HashMap<>();
            fields.put("action", samples.pick("add", "old", "del", "arp-add", "tftp", "?"));
            fields.put("ip", samples.ip().toString());
            for (int i = samples.below(8); i > 0; i--) {
                fields.put(
                        samples.pick(NAMES),
                        samples.oneIn(3)
                                ? samples.text(40)
                                : samples.damaged(samples.mac().toString()));
            }
            checkAny(fields);
        });
    }

    /** Either a notice or problems; a notice about a lease has what a lease needs. */
    static void checkAny(Map<String, String> fields) {
        Parsed parsed = ScriptNotice.parse(fields);
        assertThat(parsed.notice() == null).isNotEqualTo(parsed.problems().isEmpty());
        ScriptNotice notice = parsed.notice();
        if (notice != null && (notice.action() == Action.ADD || notice.action() == Action.DEL)) {
            assertThat(notice.address()).isNotNull();
            assertThat(notice.iaid() == null || notice.iaid() >= 0).isTrue();
        }
    }
}
