package io.innkeeper.dns;

import io.innkeeper.wire.dns.DnsName;
import java.util.ArrayList;
import java.util.List;

/** Zones that nobody outside can answer for, and that must not be asked for there. */
final class SpecialZones {
    private SpecialZones() {}

    /**
     * Reverse zones of private and other special addresses (RFC 6303 §4, RFC 7793), and names that mean nothing in the DNS of
     * the world: RFC 6761, RFC 6762 (local), RFC 7686 (onion), RFC 8375 (home.arpa), RFC 9476 (alt).
     */
    static List<DnsName> all() {
        List<String> zones = new ArrayList<>(List.of(
                "localhost",
                "invalid",
                "test",
                "local",
                "onion",
                "alt",
                "home.arpa",
                "internal",
                "resolver.arpa",
                "0.in-addr.arpa",
                "127.in-addr.arpa",
                "254.169.in-addr.arpa",
                "2.0.192.in-addr.arpa",
                "100.51.198.in-addr.arpa",
                "113.0.203.in-addr.arpa",
                "255.255.255.255.in-addr.arpa",
                "10.in-addr.arpa",
                "168.192.in-addr.arpa",
                "d.f.ip6.arpa",
                "8.e.f.ip6.arpa",
                "9.e.f.ip6.arpa",
                "a.e.f.ip6.arpa",
                "b.e.f.ip6.arpa",
                "8.b.d.0.1.0.0.2.ip6.arpa",
                "0.".repeat(32) + "ip6.arpa",
                "1." + "0.".repeat(31) + "ip6.arpa"));
        for (int i = 16; i < 32; i++) {
            zones.add(i + ".172.in-addr.arpa");
        }
        for (int i = 64; i < 128; i++) {
            zones.add(i + ".100.in-addr.arpa");
        }
        return zones.stream().map(DnsName::of).toList();
    }
}
