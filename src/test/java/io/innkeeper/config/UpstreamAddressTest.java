package io.innkeeper.config;

import static org.assertj.core.api.Assertions.assertThat;

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
}
