package io.innkeeper.config;

import static io.innkeeper.config.TestingConfig.config;
import static io.innkeeper.config.TestingConfig.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.config.ConfigChange.Kind;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ConfigChangeTest {
    private static final String BASE = "dnsmasq: [{name: a, leases: /a}, {name: b, leases: /b}]\n";

    private static ConfigChange change(String old, String next) {
        return ConfigChange.between(config(yaml(old)), config(yaml(next)));
    }

    private static Map<String, Kind> kinds(Map<String, ConfigChange.Step> steps) {
        return steps.entrySet().stream()
                .filter(entry -> entry.getValue().kind() != Kind.SAME)
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().kind()));
    }

    @Test
    void nothingChanged() {
        ConfigChange change = change(BASE, BASE + "api: {sse-buffer: 10000}");
        assertThat(change.isSame()).isTrue();
        assertThat(change.refusals()).isEmpty();
        assertThat(change.parts())
                .containsOnlyKeys(
                        "store",
                        "api",
                        "log",
                        "events",
                        "history",
                        "devices",
                        "metrics",
                        "dnsmasq",
                        "dhcp4",
                        "arp",
                        "dns",
                        "lease-monitor",
                        "outbound",
                        "install",
                        "limits");
        assertThat(kinds(change.sources())).isEmpty();
    }

    @Test
    void eachPartIsComparedByItself() {
        assertThat(kinds(change("", "store: sqlite:other").parts())).isEqualTo(Map.of("store", Kind.REFUSED));
        assertThat(change("", "store: sqlite:other").refusals())
                .containsExactly("the store cannot change while the program runs; restart it");
        assertThat(change("", "limits: {desk-queue: 512}").refusals())
                .containsExactly("limits cannot change while the program runs; restart it");
        assertThat(kinds(change("", "api: {listen: 9000, sse-buffer: 50}").parts()))
                .isEqualTo(Map.of("api", Kind.RESTART));
        assertThat(kinds(change("", "api: {sse-buffer: 50}\nlog: {level: warn}\nevents: {keep: 5000}")
                        .parts()))
                .isEqualTo(Map.of("api", Kind.ADJUST, "log", Kind.ADJUST, "events", Kind.ADJUST));
        assertThat(kinds(change("", "history: {keep: 1d}\ndevices: {max: 5}\nmetrics: {per-lease: true}")
                        .parts()))
                .isEqualTo(Map.of("history", Kind.ADJUST, "devices", Kind.ADJUST, "metrics", Kind.ADJUST));
    }

    @Test
    void dhcp4StartsAgainWhereItsSocketsChange() {
        String old = "dhcp4: {interfaces: [eth0], subnets: [{prefix: 10.0.0.0/8}]}";
        assertThat(kinds(change("", old).parts())).isEqualTo(Map.of("dhcp4", Kind.START));
        assertThat(kinds(change(old, "").parts())).isEqualTo(Map.of("dhcp4", Kind.STOP));
        assertThat(change(old, old).isSame()).isTrue();
        assertThat(kinds(change(old, old.replace("eth0", "eth0, eth1")).parts()))
                .isEqualTo(Map.of("dhcp4", Kind.RESTART));
        assertThat(kinds(
                        change("dhcp4: {listen: 6767}", "dhcp4: {listen: 6768}").parts()))
                .isEqualTo(Map.of("dhcp4", Kind.RESTART));
        assertThat(kinds(change(old, old.replace("/8", "/16")).parts())).isEqualTo(Map.of("dhcp4", Kind.ADJUST));
        assertThat(change(old, old.replace("eth0", "eth1")).parts().get("dhcp4"))
                .isEqualTo(new ConfigChange.Step(Kind.RESTART, "dhcp4.interfaces changed from [eth0] to [eth1]"));
    }

    @Test
    void eachDnsmasqIsComparedByItsName() {
        ConfigChange change = change(
                BASE + "# and c, d",
                "dnsmasq: [{name: b, leases: /b, poll: 2s}, {name: a, leases: /new}, {name: c, leases: /c}]");
        assertThat(kinds(change.parts())).isEqualTo(Map.of("dnsmasq", Kind.ADJUST));
        assertThat(kinds(change.sources())).isEqualTo(Map.of("a", Kind.RESTART, "b", Kind.ADJUST, "c", Kind.START));
        assertThat(kinds(change(BASE, "dnsmasq: []").sources())).isEqualTo(Map.of("a", Kind.STOP, "b", Kind.STOP));
        assertThat(kinds(change("", "dnsmasq: []").parts())).isEqualTo(Map.of("dnsmasq", Kind.ADJUST));
    }

    @Test
    void keysOfTheLeaseMonitorChangeWhileItRuns() {
        String old = "lease-monitor: {v2: {keys: {1: \"file:/a\"}}}";
        assertThat(kinds(change(old, old.replace("}}}", ", 2: \"file:/b\"}}}")).parts()))
                .isEqualTo(Map.of("lease-monitor", Kind.ADJUST));
        assertThat(kinds(change(old, old.replace("}}}", "}, limits: {window: 7}}}"))
                        .parts()))
                .isEqualTo(Map.of("lease-monitor", Kind.RESTART));
        assertThat(kinds(change("lease-monitor: {}", old).parts())).isEqualTo(Map.of("lease-monitor", Kind.RESTART));
    }
}
