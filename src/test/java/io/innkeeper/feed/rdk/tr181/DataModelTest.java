package io.innkeeper.feed.rdk.tr181;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.feed.rdk.Compatibility;
import io.innkeeper.feed.rdk.Dhcpv4Client;
import io.innkeeper.feed.rdk.Dhcpv6Client;
import io.innkeeper.feed.rdk.InterfaceState;
import io.innkeeper.wire.rdk.Dhcpv4PluginMessage;
import io.innkeeper.wire.rdk.Dhcpv6PluginMessage;
import io.innkeeper.wire.rdk.PluginMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The data model as time goes by, of messages of the real plugins. */
class DataModelTest {
    private static final Instant START = Instant.parse("2026-11-21T00:00:00Z");
    private static final String V4 = "Device.DHCPv4.Client.1.";
    private static final String NA = "Device.DHCPv6.Client.2.X_INNKEEPER_IANA.";
    private static final String PD = "Device.DHCPv6.Client.2.X_INNKEEPER_IAPD.";
    private static final String IP = "Device.IP.Interface.3.";

    private Dhcpv4Client v4 = new Dhcpv4Client(Compatibility.NONE);
    private Dhcpv6Client v6 = new Dhcpv6Client(Compatibility.NONE);
    private boolean asOriginal;

    private void original() {
        asOriginal = true;
        v4 = new Dhcpv4Client(Compatibility.RDK);
        v6 = new Dhcpv6Client(Compatibility.RDK);
    }

    private void hear(String sample, long second) throws IOException {
        byte[] message = Files.readAllBytes(Path.of("src/test/resources/rdk", sample + ".bin"));
        Instant at = START.plusSeconds(second);
        v4.beginRun();
        switch (PluginMessage.parse(message)) {
            case Dhcpv4PluginMessage four -> v4.hear(four, at);
            case Dhcpv6PluginMessage six -> v6.hear(six, at);
            default -> throw new AssertionError(sample);
        }
    }

    private List<Parameter> model(long second) {
        InterfaceState state = new InterfaceState("erouter0", v4.shown(), v6.shown(), 0, null);
        Uplink uplink = new Uplink(state, 3, 1, 2, "cpe-wan", "00030001020000000001");
        return DataModel.of(List.of(uplink), asOriginal, START.plusSeconds(second));
    }

    private String value(String path, long second) {
        return model(second).stream()
                .filter(parameter -> parameter.path().equals(path))
                .findFirst()
                .map(Parameter::text)
                .orElse("missing");
    }

    @ParameterizedTest
    @CsvSource({
        // lease 3600, T1 1800, T2 3150
        "0,    Bound,     3600, 192.0.2.45, 1800, 3150",
        "1799, Bound,     1801, 192.0.2.45, 1,    1351",
        "1800, Renewing,  1800, 192.0.2.45, 0,    1350",
        "3150, Rebinding, 450,  192.0.2.45, 0,    0",
        "3599, Rebinding, 1,    192.0.2.45, 0,    0",
        "3600, Init,      0,    '',         0,    0",
    })
    void aLeaseOfDhcpv4CountsDown(long second, String status, String left, String address, String t1, String t2)
            throws IOException {
        hear("v4-bound", 0);
        assertThat(value(V4 + "DHCPStatus", second)).isEqualTo(status);
        assertThat(value(V4 + "LeaseTimeRemaining", second)).isEqualTo(left);
        assertThat(value(V4 + "IPAddress", second)).isEqualTo(address);
        assertThat(value(V4 + "X_INNKEEPER_RenewalTimeRemaining", second)).isEqualTo(t1);
        assertThat(value(V4 + "X_INNKEEPER_RebindingTimeRemaining", second)).isEqualTo(t2);
    }

    @Test
    void aRenewalStartsTheClockAnew() throws IOException {
        hear("v4-bound", 0);
        hear("v4-renew", 1_900);
        assertThat(value(V4 + "DHCPStatus", 1_900)).isEqualTo("Bound");
        assertThat(value(V4 + "LeaseTimeRemaining", 1_901)).isEqualTo("7199");
    }

    @Test
    void aClientWithoutALeaseLooksForOne() throws IOException {
        assertThat(value(V4 + "DHCPStatus", 0)).isEqualTo("Init");
        hear("v4-leasefail", 1);
        assertThat(value(V4 + "DHCPStatus", 1)).isEqualTo("Selecting");
        hear("v4-bound", 2);
        hear("v4-deconfig", 3);
        assertThat(value(V4 + "DHCPStatus", 3)).isEqualTo("Init");
        assertThat(value(V4 + "IPRouters", 3)).isEmpty();
    }

    @Test
    void theOriginalNeitherCountsDownNorForgets() throws IOException {
        original();
        assertThat(value(V4 + "IPAddress", 0)).isEqualTo("0.0.0.0");
        hear("v4-bound", 0);
        assertThat(value(V4 + "LeaseTimeRemaining", 1_000)).isEqualTo("3600");
        hear("v4-renew", 1_800);
        assertThat(value(V4 + "LeaseTimeRemaining", 1_801)).isEqualTo("3600"); // a plain renewal does not refresh it
        hear("v4-deconfig", 2_000);
        assertThat(value(V4 + "DHCPStatus", 9_000)).isEqualTo("Bound");
        assertThat(value(V4 + "IPAddress", 9_000)).isEqualTo("192.0.2.45");
    }

    @Test
    void addressAndPrefixCountDownEachForItself() throws IOException {
        hear("v6-add-both", 0);
        hear("v6-update-iana", 1_000);
        assertThat(value(NA + "ValidLifetime", 1_500)).isEqualTo("9000");
        assertThat(value(NA + "ValidLifetimeRemaining", 1_500)).isEqualTo("8500");
        assertThat(value(PD + "ValidLifetimeRemaining", 1_500)).isEqualTo("5700");
        assertThat(value(PD + "T1Remaining", 1_500)).isEqualTo("300");
        assertThat(value(PD + "T2Remaining", 1_500)).isEqualTo("1380");
        assertThat(value(PD + "PreferredLifetimeRemaining", 3_600)).isEqualTo("0");
        assertThat(value(IP + "IPv6Prefix.1.PrefixStatus", 3_599)).isEqualTo("Preferred");
        assertThat(value(IP + "IPv6Prefix.1.PrefixStatus", 3_600)).isEqualTo("Deprecated");
        assertThat(value(IP + "IPv6Prefix.1.ValidLifetime", 0)).isEqualTo("2026-11-21T02:00:00Z");
        assertThat(value(PD + "Prefix", 0)).isEqualTo("2001:db8:abcd::/48");
    }

    @Test
    void whatEndedIsGone() throws IOException {
        hear("v6-add-both", 0);
        hear("v6-expire-both", 10);
        assertThat(value(NA + "Assigned", 10)).isEqualTo("false");
        assertThat(value(PD + "Prefix", 10)).isEmpty();
        assertThat(value(IP + "IPv6PrefixNumberOfEntries", 10)).isEqualTo("0");
    }

    @Test
    void optionsAreAsTheyWereOnTheWire() throws IOException {
        hear("v6-add-both", 0);
        String option = "Device.DHCPv6.Client.2.ReceivedOption.";
        assertThat(value(option + "1.Tag", 0)).isEqualTo("23");
        assertThat(value(option + "1.Value", 0))
                .isEqualTo("20010DB8000000000000000000000053" + "20010DB8000000000000000000000054");
        assertThat(value(option + "2.Tag", 0)).isEqualTo("24");
        assertThat(value(option + "2.Value", 0)).startsWith("076578616D706C65036E657400" + "04636F7270");
        assertThat(value("Device.DHCPv6.Client.2.RequestedOptions", 0)).isEqualTo("23,24,31,64,95");
        assertThat(value("Device.DHCPv6.Client.2.DUID", 0)).isEqualTo("00030001020000000001");
    }

    @ParameterizedTest
    @EnumSource(Compatibility.class)
    void noPathComesTwiceAndEachIsFoundByItself(Compatibility compatibility) throws IOException {
        if (compatibility == Compatibility.RDK) {
            original();
        }
        hear("v4-bound-many", 0);
        hear("v6-add-both-mape", 0);
        List<Parameter> model = model(1);
        Set<String> paths = new HashSet<>();
        for (Parameter parameter : model) {
            assertThat(paths.add(parameter.path())).as(parameter.path()).isTrue();
            ParameterPath path = ParameterPath.parse(parameter.path()).orElseThrow();
            assertThat(Selection.of(path, model)).isEqualTo(new Selection.Found(List.of(parameter)));
        }
        assertThat(value("Device.DHCPv6.Client.2.X_RDKCENTRAL-COM_RcvOption.MapTransportMode", 0))
                .isEqualTo("MAPE");
        assertThat(value("Device.DHCPv6.Client.2.X_RDKCENTRAL-COM_RcvOption.MapBRPrefix", 0))
                .isEqualTo("2001:db8::fe/128");
    }

    @ParameterizedTest
    @CsvSource({"''", "Device..X", "Device.DHCPv4.Client.[x].", "Device.DHCPv4.Client. .", ".Device", "Device.a b"})
    void whatIsNoPathIsNotRead(String text) {
        assertThat(ParameterPath.parse(text)).isEmpty();
        assertThat(ParameterPath.parse("Device." + "x".repeat(ParameterPath.MAX)))
                .isEmpty();
    }

    @Test
    void numbersStayWithTheirInterfaces() {
        InstanceNumbers numbers = InstanceNumbers.parse("");
        assertThat(numbers.see("wan1")).isTrue();
        assertThat(numbers.see("erouter0")).isTrue();
        assertThat(numbers.see("wan1")).isFalse();
        InstanceNumbers later = InstanceNumbers.parse(numbers.text() + "\nrubbish\n=x");
        later.see("a");
        assertThat(later.find("wan1")).contains(1);
        assertThat(later.find("erouter0")).contains(2);
        assertThat(later.find("a")).contains(3);
        assertThat(later.text()).isEqualTo("1=wan1\n2=erouter0\n3=a");
    }
}
