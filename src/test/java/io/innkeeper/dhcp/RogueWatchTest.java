package io.innkeeper.dhcp;

import static io.innkeeper.dhcp.ModesKit.BROADCAST;
import static io.innkeeper.dhcp.ModesKit.ETH0;
import static io.innkeeper.dhcp.ModesKit.MAC;
import static io.innkeeper.dhcp.ModesKit.REAL;
import static io.innkeeper.dhcp.ModesKit.T0;
import static io.innkeeper.dhcp.ModesKit.US;
import static io.innkeeper.dhcp.ModesKit.granted;
import static io.innkeeper.dhcp.ModesKit.ip;
import static io.innkeeper.dhcp.ModesKit.mac;
import static io.innkeeper.dhcp.ModesKit.reply;
import static io.innkeeper.dhcp.ModesKit.request;
import static io.innkeeper.wire.dhcp4.MessageType.ACK;
import static io.innkeeper.wire.dhcp4.MessageType.DISCOVER;
import static io.innkeeper.wire.dhcp4.MessageType.NAK;
import static io.innkeeper.wire.dhcp4.MessageType.OFFER;
import static io.innkeeper.wire.dhcp4.MessageType.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.property.Property;
import io.innkeeper.wire.dhcp4.DhcpMessage;
import io.innkeeper.wire.dhcp4.OptionCode;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RogueWatchTest {
    private static final int ROGUE = ip("192.168.1.66");
    private static final MacAddress ITS_MAC = mac("00:11:22:33:44:66");
    private static final Arrival FROM_ROGUE = new Arrival(ETH0, ROGUE, 67, -1);

    private final RogueWatch watch = watch();

    private static RogueWatch watch() {
        RogueWatch watch = new RogueWatch(List.of(REAL));
        watch.own(List.of(US));
        return watch;
    }

    private static DhcpMessage offer(int server) {
        return granted(OFFER, ip("192.168.1.200"), server, d -> {
            d.options.put(OptionCode.ROUTER, ROGUE);
            d.options.put(OptionCode.DNS, ip("6.6.6.6"));
        });
    }

    private @Nullable RogueFinding look(DhcpMessage message, long nowMs) {
        return watch.look(message, FROM_ROGUE, ITS_MAC, nowMs);
    }

    @Test
    void anOfferOfAStrangerIsToldWithItsEvidence() {
        RogueFinding found = Objects.requireNonNull(look(offer(ROGUE), T0));
        assertThat(found).isNotNull();
        assertThat(found.server()).hasToString("192.168.1.66");
        assertThat(found.serverMac()).isEqualTo(ITS_MAC);
        assertThat(found.interfaceName()).isEqualTo("eth0");
        assertThat(found.client()).isEqualTo(MAC);
        assertThat(found.seen()).isEqualTo(OFFER);
        assertThat(found.address()).hasToString("192.168.1.200");
        assertThat(found.routers()).containsExactly(IpAddress.v4(ROGUE));
        assertThat(found.dns()).containsExactly(IpAddress.v4(ip("6.6.6.6")));
        assertThat(found.at().toEpochMilli()).isEqualTo(T0);
    }

    @Test
    void ackAndNakCountTooAndWithoutIdentifierTheSender() {
        assertThat(look(granted(ACK, 1, ROGUE, d -> {}), T0)).isNotNull();
        RogueFinding nak = Objects.requireNonNull(watch().look(reply(NAK, d -> {}), FROM_ROGUE, null, T0));
        assertThat(nak).isNotNull();
        assertThat(nak.server()).hasToString("192.168.1.66");
        assertThat(nak.address()).isNull();
    }

    @Test
    void aClientThatNamesAStrangerIsEvidence() {
        DhcpMessage chosen = request(REQUEST, d -> {
            d.options.put(OptionCode.SERVER_ID, ROGUE);
            d.options.put(OptionCode.REQUESTED_ADDRESS, ip("192.168.1.200"));
        });
        RogueFinding found = Objects.requireNonNull(watch.look(chosen, BROADCAST, MAC, T0));
        assertThat(found).isNotNull();
        assertThat(found.seen()).isEqualTo(REQUEST);
        assertThat(found.serverMac()).as("the frame is the client's").isNull();
        assertThat(found.address()).hasToString("192.168.1.200");
    }

    @Test
    void weAndKnownServersAndRelaysThatStandForTheirsAreNone() {
        assertThat(look(offer(US), T0)).isNull();
        assertThat(look(offer(REAL), T0)).isNull();
        DhcpMessage relayed = request(REQUEST, d -> {
            d.giaddr = ip("172.16.0.9");
            d.options.put(OptionCode.SERVER_ID, ip("172.16.0.10"));
            d.options.put(
                    OptionCode.RELAY_AGENT,
                    new RelayOption()
                            .put(RelayOption.SERVER_ID_OVERRIDE, ip("172.16.0.10"))
                            .toArray());
        });
        assertThat(look(relayed, T0)).isNull();
        assertThat(look(request(DISCOVER, d -> {}), T0)).isNull();
        assertThat(look(request(REQUEST, d -> {}), T0)).as("names nobody").isNull();
        assertThat(watch.noticed()).isZero();
    }

    @Test
    void oneServerIsToldOnceInTenMinutes() {
        assertThat(look(offer(ROGUE), T0)).isNotNull();
        assertThat(look(offer(ROGUE), T0 + 1)).isNull();
        assertThat(look(granted(ACK, 5, ROGUE, d -> {}), T0 + RogueWatch.QUIET_MS - 1))
                .isNull();
        assertThat(look(offer(ip("192.168.1.67")), T0 + 2)).as("another server").isNotNull();
        RogueFinding again = Objects.requireNonNull(look(offer(ROGUE), T0 + RogueWatch.QUIET_MS));
        assertThat(again).isNotNull();
        assertThat(again.before()).isEqualTo(2);
        assertThat(watch.folded()).isEqualTo(2);
        assertThat(watch.noticed()).isEqualTo(5);
    }

    @Test
    void aClockThatIsSetBackSilencesNothing() {
        assertThat(look(offer(ROGUE), T0)).isNotNull();
        assertThat(look(offer(ROGUE), T0 - 86_400_000)).isNotNull();
    }

    @Test
    void madeUpIdentifiersFillNoLog() {
        int told = 0;
        for (int i = 1; i <= 1_000; i++) {
            told += look(offer(0x0b000000 + i), T0) == null ? 0 : 1;
        }
        assertThat(told).isEqualTo(RogueWatch.MAX_FINDINGS);
        assertThat(watch.folded()).isEqualTo(1_000 - RogueWatch.MAX_FINDINGS);
        assertThat(look(offer(ROGUE), T0 + RogueWatch.QUIET_MS)).isNotNull();
    }

    @Test
    void arbitraryMessagesNeverThrow() {
        Property.check(200, s -> {
            RogueWatch watch = watch();
            for (int i = 0; i < 50; i++) {
                RogueFinding found = watch.look(ModesKit.any(s), ModesKit.arrival(s), s.mac(), T0 + i);
                if (found != null) {
                    assertThat(found.server()).isNotIn(IpAddress.v4(US), IpAddress.v4(REAL));
                    assertThat(found.routers()).hasSizeLessThanOrEqualTo(RogueFinding.MAX_ADDRESSES);
                }
            }
        });
    }

    @Test
    void whenOtherServersAreKnownWhatWasToldStaysTold() {
        assertThat(look(offer(ROGUE), T0)).isNotNull();
        watch.known(List.of(REAL, ip("192.168.1.67")));
        assertThat(look(offer(ROGUE), T0 + 1)).isNull();
        assertThat(look(offer(ip("192.168.1.67")), T0 + 1)).isNull();
        assertThat(look(offer(ip("192.168.1.68")), T0 + 1)).isNotNull();
        watch.known(List.of());
        assertThat(look(offer(REAL), T0 + 2)).isNotNull();
    }
}
