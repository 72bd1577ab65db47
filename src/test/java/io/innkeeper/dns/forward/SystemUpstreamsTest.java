package io.innkeeper.dns.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.config.UpstreamAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class SystemUpstreamsTest {
    @Test
    void thoseOfTheSystem() {
        List<String> lines = List.of(
                "# nameserver 198.51.100.1",
                "nameserver 192.0.2.1",
                "nameserver\t2001:db8::1",
                " nameserver 192.0.2.1 # twice",
                "nameserver 127.0.0.1",
                "nameserver fe80::1%eth0",
                "search example",
                "nameserver");
        assertThat(SystemUpstreams.parse(lines, address -> address.toString().equals("127.0.0.1")))
                .extracting(UpstreamAddress::text)
                .containsExactly("udp://192.0.2.1", "udp://[2001:db8::1]");
    }
}
