package io.innkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.wire.dhcp4.DhcpMessage;
import io.innkeeper.wire.dhcp4.MessageType;
import io.innkeeper.wire.dhcp4.OptionCode;
import io.innkeeper.wire.dhcp4.Options;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;

/** DHCP clients behind a relay, for a server on an unprivileged port that answers where requests come from. */
public final class TestingDhcpClient implements AutoCloseable {
    private static final int ANSWER_MS = 5_000;

    private final DatagramSocket socket;
    private final int giaddr;
    private int xid = 1;

    /** @param relay the address that the relay has in its subnet */
    public TestingDhcpClient(int port, String relay) {
        try {
            socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        giaddr = IpAddress.parse(relay).orElseThrow().v4Bits();
    }

    /** A UDP port that nobody has now. */
    public static int freePort() {
        try (DatagramSocket free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gets a lease; the address. */
    public String lease(String mac, String hostname) {
        DhcpMessage offer = ask(mac, MessageType.DISCOVER, Options.builder().putText(OptionCode.HOST_NAME, hostname));
        assertThat(offer.type()).isEqualTo(MessageType.OFFER);
        DhcpMessage ack = ask(
                mac,
                MessageType.REQUEST,
                Options.builder()
                        .putText(OptionCode.HOST_NAME, hostname)
                        .put(OptionCode.REQUESTED_ADDRESS, offer.yiaddr())
                        .put(OptionCode.SERVER_ID, offer.options().address(OptionCode.SERVER_ID)));
        assertThat(ack.type()).isEqualTo(MessageType.ACK);
        return IpAddress.v4(ack.yiaddr()).toString();
    }

    /** Boots from the network by PXE, as a machine of this kind (option 93); the last answer. */
    public DhcpMessage boot(String mac, int architecture) {
        DhcpMessage offer = ask(mac, MessageType.DISCOVER, firmware(architecture));
        return ask(
                mac,
                MessageType.REQUEST,
                firmware(architecture)
                        .put(OptionCode.REQUESTED_ADDRESS, offer.yiaddr())
                        .put(OptionCode.SERVER_ID, offer.options().address(OptionCode.SERVER_ID)));
    }

    private static Options.Builder firmware(int architecture) {
        return Options.builder()
                .putText(OptionCode.VENDOR_CLASS, "PXEClient:Arch:%05d:UNDI:003016".formatted(architecture))
                .put(OptionCode.ARCHITECTURE, new byte[] {(byte) (architecture >> 8), (byte) architecture});
    }

    /** True where a DISCOVER of it is answered within a short time. */
    public boolean isAnswered(String mac, int waitMs) throws IOException {
        send(mac, MessageType.DISCOVER, Options.builder());
        try {
            receive(waitMs);
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    private DhcpMessage ask(String mac, MessageType type, Options.Builder options) {
        try {
            send(mac, type, options);
            return receive(ANSWER_MS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void send(String mac, MessageType type, Options.Builder options) throws IOException {
        MacAddress address = MacAddress.parse(mac).orElseThrow();
        options.putU8(OptionCode.MESSAGE_TYPE, type.code());
        DhcpMessage message = new DhcpMessage(
                DhcpMessage.REQUEST, 1, address, 1, ++xid, 0, 0, 0, 0, 0, giaddr, "", "", options.build());
        byte[] bytes = new byte[DhcpMessage.MAX_LENGTH];
        int length = message.write(bytes, 0, 576);
        socket.send(new DatagramPacket(bytes, length));
    }

    private DhcpMessage receive(int waitMs) throws IOException {
        byte[] bytes = new byte[DhcpMessage.MAX_LENGTH];
        DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
        socket.setSoTimeout(waitMs);
        while (true) {
            socket.receive(packet);
            if (DhcpMessage.parse(bytes, 0, packet.getLength()) instanceof DhcpMessage message
                    && message.xid() == xid) {
                return message;
            }
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
