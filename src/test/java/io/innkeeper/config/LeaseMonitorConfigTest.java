package io.innkeeper.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The section lease-monitor: what it takes, and what it turns down. */
class LeaseMonitorConfigTest {
    private static ConfigResult load(String text) {
        return ConfigLoader.load(new ConfigDocument("i.yaml", text), Map.of(), List.of(), null);
    }

    @Test
    void anEmptySectionHasThePlaceOfTheOriginal() {
        ConfigResult.Valid valid = (ConfigResult.Valid) load("lease-monitor: {}");
        LeaseMonitorConfig config = Objects.requireNonNull(valid.config().leaseMonitor());
        assertThat(config.listen()).hasToString("[tcp://127.0.0.1:50324]");
        assertThat(config.compatibility()).isEqualTo(LeaseMonitorCompatibility.NONE);
        assertThat(config.clients()).isEmpty();
        assertThat(config.limits().message().bytes()).isEqualTo(1 << 20);
        assertThat(valid.warnings()).isEmpty();
    }

    @Test
    void aListenerForOthersIsAWarning() {
        assertThat(load("lease-monitor: {listen: [\"tcp://*:50324\", \"ipc:///run/x\"]}")
                        .text())
                .contains("warning: i.yaml:1: lease-monitor.listen[0]: tcp://*:50324 can be reached")
                .doesNotContain("listen[1]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{listen: []}                                                    | lease-monitor.listen: is empty",
                "{listen: [\"tcp://127.0.0.1:1\", \"tcp://localhost:1\"]}            | lease-monitor.listen[1]: tcp://127.0.0.1:1 is listed twice",
                "{listen: 127.0.0.1:50324}                                       | is not tcp://host:port",
                "{clients: {wan0: {}}}                                           | has neither dhcpv4 nor dhcpv6",
                "{clients: [{name: a, dhcpv4: 1}, {name: b, dhcpv4: 1}]}         | lease-monitor.clients[1].dhcpv4: 1 is the number of 'a' already",
                "{clients: [{name: a, dhcpv4: 1}, {name: a, dhcpv6: 1}]}         | the interface 'a' is listed twice",
                "{clients: {wan0: {dhcpv4: 0}}}                                  | must be from 1 to 65535",
                "{limits: {message: 1kB}}                                        | lease-monitor.limits.message",
                "{v2: {listen: []}}                                              | lease-monitor.v2.listen: is empty",
                "{v2: {listen: \"ws://127.0.0.1:1\"}}                              | version 2 goes over tcp:// and ipc://",
                "{v2: {listen: \"tcp://127.0.0.1:50324\"}}                         | the two versions need addresses of their own",
                "{v2: {listen: \"tcp://*:1\"}}                                     | there is no key",
                "{v2: {keys: {1: AAAA}}}                                         | the key has 3 octets, not 32",
                "{v2: {keys: {1: \"***\"}}}                                        | the key is not in base64",
                "{v2: {keys: {0: \"file:/k\"}}}                                    | keys have numbers from 1 to 65535",
                "{v2: {keys: {a: \"file:/k\"}}}                                    | keys have numbers from 1 to 65535"
            })
    void whatCannotBeIsTurnedDown(String section, String problem) {
        ConfigResult result = load("lease-monitor: " + section);
        assertThat(result).isInstanceOf(ConfigResult.Invalid.class);
        assertThat(result.text()).contains(problem);
    }

    @Test
    void withAKeyVersion2ListensForOthers() {
        String key = Base64.getEncoder().encodeToString(new byte[32]);
        ConfigResult.Valid valid = (ConfigResult.Valid)
                load("lease-monitor: {v2: {listen: \"tcp://*:50326\", keys: {7: \"" + key + "\"}}}");
        LeaseMonitorV2 v2 = Objects.requireNonNull(
                Objects.requireNonNull(valid.config().leaseMonitor()).v2());
        assertThat(v2.keys()).containsOnlyKeys("7");
        assertThat(v2.toString()).doesNotContain(key);
        assertThat(v2.announce().dnsSd()).isFalse();
    }
}
