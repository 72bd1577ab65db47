package io.innkeeper.feed.dnsmasq.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.wire.dnsmasq.ScriptNotice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the program ubus prints. */
class UbusTextTest {
    @Test
    void anAckIsALease() {
        UbusText.Line line = UbusText.read(
                "{ \"dhcp.ack\": {\"mac\":\"02:00:00:00:00:01\",\"ip\":\"192.168.1.9\",\"name\":\"laptop\",\"interface\":\"br-lan\"} }",
                "home");
        assertThat(line).isInstanceOfSatisfying(UbusText.Line.Lease.class, lease -> {
            ScriptNotice notice = lease.notice();
            assertThat(notice.action()).isEqualTo(ScriptNotice.Action.ADD);
            assertThat(notice.mac()).hasToString("02:00:00:00:00:01");
            assertThat(notice.address()).hasToString("192.168.1.9");
            assertThat(notice.hostname()).isEqualTo("laptop");
            assertThat(notice.source()).isEqualTo("home");
            assertThat(notice.details()).containsEntry("interface", "br-lan");
        });
    }

    @Test
    void aReleaseEndsIt() {
        UbusText.Line line = UbusText.read(
                "{ \"dhcp.release\": {\"mac\":\"02:00:00:00:00:01\",\"ip\":\"192.168.1.9\",\"interface\":\"br-lan\"} }",
                "home");
        assertThat(line).isInstanceOfSatisfying(UbusText.Line.Lease.class, lease -> {
            assertThat(lease.notice().action()).isEqualTo(ScriptNotice.Action.DEL);
            assertThat(lease.notice().hostname()).isNull();
        });
    }

    @Test
    void anObjectAppears() {
        assertThat(UbusText.read("{ \"ubus.object.add\": {\"id\":123,\"path\":\"dnsmasq\"} }", "home"))
                .isEqualTo(new UbusText.Line.Added("dnsmasq"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Command failed: Not found",
                "{",
                "[1]",
                "{}",
                "{ \"dhcp.ack\": 1 }",
                "{ \"dhcp.ack\": {\"mac\":\"x\",\"ip\":\"192.168.1.9\"} }",
                "{ \"dhcp.ack\": {\"mac\":\"02:00:00:00:00:01\"} }",
                "{ \"a\": {}, \"b\": {} }"
            })
    void whatIsNotOfTheBusIsGarbage(String text) {
        assertThat(UbusText.read(text, "home")).isEqualTo(new UbusText.Line.Garbage());
    }

    @Test
    void otherEventsMeanNothing() {
        assertThat(UbusText.read("{ \"connmark-allowlist.resolved\": {\"name\":\"a\"} }", "home"))
                .isEqualTo(new UbusText.Line.Other());
    }

    @Test
    void countersAreNumbersOf32Bits() {
        assertThat(UbusText.counters("{\"dhcp_ack\":3,\"dns_queries_forwarded\":-1,\"x\":\"y\"}"))
                .containsEntry("dhcp_ack", 3L)
                .containsEntry("dns_queries_forwarded", 0xffff_ffffL)
                .hasSize(2);
        assertThat(UbusText.counters("nothing")).isEmpty();
    }
}
