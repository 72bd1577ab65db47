package io.innkeeper;

import io.innkeeper.lease.BindingBook;
import io.innkeeper.store.journal.JournalLimits;
import io.innkeeper.store.journal.LeaseJournal;
import io.innkeeper.store.journal.SegmentDisk;
import io.innkeeper.wire.dhcp4.DhcpMessage;
import io.innkeeper.wire.dhcp4.MessageType;
import io.innkeeper.wire.dhcp4.OptionCode;
import io.innkeeper.wire.dhcp4.Options;
import io.innkeeper.wire.net.MacAddress;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Gets some leases, as clients behind a relay would: the next start then knows how a DHCP server works. */
final class DhcpTraining {
    private static final int CLIENTS = 1_500;
    private static final int READINGS = 40;
    private static final int RELAY = 10 << 24 | 1;
    private static final int PATIENCE_MS = 2_000;

    private final int port;

    /** For a server on a port that is free now. */
    DhcpTraining() throws IOException {
        try (DatagramSocket free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
    }

    /** What the server needs of the configuration. */
    List<String> settings() {
        return List.of(
                "dhcp4.listen=127.0.0.1:" + port,
                "dhcp4.answer-to-source=true",
                "dhcp4.conflict-check=off",
                "dhcp4.subnets.training.prefix=10.0.0.0/16",
                "dhcp4.subnets.training.pools=10.0.1.0-10.0.250.254",
                "dhcp4.options.routers=10.0.0.1");
    }

    /** Has each client get a lease, and renew it. */
    void visit() {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            socket.setSoTimeout(PATIENCE_MS);
            socket.connect(InetAddress.getLoopbackAddress(), port);
            for (int client = 1; client <= CLIENTS; client++) {
                DhcpMessage offer = exchange(socket, message(client, MessageType.DISCOVER, 0, 0, 0));
                int server = offer.options().address(OptionCode.SERVER_ID);
                exchange(socket, message(client, MessageType.REQUEST, offer.yiaddr(), server, 0));
                exchange(socket, message(client, MessageType.REQUEST, 0, 0, offer.yiaddr()));
            }
        } catch (IOException e) {
            System.err.println("training: " + e.getMessage());
        }
    }

    /** Reads what was granted as often as makes a large journal. */
    void read(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path journal : files.filter(file -> file.toString().endsWith(DhcpWorld.JOURNAL))
                    .toList()) {
                for (int again = 0; again < READINGS; again++) {
                    BindingBook book = new BindingBook(1, again);
                    LeaseJournal.open(journal, JournalLimits.DEFAULT, SegmentDisk.REAL, List.of(), DhcpWorld.into(book))
                            .close();
                }
            }
        }
    }

    private static DhcpMessage exchange(DatagramSocket socket, DhcpMessage request) throws IOException {
        byte[] bytes = new byte[1_500];
        int length = request.write(bytes, 0, 548);
        socket.send(new DatagramPacket(bytes, length));
        DatagramPacket answer = new DatagramPacket(bytes, bytes.length);
        socket.receive(answer);
        if (DhcpMessage.parse(bytes, 0, answer.getLength()) instanceof DhcpMessage reply) {
            return reply;
        }
        throw new IOException("the server's answer cannot be read");
    }

    private static DhcpMessage message(int client, MessageType type, int requested, int server, int ciaddr) {
        Options.Builder options = Options.builder().putU8(OptionCode.MESSAGE_TYPE, type.code());
        if (requested != 0) {
            options.put(OptionCode.REQUESTED_ADDRESS, requested);
            options.put(OptionCode.SERVER_ID, server);
        }
        options.put(OptionCode.PARAMETER_REQUEST_LIST, new byte[] {1, 3, 6, 15});
        options.putText(OptionCode.HOST_NAME, "client-" + client);
        byte[] mac = {2, 0, 0, 0, (byte) (client >>> 8), (byte) client};
        return new DhcpMessage(
                DhcpMessage.REQUEST,
                MacAddress.ETHERNET,
                MacAddress.of(MacAddress.ETHERNET, mac),
                1,
                client,
                0,
                0,
                ciaddr,
                0,
                0,
                RELAY,
                "",
                "",
                options.build());
    }
}
