package io.innkeeper.feed.rdk.v2;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.rdk.SpAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What stands in the DNS. */
class ServiceRecordsTest {
    private static List<String> lines(String... listeners) {
        return ServiceRecords.lines(
                "home.arpa",
                "box",
                Stream.of(listeners)
                        .map(text -> SpAddress.parse(text).orElseThrow())
                        .toList(),
                List.of(
                        IpAddress.parse("192.0.2.1").orElseThrow(),
                        IpAddress.parse("2001:db8::1").orElseThrow()));
    }

    @Test
    void whatOnlyThisMachineReachesIsAtLocalhost() {
        assertThat(lines("tcp://127.0.0.1:50326", "ipc:///run/a.sock"))
                .containsExactly(
                        "_innkeeper-lease._tcp.home.arpa. PTR box._innkeeper-lease._tcp.home.arpa.",
                        "box._innkeeper-lease._tcp.home.arpa. TXT \"v=2\"",
                        "box._innkeeper-lease._tcp.home.arpa. SRV 0 0 50326 localhost.");
    }

    @Test
    void whatOthersReachHasANameWithAddresses() {
        assertThat(lines("tcp://*:1", "tcp://192.0.2.1:2", "tcp://[2001:db8::9]:3"))
                .contains(
                        "box._innkeeper-lease._tcp.home.arpa. SRV 0 0 1 lease-monitor.home.arpa.",
                        "box._innkeeper-lease._tcp.home.arpa. SRV 0 0 3 lease-monitor.home.arpa.")
                .endsWith(
                        "lease-monitor.home.arpa. A 192.0.2.1",
                        "lease-monitor.home.arpa. AAAA 2001:db8::1",
                        "lease-monitor.home.arpa. AAAA 2001:db8::9");
    }

    @Test
    void whereThereIsNoPortThereIsNothing() {
        assertThat(lines("ipc:///run/a.sock")).isEmpty();
    }
}
