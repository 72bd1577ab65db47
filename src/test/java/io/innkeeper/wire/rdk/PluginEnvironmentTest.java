package io.innkeeper.wire.rdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The variables of clients make the message that the real plugins made of them. */
class PluginEnvironmentTest {
    private static final Map<String, String> NOTHING = Map.of();

    @ParameterizedTest
    @MethodSource("io.innkeeper.wire.rdk.PluginSample#all")
    void whatTheRealPluginSent(PluginSample sample) {
        Optional<PluginMessage> message = sample.isV6()
                ? PluginEnvironment.dibbler(sample.action(), sample.environment(), sample.layout())
                : PluginEnvironment.udhcpc(sample.action(), sample.environment(), sample.layout());
        assertThat(message.isPresent()).isEqualTo(sample.isSent());
        message.ifPresent(ours -> assertThat(ours.write()).isEqualTo(sample.asOfLaterRelease(ours.write())));
    }

    private static Dhcpv4PluginMessage bound(MessageLayout layout, Map<String, String> variables) {
        return (Dhcpv4PluginMessage)
                PluginEnvironment.udhcpc("bound", variables, layout).orElseThrow();
    }

    private static Dhcpv6PluginMessage add(Map<String, String> variables) {
        return (Dhcpv6PluginMessage) PluginEnvironment.dibbler("add", variables, MessageLayout.LP64_MAPE)
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3600                  | 3600       | 3600",
                "' \t\n\r+3600x9'      | 3600       | 3600",
                "'3 600'               | 3          | 3",
                "''                    | 0          | 0",
                "x1                    | 0          | 0",
                "--1                   | 0          | 0",
                "0x10                  | 0          | 0",
                "0010                  | 10         | 10",
                "-1                    | 4294967295 | 4294967295",
                "-2147483649           | 2147483647 | 2147483648",
                "2147483648            | 2147483648 | 2147483647",
                "4294967295            | 4294967295 | 2147483647",
                "4294967296            | 0          | 2147483647",
                "1000000000000000001   | 2808348673 | 2147483647",
                "9223372036854775807   | 4294967295 | 2147483647",
                "9223372036854775808   | 4294967295 | 2147483647",
                "99999999999999999999  | 4294967295 | 2147483647",
                "-99999999999999999999 | 0          | 2147483648"
            })
    void numbersAreReadAsInC(String text, long with64Bits, long with32Bits) {
        Map<String, String> variables = Map.of("lease", text);
        assertThat(bound(MessageLayout.LP64_MAPE, variables).leaseTime()).isEqualTo(with64Bits);
        assertThat(bound(MessageLayout.ILP32_MAPE, variables).leaseTime()).isEqualTo(with32Bits);
    }

    @ParameterizedTest
    @CsvSource({"00000708,1800", "00:00:07:08,1800", "1FFFFFFFF,4294967295", "'',0", "xyz,0", "7DBgx,2011"})
    void optionsOfTimesAreReadAsHex(String option, long seconds) {
        Dhcpv4PluginMessage message =
                bound(MessageLayout.LP64_MAPE, Map.of("opt58", option, "opt59", option, "rebindingtime", ""));
        assertThat(message.renewalTime()).isEqualTo(seconds);
        assertThat(message.rebindingTime())
                .as("a number that is given counts, an empty one as 0")
                .isZero();
    }

    @Test
    void whatIsCutHasNoEnd() {
        String long300 = "a".repeat(300);
        Map<String, String> variables = new HashMap<>();
        for (String name : new String[] {"interface", "router", "staticroutes", "opt122", "hostname"}) {
            variables.put(name, long300);
        }
        byte[] bytes = bound(MessageLayout.LP64_MAPE, variables).write();
        Dhcpv4PluginMessage read = (Dhcpv4PluginMessage) PluginMessage.parse(bytes);
        assertThat(read.ifname()).hasSize(32);
        assertThat(read.gateway()).hasSize(32);
        assertThat(read.staticRoutes()).hasSize(64);
        assertThat(read.mta().option122()).hasSize(256);
        assertThat(read.hostname()).hasSize(64);
        assertThat(read.dnsServer()).isEmpty();
    }

    @Test
    void twoNameServersOfTheFirst255Octets() {
        String first = "x".repeat(250);
        Dhcpv4PluginMessage message = bound(MessageLayout.LP64_MAPE, Map.of("dns", "  " + first + "  1234567 "));
        assertThat(message.dnsServer()).isEqualTo(first);
        assertThat(message.dnsServer1()).isEqualTo("1");
        Dhcpv6PluginMessage six = add(Map.of("SRV_OPTION23", first + " ::2 ::3"));
        assertThat(six.dnsServer()).as("has a NUL behind it").hasSize(127);
        assertThat(six.dnsServer1()).isEqualTo("::2");
    }

    @Test
    void anEmptyVariableIsThere() {
        Dhcpv6PluginMessage message = add(Map.of("SRV_OPTION23", "", "ADDR1", "", "SRV_OPTION95", ""));
        assertThat(message.dnsAssigned()).isTrue();
        assertThat(message.address().assigned()).isTrue();
        assertThat(message.mapt().assigned()).isTrue();
        assertThat(message.mape().assigned()).isFalse();
        assertThat(add(NOTHING).dnsAssigned()).isFalse();
    }

    @Test
    void theLengthOfOption17IsThatOfTheWholeText() {
        Dhcpv6PluginMessage message = add(Map.of("SRV_OPTION17", "ü".repeat(200)));
        assertThat(message.vendorLength()).isEqualTo(400);
        assertThat(message.vendor().text()).startsWith("ü".repeat(127)).hasSize(128);
    }

    @Test
    void aPrefixWithoutLifetimeIsToldOnlyWhenItEnds() {
        Map<String, String> variables = Map.of("PREFIX1", "2001:db8::", "PREFIX1LEN", "56");
        assertThat(PluginEnvironment.dibbler("update", variables, MessageLayout.LP64_MAPE))
                .isEmpty();
        assertThat(PluginEnvironment.dibbler("expire", variables, MessageLayout.LP64_MAPE))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nak", "", "add", "expire", "BOUND"})
    void actionsOfWhichNothingIsSaid(String action) {
        assertThat(PluginEnvironment.udhcpc(action, NOTHING, MessageLayout.LP64_MAPE))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(MessageLayout.class)
    void withoutVariablesAllIsEmpty(MessageLayout layout) {
        assertThat(PluginEnvironment.udhcpc("leasefail", NOTHING, layout)
                        .orElseThrow()
                        .write())
                .hasSize(layout.length());
        assertThat(PluginEnvironment.dibbler("del", NOTHING, layout)
                        .orElseThrow()
                        .write())
                .hasSize(layout.length());
        assertThat(PluginEnvironment.dibbler("release", NOTHING, layout)).isEmpty();
    }

    @Test
    void variablesAsTheKernelKeepsThem() {
        byte[] environ = "a=1\0b=x=y\0hostname=grün\0empty=\0a=2\0nonsense\0=C:\0".getBytes(StandardCharsets.UTF_8);
        assertThat(PluginEnvironment.parse(environ))
                .isEqualTo(Map.of("a", "1", "b", "x=y", "hostname", "grün", "empty", ""));
        assertThat(PluginEnvironment.parse(new byte[0])).isEmpty();
    }
}
