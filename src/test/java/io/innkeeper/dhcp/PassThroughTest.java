package io.innkeeper.dhcp;

import static io.innkeeper.dhcp.ModesKit.BROADCAST;
import static io.innkeeper.dhcp.ModesKit.ETH0;
import static io.innkeeper.dhcp.ModesKit.ETH1;
import static io.innkeeper.dhcp.ModesKit.FROM_UPSTREAM;
import static io.innkeeper.dhcp.ModesKit.LEASED;
import static io.innkeeper.dhcp.ModesKit.MAC;
import static io.innkeeper.dhcp.ModesKit.T0;
import static io.innkeeper.dhcp.ModesKit.UPSTREAM;
import static io.innkeeper.dhcp.ModesKit.US;
import static io.innkeeper.dhcp.ModesKit.ack;
import static io.innkeeper.dhcp.ModesKit.back;
import static io.innkeeper.dhcp.ModesKit.granted;
import static io.innkeeper.dhcp.ModesKit.ip;
import static io.innkeeper.dhcp.ModesKit.on;
import static io.innkeeper.dhcp.ModesKit.passThrough;
import static io.innkeeper.dhcp.ModesKit.reply;
import static io.innkeeper.dhcp.ModesKit.request;
import static io.innkeeper.dhcp.ModesKit.usual;
import static io.innkeeper.wire.dhcp4.MessageType.DISCOVER;
import static io.innkeeper.wire.dhcp4.MessageType.OFFER;
import static io.innkeeper.wire.dhcp4.MessageType.RELEASE;
import static io.innkeeper.wire.dhcp4.MessageType.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.property.Property;
import io.innkeeper.wire.dhcp4.DhcpMessage;
import io.innkeeper.wire.dhcp4.OptionCode;
import io.innkeeper.wire.net.Octets;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PassThroughTest {

    private static byte[] value(DhcpMessage message, int code) {
        byte[] value = message.options().get(code);
        assertThat(value).isNotNull();
        return value == null ? new byte[0] : value;
    }

    // ---- requests

    @Test
    void aClientsRequestGetsGiaddrHopsAndOption82() {
        DhcpMessage discover = request(DISCOVER, d -> d.options.putText(OptionCode.HOST_NAME, "nas"));
        PassThrough.Settings settings = new PassThrough.Settings(
                List.of(UPSTREAM), Octets.of("rid".getBytes(StandardCharsets.UTF_8)), false, 0, true);

        PassedOn.ToServers passed = on(passThrough(settings).toServers(discover, BROADCAST, T0));

        assertThat(passed.servers()).containsExactly(UPSTREAM);
        assertThat(passed.learned().isEmpty()).isTrue();
        assertThat(passed.message().giaddr()).isEqualTo(US);
        assertThat(passed.message().hops()).isEqualTo(1);
        assertThat(passed.message().xid()).isEqualTo(discover.xid());
        assertThat(passed.message().chaddr()).isEqualTo(MAC);
        assertThat(passed.message().options().text(OptionCode.HOST_NAME)).isEqualTo("nas");
        // Circuit-id "eth0", remote-id "rid" (RFC 3046 §3.1, §3.2).
        assertThat(HexFormat.of().formatHex(value(passed.message(), OptionCode.RELAY_AGENT)))
                .isEqualTo("010465746830" + "0203726964");
    }

    @Test
    void theGoldenMessageOnTheWire() {
        PassThrough.Settings settings = new PassThrough.Settings(List.of(UPSTREAM), Octets.EMPTY, false, 0, true);
        DhcpMessage discover = request(DISCOVER, d -> d.flags = DhcpMessage.BROADCAST);
        byte[] bytes = new byte[576];
        int length = on(passThrough(settings).toServers(discover, BROADCAST, T0))
                .message()
                .write(bytes, 0, 576);
        assertThat(length).isEqualTo(300);
        String hex = HexFormat.of().formatHex(bytes, 0, length);
        assertThat(hex)
                .startsWith("01010601" + "00001234" + "00008000" + "00000000" + "00000000" + "00000000" + "c0a80102");
        assertThat(hex.substring(2 * 236)).startsWith("63825363" + "350101" + "5206" + "010465746830" + "ff00");
    }

    @Test
    void anotherRelaysRequestIsHandedOnUnchangedButForHops() {
        DhcpMessage relayed = request(DISCOVER, d -> {
            d.giaddr = ip("172.16.0.9");
            d.hops = 3;
        });
        DhcpMessage passed = on(usual().toServers(relayed, BROADCAST, T0)).message();
        assertThat(passed.giaddr()).isEqualTo(ip("172.16.0.9"));
        assertThat(passed.hops()).isEqualTo(4);
        assertThat(passed.options()).isEqualTo(relayed.options());
    }

    @Test
    void whatASwitchPutIntoOption82Stays() {
        byte[] switchs = {1, 1, 7};
        DhcpMessage marked = request(DISCOVER, d -> d.options.put(OptionCode.RELAY_AGENT, switchs));
        PassThrough passThrough = usual();
        assertThat(value(on(passThrough.toServers(marked, BROADCAST, T0)).message(), OptionCode.RELAY_AGENT))
                .containsExactly(switchs);
        DhcpMessage offer = granted(OFFER, LEASED, UPSTREAM, d -> {
            d.giaddr = US;
            d.options.put(OptionCode.RELAY_AGENT, switchs);
        });
        assertThat(value(back(passThrough.toClient(offer, FROM_UPSTREAM, T0)).message(), OptionCode.RELAY_AGENT))
                .containsExactly(switchs);
    }

    @ParameterizedTest
    @CsvSource({
        "REPLY,          2, 0, 0.0.0.0,     false, WRONG_DIRECTION",
        "loop,           1, 1, 192.168.1.2, false, LOOP",
        "other link,     1, 1, 10.0.0.2,    false, LOOP",
        "hops,           1, 16, 0.0.0.0,    false, TOO_MANY_HOPS",
        "relayed hops,   1, 200, 172.16.0.9, false, TOO_MANY_HOPS",
        "marked,         1, 0, 0.0.0.0,     true,  UNTRUSTED_RELAY_INFO"
    })
    void whatIsNotHandedOn(String what, int op, int hops, String giaddr, boolean marked, PassedOn.Reason reason) {
        DhcpMessage message = request(DISCOVER, d -> {
            d.op = op;
            d.hops = hops;
            d.giaddr = ip(giaddr);
            if (marked) {
                d.options.put(OptionCode.RELAY_AGENT, new byte[] {1, 1, 7});
            }
        });
        PassThrough strict = passThrough(new PassThrough.Settings(List.of(UPSTREAM), Octets.EMPTY, true, 0, false));
        assertThat(strict.toServers(message, BROADCAST, T0)).as(what).isEqualTo(new PassedOn.Dropped(reason));
    }

    @Test
    void fifteenHopsAreNotTooMany() {
        DhcpMessage far = request(DISCOVER, d -> d.hops = 15);
        assertThat(on(usual().toServers(far, BROADCAST, T0)).message().hops()).isEqualTo(16);
    }

    @Test
    void withoutAddressOrServerNothingCanBeHandedOn() {
        DhcpMessage discover = request(DISCOVER, d -> {});
        Arrival bare = new Arrival(new Arrival.Link(9, "ppp0", List.of()), 0, 68, -1);
        assertThat(usual().toServers(discover, bare, T0)).isEqualTo(new PassedOn.Dropped(PassedOn.Reason.NO_ADDRESS));
        assertThat(passThrough(PassThrough.Settings.of(List.of())).toServers(discover, BROADCAST, T0))
                .isEqualTo(new PassedOn.Dropped(PassedOn.Reason.NO_SERVER));
    }

    @Test
    void aRelayAddressElsewhereTellsTheLinkBySelection() {
        int relay = ip("10.0.0.2");
        PassThrough passThrough =
                passThrough(new PassThrough.Settings(List.of(UPSTREAM), Octets.EMPTY, false, relay, true));
        DhcpMessage passed = on(passThrough.toServers(request(DISCOVER, d -> {}), BROADCAST, T0))
                .message();
        assertThat(passed.giaddr()).isEqualTo(relay);
        // Circuit-id eth0, link selection 192.168.1.2 (RFC 3527 §3).
        byte[] mark = value(passed, OptionCode.RELAY_AGENT);
        assertThat(HexFormat.of().formatHex(mark)).isEqualTo("010465746830" + "0504c0a80102");
        DhcpMessage offer = granted(OFFER, LEASED, UPSTREAM, d -> {
            d.giaddr = relay;
            d.options.put(OptionCode.RELAY_AGENT, mark);
        });
        PassedOn.ToClient back = back(passThrough.toClient(offer, FROM_UPSTREAM, T0));
        assertThat(back.route()).isEqualTo(new Route.LinkLayer(ETH0.index(), MAC, LEASED));
        assertThat(back.message().options().has(OptionCode.RELAY_AGENT)).isFalse();
    }

    // ---- replies

    @ParameterizedTest
    @CsvSource({
        "OFFER, false, 0.0.0.0,      192.168.1.50, link",
        "OFFER, true,  0.0.0.0,      192.168.1.50, broadcast",
        "ACK,   false, 192.168.1.50, 192.168.1.50, unicast",
        "ACK,   true,  192.168.1.50, 192.168.1.50, unicast",
        "ACK,   false, 192.168.1.50, 0.0.0.0,      unicast",
        "ACK,   false, 0.0.0.0,      0.0.0.0,      broadcast",
        "NAK,   false, 192.168.1.50, 0.0.0.0,      broadcast"
    })
    void whereRepliesGo(
            io.innkeeper.wire.dhcp4.MessageType type, boolean broadcast, String ciaddr, String yiaddr, String way) {
        DhcpMessage message = reply(type, d -> {
            d.giaddr = US;
            d.flags = broadcast ? DhcpMessage.BROADCAST : 0;
            d.ciaddr = ip(ciaddr);
            d.yiaddr = ip(yiaddr);
        });
        Route expected = switch (way) {
            case "link" -> new Route.LinkLayer(2, MAC, LEASED);
            case "unicast" -> new Route.Unicast(LEASED, 68);
            default -> new Route.Broadcast(2);
        };
        assertThat(back(usual().toClient(message, FROM_UPSTREAM, T0)).route()).isEqualTo(expected);
    }

    @Test
    void repliesOfStrangersAndForOtherRelaysAreDropped() {
        DhcpMessage offer = granted(OFFER, LEASED, UPSTREAM, d -> d.giaddr = US);
        Arrival stranger = new Arrival(ETH1, ip("10.0.0.66"), 67, US);
        assertThat(usual().toClient(offer, stranger, T0))
                .isEqualTo(new PassedOn.Dropped(PassedOn.Reason.UNKNOWN_SERVER));
        DhcpMessage others = granted(OFFER, LEASED, UPSTREAM, d -> d.giaddr = ip("172.16.0.9"));
        DhcpMessage nobodys = granted(OFFER, LEASED, UPSTREAM, d -> {});
        for (DhcpMessage message : List.of(others, nobodys)) {
            assertThat(usual().toClient(message, FROM_UPSTREAM, T0))
                    .isEqualTo(new PassedOn.Dropped(PassedOn.Reason.NOT_OURS));
        }
    }

    // ---- renewals through us

    @Test
    void clientsAreToldThatWeAreTheServerAndTheServerHearsItsOwnName() {
        PassThrough passThrough = usual();
        DhcpMessage discover = on(passThrough.toServers(request(DISCOVER, d -> {}), BROADCAST, T0))
                .message();
        // Circuit-id eth0, then the server identifier override (RFC 5107 §4).
        byte[] mark = value(discover, OptionCode.RELAY_AGENT);
        assertThat(HexFormat.of().formatHex(mark)).isEqualTo("010465746830" + "0b04c0a80102");

        DhcpMessage offer = granted(OFFER, LEASED, UPSTREAM, d -> {
            d.giaddr = US;
            d.options.put(OptionCode.RELAY_AGENT, mark);
        });
        DhcpMessage offered =
                back(passThrough.toClient(offer, FROM_UPSTREAM, T0)).message();
        assertThat(offered.options().address(OptionCode.SERVER_ID)).isEqualTo(US);
        assertThat(offered.options().has(OptionCode.RELAY_AGENT)).isFalse();

        DhcpMessage chosen = request(REQUEST, d -> {
            d.options.put(OptionCode.SERVER_ID, US);
            d.options.put(OptionCode.REQUESTED_ADDRESS, LEASED);
        });
        DhcpMessage passed =
                on(passThrough.toServers(chosen, BROADCAST, T0 + 10)).message();
        assertThat(passed.options().address(OptionCode.SERVER_ID)).isEqualTo(UPSTREAM);
        back(passThrough.toClient(ack(), FROM_UPSTREAM, T0 + 20));

        Arrival toUs = new Arrival(ETH0, LEASED, 68, US);
        DhcpMessage release = request(RELEASE, d -> {
            d.xid = 99;
            d.ciaddr = LEASED;
            d.options.put(OptionCode.SERVER_ID, US);
        });
        assertThat(on(passThrough.toServers(release, toUs, T0 + 30))
                        .message()
                        .options()
                        .address(OptionCode.SERVER_ID))
                .isEqualTo(UPSTREAM);
    }

    @Test
    void ofSeveralServersOnlyTheChosenOneHearsTheChoice() {
        int second = ip("10.0.0.9");
        PassThrough passThrough = passThrough(PassThrough.Settings.of(List.of(UPSTREAM, second)));
        assertThat(on(passThrough.toServers(request(DISCOVER, d -> {}), BROADCAST, T0))
                        .servers())
                .containsExactly(UPSTREAM, second);
        passThrough.toClient(granted(OFFER, LEASED, UPSTREAM, d -> d.giaddr = US), FROM_UPSTREAM, T0);
        Arrival fromSecond = new Arrival(ETH1, second, 67, US);
        passThrough.toClient(granted(OFFER, ip("192.168.1.51"), second, d -> d.giaddr = US), fromSecond, T0);

        DhcpMessage chosen = request(REQUEST, d -> {
            d.options.put(OptionCode.SERVER_ID, US);
            d.options.put(OptionCode.REQUESTED_ADDRESS, ip("192.168.1.51"));
        });
        PassedOn.ToServers passed = on(passThrough.toServers(chosen, BROADCAST, T0));
        assertThat(passed.servers()).containsExactly(second);
        assertThat(passed.message().options().address(OptionCode.SERVER_ID)).isEqualTo(second);
    }

    @Test
    void withoutItServersKeepTheirNames() {
        PassThrough passThrough =
                passThrough(new PassThrough.Settings(List.of(UPSTREAM), Octets.EMPTY, false, 0, true));
        DhcpMessage offer = granted(OFFER, LEASED, UPSTREAM, d -> d.giaddr = US);
        assertThat(back(passThrough.toClient(offer, FROM_UPSTREAM, T0))
                        .message()
                        .options()
                        .address(OptionCode.SERVER_ID))
                .isEqualTo(UPSTREAM);
    }

    @Test
    void arbitraryMessagesNeverThrowNorLoop() {
        Property.check(300, s -> {
            PassThrough passThrough = passThrough(new PassThrough.Settings(
                    s.list(2, () -> s.pick(UPSTREAM, US, 0)),
                    s.oneIn(2) ? Octets.EMPTY : Octets.of(s.octets(s.below(256))),
                    s.oneIn(2),
                    s.pick(0, US, UPSTREAM),
                    s.oneIn(2)));
            long now = T0;
            for (int i = 0; i < 60; i++) {
                now += s.pick(0, 1, 1_000, 3_600_000, -5_000);
                DhcpMessage message = ModesKit.any(s);
                PassedOn passed = passThrough.toServers(message, ModesKit.arrival(s), now);
                if (passed instanceof PassedOn.ToServers on) {
                    assertThat(on.message().hops())
                            .isEqualTo(message.hops() + 1)
                            .isLessThanOrEqualTo(16);
                    assertThat(on.message().giaddr()).isNotZero();
                }
                passThrough.toClient(ModesKit.any(s), ModesKit.arrival(s), now);
                passThrough.expire(now);
            }
        });
    }
}
