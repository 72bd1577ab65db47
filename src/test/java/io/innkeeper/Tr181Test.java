package io.innkeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.innkeeper.TestingApp.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The data model TR-181 over HTTP, of what the real plugins told. */
class Tr181Test {
    private static final String TR181 = "api/v1/tr181/";

    @TempDir
    private static Path folder;

    private static TestingApp app;

    @BeforeAll
    static void start() throws Exception {
        TestingApp.write(folder.resolve("innkeeper.yaml"), TestingApp.yaml(folder, TestingPusher.SECTION));
        app = TestingApp.start(folder);
        TestingPusher pusher = new TestingPusher(app);
        pusher.push("v4-bound-many");
        pusher.push("v6-add-both");
        await().until(() ->
                value("Device.DHCPv6.Client.1.X_INNKEEPER_IAPD.Assigned").equals("true"));
    }

    @AfterAll
    static void close() {
        app.close();
    }

    private static List<JsonNode> parameters(String path) {
        Reply reply = app.get(TR181 + path);
        assertThat(reply.status()).as(path + " " + reply.body()).isEqualTo(200);
        return reply.json().path("parameters").valueStream().toList();
    }

    private static String value(String path) {
        Reply reply = app.get(TR181 + path);
        return reply.status() == 200
                ? reply.json().path("parameters").path(0).path("value").asString()
                : "";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Device.DHCPv4.ClientNumberOfEntries                                   | unsignedInt       | 1",
                "Device.DHCPv4.Client.1.DHCPStatus                                     | string            | \"Bound\"",
                "Device.DHCPv4.Client.1.IPAddress                                      | IPv4Address       | \"192.0.2.45\"",
                "Device.DHCPv4.Client.1.SubnetMask                                     | IPv4Address       | \"255.255.255.0\"",
                "Device.DHCPv4.Client.1.IPRouters                                      | list(IPv4Address) | [\"192.0.2.1\",\"192.0.2.2\"]",
                "Device.DHCPv4.Client.1.DNSServers                                     | list(IPv4Address) | [\"198.51.100.1\",\"198.51.100.2\"]",
                "Device.DHCPv4.Client.1.DHCPServer                                     | IPv4Address       | \"192.0.2.1\"",
                "Device.DHCPv4.Client.1.Renew                                          | boolean           | false",
                "Device.DHCPv4.Client.1.Interface                                      | string            | \"Device.IP.Interface.1\"",
                "Device.DHCPv6.Client.1.X_INNKEEPER_IANA.Address                       | IPv6Address       | \"2001:db8:1::45\"",
                "Device.DHCPv6.Client.1.X_INNKEEPER_IAPD.Prefix                        | IPv6Prefix        | \"2001:db8:abcd::/48\"",
                "Device.DHCPv6.Client.1.X_INNKEEPER_IAPD.IAID                          | unsignedInt       | 2",
                "Device.DHCPv6.Client.1.X_INNKEEPER_IAPD.ValidLifetime                 | unsignedInt       | 7200",
                "Device.DHCPv6.Client.1.X_RDKCENTRAL-COM_RcvOption.MapTransportMode    | string            | \"MAPT\"",
                "Device.DHCPv6.Client.1.X_RDKCENTRAL-COM_RcvOption.MapEALen            | unsignedInt       | 16",
                "Device.DHCPv6.Client.1.X_RDKCENTRAL-COM_RcvOption.MapRuleIPv4Prefix   | IPv4Prefix        | \"192.0.2.0/24\"",
                "Device.DHCPv6.Client.1.X_RDKCENTRAL-COM_RcvOption.MapRatio            | unsignedInt       | 256",
                "Device.IP.Interface.1.IPv6Address.1.Origin                            | string            | \"DHCPv6\"",
                "Device.IP.Interface.1.IPv6Prefix.1.Origin                             | string            | \"PrefixDelegation\"",
            })
    void aParameterHasTypeAndValue(String path, String type, String value) {
        JsonNode only = parameters(path).getFirst();
        assertThat(only.path("path").asString()).isEqualTo(path);
        assertThat(only.path("type").asString()).isEqualTo(type);
        assertThat(only.path("value").toString()).isEqualTo(value);
    }

    @Test
    void aPartialPathGivesAllBelow() {
        assertThat(parameters("Device.DHCPv4.Client.1."))
                .hasSizeGreaterThan(20)
                .allMatch(one -> one.path("path").asString().startsWith("Device.DHCPv4.Client.1."));
        assertThat(parameters("Device.DHCPv4.Client.1")).hasSameSizeAs(parameters("Device.DHCPv4.Client.1."));
        assertThat(app.get("api/v1/tr181").json().path("parameters")).hasSizeGreaterThan(60);
    }

    @Test
    void aStarOrAnIStandsForAnyRow() {
        assertThat(parameters("Device.DHCPv4.Client.*.IPAddress")).hasSize(1);
        assertThat(parameters("Device.DHCPv6.Client.%7Bi%7D.ReceivedOption.*.Tag"))
                .hasSizeGreaterThan(3);
        assertThat(parameters("Device.DHCPv4.Client.*.SentOption.*.Tag")).isEmpty();
        assertThat(parameters("Device.DHCPv6.Client.1.Server.")).isEmpty();
    }

    @Test
    void theEventsOfAClientAreItsLeaseAsItIsPublished() {
        List<JsonNode> events = parameters("Device.DHCPv4.Client.1.Events");
        assertThat(events).extracting(one -> one.path("path").asString()).allMatch(path -> path.contains(".Events."));
        assertThat(value("Device.DHCPv4.Client.1.Events.IfName")).isEqualTo("erouter0");
        assertThat(value("Device.DHCPv4.Client.1.Events.MsgType")).isEqualTo("3");
        byte[] four = Base64.getDecoder().decode(value("Device.DHCPv4.Client.1.Events.LeaseInfo"));
        assertThat(four).hasSize(884);
        assertThat(Base64.getDecoder().decode(value("Device.DHCPv6.Client.*.Events.LeaseInfo")))
                .hasSize(924);
    }

    @Test
    void theChangeFeedHasTheLeaseByNames() {
        JsonNode event = app.events().stream()
                .filter(one -> one.path("type").asString().equals("wan.update"))
                .filter(one -> one.path("family").asInt() == 6)
                .findFirst()
                .orElseThrow();
        assertThat(event.path("msgType").asString()).isEqualTo("DHCP_LEASE_UPDATE");
        assertThat(event.path("msgNumber").asInt()).isEqualTo(3);
        assertThat(event.path("number").asLong()).isGreaterThan(3);
        JsonNode lease = event.path("leaseInfo");
        assertThat(lease.path("sitePrefix").asString()).isEqualTo("2001:db8:abcd::/48");
        assertThat(lease.path("prefixVltime").asInt()).isEqualTo(7_200);
        assertThat(lease.path("ipv6_TimeOffset").asInt()).isEqualTo(3_600);
        assertThat(lease.path("map").path("mapType").asString()).isEqualTo("MAPT");
        assertThat(lease.path("map").path("ruleIPv4Prefix").asString()).isEqualTo("192.0.2.0/24");
    }

    @Test
    void aTreeHasObjectsWithinObjects() {
        JsonNode tree =
                app.get(TR181 + "Device.DHCPv4.Client.1.?format=tree").json().path("tree");
        assertThat(tree.path("Device")
                        .path("DHCPv4")
                        .path("Client")
                        .path("1")
                        .path("IPAddress")
                        .asString())
                .isEqualTo("192.0.2.45");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Device.DHCPv4.Client.7.Status    | below Device.DHCPv4.Client. there is 1.",
                "Device.DHCPv4.Client.1.Statsu    | Enable, Alias, Interface, Status",
                "Device.DHCPv4.Client.*.Statsu    | below Device.DHCPv4.Client.*. there is Enable",
                "Device.Nothing.                  | below Device. there is IP., DHCPv4., DHCPv6.",
                "InternetGatewayDevice.           | at the top there is Device.",
            })
    void whatIsNotThereSaysWhatIs(String path, String words) {
        Reply reply = app.get(TR181 + path);
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.json().path("detail").asString()).contains(words);
    }

    /** In what the page shows, {@code …} stands for anything. */
    @Test
    void thePageShowsWhatIsAnswered() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("docs/tr181.md"));
        int examples = 0;
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("> GET ")) {
                answers(app.get(TR181 + lines.get(i).substring(6)), lines.get(i + 1));
                examples++;
            } else if (lines.get(i).startsWith("> POST ")) {
                String[] parts = lines.get(i).substring(7).split(" ", 2);
                answers(app.send("POST", TR181 + parts[0], parts[1]), lines.get(i + 1));
                examples++;
            }
        }
        assertThat(examples).isGreaterThan(5);
    }

    private static void answers(Reply reply, String shown) {
        String pattern =
                Stream.of(shown.substring(2).split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        assertThat(reply.body()).matches(pattern);
    }

    @Test
    void whatIsNoPathIsTurnedDown() {
        assertThat(app.get(TR181 + "Device..Client").wrongFields()).containsExactly("path");
        assertThat(app.get(TR181 + "Device.?format=xml").wrongFields()).containsExactly("format");
    }

    @Test
    void aCommandWithoutAProgramNamesItsKey() {
        Reply reply = app.send("POST", TR181 + "Device.DHCPv4.Client.1.Renew", "{\"value\":true}");
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.json().path("message").asString()).contains("lease-monitor.hooks.renew");
        assertThat(app.send("POST", TR181 + "Device.DHCPv4.Client.1.Renew", "{\"value\":false}")
                        .wrongFields())
                .containsExactly("value");
        assertThat(app.send("POST", TR181 + "Device.DHCPv4.Client.1.IPAddress", "{\"value\":true}")
                        .wrongFields())
                .containsExactly("path");
    }
}
