package io.innkeeper.dns.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamAddressTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.53, UDP, 192.0.2.53, 53, , udp://192.0.2.53",
        "udp://192.0.2.53:5353, UDP, 192.0.2.53, 5353, , udp://192.0.2.53:5353",
        "tcp://[2001:db8::53], TCP, 2001:db8::53, 53, , tcp://[2001:db8::53]",
        "[2001:db8::53]:54, UDP, 2001:db8::53, 54, , udp://[2001:db8::53]:54",
        "tls://192.0.2.53#dns.example, TLS, 192.0.2.53, 853, dns.example, tls://192.0.2.53#dns.example",
        "tls://dns.example:8853, TLS, dns.example, 8853, , tls://dns.example:8853",
        "https://dns.example/dns-query, HTTPS, dns.example, 443, , https://dns.example/dns-query",
        "https://[2001:db8::53]:8443/q, HTTPS, 2001:db8::53, 8443, , https://[2001:db8::53]:8443/q"
    })
    void isRead(String text, UpstreamTransport transport, String host, int port, String name, String shown) {
        UpstreamAddress address = UpstreamAddress.parse(text).orElseThrow();
        assertThat(address.transport()).isEqualTo(transport);
        assertThat(address.host()).isEqualTo(host);
        assertThat(address.port()).isEqualTo(port);
        assertThat(address.tlsName()).isEqualTo(name);
        assertThat(address.text()).isEqualTo(shown);
        assertThat(UpstreamAddress.parse(shown)).contains(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "udp://",
                "ftp://192.0.2.1",
                "192.0.2.1:0",
                "192.0.2.1:70000",
                "udp://192.0.2.1#name",
                "[192.0.2.1]",
                "[::zz]",
                "https://",
                "https://user@dns.example/",
                "https://dns.example/ x",
                "https://dns.example/#x"
            })
    void isRefused(String text) {
        assertThat(UpstreamAddress.parse(text)).isEmpty();
    }

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
