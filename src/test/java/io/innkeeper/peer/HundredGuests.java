package io.innkeeper.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.wire.dhcp4.DhcpMessage;
import io.innkeeper.wire.dhcp4.MessageType;
import io.innkeeper.wire.dhcp4.OptionCode;
import io.innkeeper.wire.dhcp4.Options;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** DHCP clients at one end of a cable, as many as are wanted: they ask the server directly and want to be answered by broadcast. */
final class HundredGuests implements AutoCloseable {
    private static final int BROADCAST_FLAG = 0x8000;
    private static final int ANSWER_MS = 5_000;

    private final DatagramSocket socket;
    private int xid = 0x1000;

    /** On the thread that is where the clients are. */
    HundredGuests() throws IOException {
        socket = new DatagramSocket(new InetSocketAddress(68));
        socket.setBroadcast(true);
        socket.setSoTimeout(ANSWER_MS);
    }

    static String mac(int guest) {
        return "02:00:00:00:01:%02x".formatted(guest);
    }

    static String name(int guest) {
        return "guest-" + guest;
    }

    /** Gets a lease; the address. */
    int lease(int guest) throws IOException {
        DhcpMessage offer = ask(guest, MessageType.DISCOVER, 0, named(guest));
        assertThat(offer.type()).isEqualTo(MessageType.OFFER);
        DhcpMessage ack = ask(
                guest,
                MessageType.REQUEST,
                0,
                named(guest)
                        .put(OptionCode.REQUESTED_ADDRESS, offer.yiaddr())
                        .put(OptionCode.SERVER_ID, offer.options().address(OptionCode.SERVER_ID)));
        assertThat(ack.type()).isEqualTo(MessageType.ACK);
        return ack.yiaddr();
    }

    /** Gives it back. */
    void release(int guest, int address) throws IOException {
        int server = IpAddress.parse(Namespaces.SERVER4).orElseThrow().v4Bits();
        send(guest, MessageType.RELEASE, address, Options.builder().put(OptionCode.SERVER_ID, server));
    }

    private static Options.Builder named(int guest) {
        return Options.builder().putText(OptionCode.HOST_NAME, name(guest));
    }

    private DhcpMessage ask(int guest, MessageType type, int ciaddr, Options.Builder options) throws IOException {
        int sent = send(guest, type, ciaddr, options);
        byte[] bytes = new byte[DhcpMessage.MAX_LENGTH];
        DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
        while (true) {
            socket.receive(packet);
            if (DhcpMessage.parse(bytes, 0, packet.getLength()) instanceof DhcpMessage message
                    && message.xid() == sent) {
                return message;
            }
        }
    }

    private int send(int guest, MessageType type, int ciaddr, Options.Builder options) throws IOException {
        MacAddress mac = MacAddress.parse(mac(guest)).orElseThrow();
        options.putU8(OptionCode.MESSAGE_TYPE, type.code());
        DhcpMessage message = new DhcpMessage(
                DhcpMessage.REQUEST, 1, mac, 0, ++xid, 0, BROADCAST_FLAG, ciaddr, 0, 0, 0, "", "", options.build());
        byte[] bytes = new byte[DhcpMessage.MAX_LENGTH];
        int length = message.write(bytes, 0, 576);
        socket.send(new DatagramPacket(bytes, length, InetAddress.getByName(Namespaces.SERVER4), 67));
        return xid;
    }

    @Override
    public void close() {
        socket.close();
    }
}
