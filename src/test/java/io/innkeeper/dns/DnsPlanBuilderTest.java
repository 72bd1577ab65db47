package io.innkeeper.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.innkeeper.config.DnsConfig;
import io.innkeeper.config.DnsMode;
import io.innkeeper.config.ZoneLine;
import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.dns.RecordType;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;

class DnsPlanBuilderTest {
    private static IpAddress ip(String text) {
        return IpAddress.parse(text).orElseThrow();
    }

    @Test
    void withoutAccessThoseAtHomeAreAnswered() {
        DnsPlan plan = DnsScene.plan(DnsScene.config("upstreams: 192.0.2.53\n"));
        for (String yes :
                new String[] {"127.0.0.1", "192.168.3.4", "10.1.1.1", "203.0.113.9", "::1", "fe80::1", "fd00::9"}) {
            assertThat(plan.allows(ip(yes))).as(yes).isTrue();
        }
        assertThat(plan.allows(ip("198.51.100.1"))).isFalse();
        assertThat(plan.allows(ip("2001:db8::1"))).isFalse();
        DnsPlan closed = DnsScene.plan(DnsScene.config("access: {allow: 198.51.100.0/24, deny: 198.51.100.7}\n"));
        assertThat(closed.allows(ip("198.51.100.1"))).isTrue();
        assertThat(closed.allows(ip("198.51.100.7"))).isFalse();
        assertThat(closed.allows(ip("192.168.3.4"))).isFalse();
    }

    @Test
    void theFirstGroupThatNamesADeviceCounts() {
        DnsPlan plan = DnsScene.plan(DnsScene.config("""
                listen: [{address: "127.0.0.1:5353", mode: modified}, "127.0.0.1:5354"]
                mode: blocking
                groups:
                  kids: {devices: "02:00:00:00:00:01", safe-search: google}
                  old: {addresses: 192.168.1.0/24, mode: pass-through, filter-aaaa: true}
                """));
        MacAddress kid = MacAddress.parse("02:00:00:00:00:01").orElseThrow();
        assertThat(plan.group(ip("192.168.1.5"), kid)).isZero();
        assertThat(plan.group(ip("192.168.1.5"), null)).isEqualTo(1);
        assertThat(plan.group(ip("192.168.2.5"), null)).isEqualTo(-1);
        assertThat(plan.listeners()).containsExactly(DnsMode.MODIFIED, DnsMode.BLOCKING, DnsMode.BLOCKING);
        assertThat(plan.policy(-1, 0, 1).mode()).isEqualTo(DnsMode.MODIFIED);
        assertThat(plan.policy(0, 1, 1).mode()).isEqualTo(DnsMode.BLOCKING);
        assertThat(plan.policy(0, 1, 1).safeSearch()).hasSize(1);
        assertThat(plan.policy(1, 1, 1).modifies()).isFalse();
        assertThat(plan.policy(1, 1, 1).filterAaaa()).isTrue();
    }

    @Test
    void listsCountByGroupAndTime() {
        DnsConfig config = DnsScene.config("""
                groups: {kids: {devices: "02:00:00:00:00:01"}, old: {addresses: 192.168.1.9}}
                block:
                  - {list: /all}
                  - {list: /kids, groups: kids}
                  - {list: /night, when: "21:00-07:00"}
                  - {list: /off, enabled: false}
                """);
        ZonedDateTime noon = ZonedDateTime.parse("2027-01-04T12:00:00Z");
        assertThat(DnsPlanBuilder.listsOn(config, noon)).containsExactly(0b0111, 0b0011, 0b0011);
        assertThat(DnsPlanBuilder.listsOn(config, noon.withHour(23))).containsExactly(0b1111, 0b1011, 0b1011);
    }

    @Test
    void namesWithoutADotStandInTheFirstDomain() {
        DnsPlan plan = DnsScene.plan(DnsScene.config("""
                local:
                  domains: [lan.example, home.arpa]
                  hosts: {nas: {address: [192.168.1.5, "fd00::5"]}, www.example: {address: 192.168.1.6}}
                  records: ["mail 300 IN MX 10 nas", "_ipp._tcp.lan.example SRV 0 0 631 nas.lan.example"]
                rewrites: [{name: printer, to: nas.lan.example}, {name: "*.wild.example", to: 192.0.2.1}]
                forward: [{domain: corp.example, upstreams: 192.0.2.54}]
                """));
        assertThat(plan.local().fixed().stream()
                        .map(record -> record.name().text())
                        .toList())
                .containsExactlyInAnyOrder(
                        "nas.lan.example",
                        "nas.lan.example",
                        "www.example",
                        "mail.lan.example",
                        "_ipp._tcp.lan.example");
        assertThat(plan.rewrites().getFirst().name()).isEqualTo(DnsName.of("printer.lan.example"));
        assertThat(plan.rewrites().getLast().wildcard()).isTrue();
        assertThat(plan.rewrites().getLast().types()).containsExactlyInAnyOrder(RecordType.A, RecordType.AAAA);
        assertThat(plan.rebindAllow())
                .contains(DnsName.of("corp.example"), DnsName.of("lan.example"), DnsName.of("home.arpa"));
    }

    @Test
    void zoneLines() throws ZoneLine.NotALineException {
        DnsName home = DnsName.of("home.arpa");
        assertThat(DnsScene.text(ZoneLine.parse("mail.home.arpa 3600 MX 10 nas.home.arpa", home, 60)))
                .isEqualTo("MX 10 nas.home.arpa. @3600");
        assertThat(ZoneLine.parse("mail IN A 192.0.2.1", home, 60).name()).isEqualTo(DnsName.of("mail.home.arpa"));
        assertThat(ZoneLine.parse("mail in 90 A 192.0.2.1", home, 60).ttl()).isEqualTo(90);
        assertThat(DnsScene.text(ZoneLine.parse("x TXT \"a b\" c", home, 60))).isEqualTo("TXT \"a b\" \"c\" @60");
        assertThat(ZoneLine.parse("x TYPE65280 \\# 2 0102", home, 60).type()).isEqualTo(65280);
        assertThat(ZoneLine.parse("x CAA 0 issue \"ca.example\"", home, 60).type())
                .isEqualTo(RecordType.CAA);
        assertThat(ZoneLine.parse("x HTTPS 1 . alpn=h2", home, 60).type()).isEqualTo(RecordType.HTTPS);
        for (String wrong : new String[] {"x", "x A", "x A 300.1.1.1", "x NOTYPE y", "x MX nas", "a..b A 192.0.2.1"}) {
            assertThatThrownBy(() -> ZoneLine.parse(wrong, home, 60))
                    .as(wrong)
                    .isInstanceOf(ZoneLine.NotALineException.class);
        }
    }
}
