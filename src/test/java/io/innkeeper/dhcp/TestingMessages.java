package io.innkeeper.dhcp;

import io.innkeeper.wire.dhcp4.DhcpMessage;
import io.innkeeper.wire.dhcp4.MessageType;
import io.innkeeper.wire.dhcp4.OptionCode;
import io.innkeeper.wire.dhcp4.Options;
import io.innkeeper.wire.net.MacAddress;
import java.util.List;

/** Messages of clients on one link, 192.168.1.0/24. */
final class TestingMessages {
    static final Arrival.Link LINK = new Arrival.Link(2, "eth0", List.of(0xc0a80101));

    private TestingMessages() {}

    static Arrival broadcast() {
        return new Arrival(LINK, 0, 68, -1);
    }

    static DhcpMessage message(MessageType type, MacAddress mac, int requested, int ciaddr) {
        Options.Builder options = Options.builder().put(OptionCode.MESSAGE_TYPE, new byte[] {(byte) type.code()});
        if (requested != 0) {
            options.put(OptionCode.REQUESTED_ADDRESS, requested);
        }
        return new DhcpMessage(1, 1, mac, 0, 1, 0, 0, ciaddr, 0, 0, 0, "", "", options.build());
    }

    static MacAddress mac(String text) {
        return MacAddress.parse(text).orElseThrow();
    }

    /** An Ethernet address for each number. */
    static MacAddress mac(int number) {
        return MacAddress.of(
                1,
                new byte[] {2, 1, (byte) (number >> 24), (byte) (number >> 16), (byte) (number >> 8), (byte) number});
    }
}
