package io.innkeeper.io;

import io.innkeeper.wire.ethernet.IcmpEcho;
import io.innkeeper.wire.net.Octets;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.IntConsumer;

/**
 * Sends ICMP echo requests by the kernel's routing, and hears who answers (icmp(7)). Needs a group that
 * {@code net.ipv4.ping_group_range} allows, or else the capability CAP_NET_RAW. For one thread at a time.
 */
final class EchoSocket implements AutoCloseable {
    private static final int BATCH = 64;
    private static final int BUFFER = 512;
    private static final int SOCKADDR_IN = 16;
    private static final int ADDRESS = 4;
    private static final int IPPROTO_ICMP = 1;
    private static final int SOL_RAW = 255;
    private static final int ICMP_FILTER = 1;
    /** A bit for each type that is not to be heard: all but 0, echo reply. */
    private static final int ALL_BUT_ECHO_REPLY = ~1;

    private static final ValueLayout.OfInt NETWORK_INT = ValueLayout.JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN);
    private static final Octets DATA = Octets.of("innkeeper: in use?".getBytes(StandardCharsets.US_ASCII));

    private final Arena arena = Arena.ofShared();
    private final MessageVector incoming = new MessageVector(arena, BATCH, BUFFER, SOCKADDR_IN, 0);
    private final MessageVector outgoing = new MessageVector(arena, 1, BUFFER, SOCKADDR_IN, 0);
    private final NativeSocket socket;
    private final boolean raw;
    private final int identifier = (int) ProcessHandle.current().pid() & 0xffff;
    private int sequence;

    private EchoSocket(NativeSocket socket, boolean raw) {
        this.socket = socket;
        this.raw = raw;
    }

    /** @throws IOException with a sentence for people where the rights are missing */
    static EchoSocket open() throws IOException {
        try {
            NativeSocket ping = NativeSocket.open(Libc.AF_INET, Libc.SOCK_DGRAM, IPPROTO_ICMP, "a ping socket");
            return new EchoSocket(ping, false);
        } catch (IOException forbidden) {
            NativeSocket raw = NativeSocket.open(Libc.AF_INET, Libc.SOCK_RAW, IPPROTO_ICMP, "an ICMP socket");
            raw.libc().setsockopt(raw.fd(), SOL_RAW, ICMP_FILTER, ALL_BUT_ECHO_REPLY);
            return new EchoSocket(raw, true);
        }
    }

    int fd() {
        return socket.fd();
    }

    /** Sends a request; false where it could not leave. */
    boolean send(int address) {
        byte[] message = new IcmpEcho(false, identifier, sequence++ & 0xffff, DATA).write();
        outgoing.prepareToSend(0, message, message.length);
        MemorySegment name = outgoing.names();
        name.set(ValueLayout.JAVA_SHORT, 0, (short) Libc.AF_INET);
        name.set(NETWORK_INT, ADDRESS, address);
        return socket.libc().sendmmsg(socket.fd(), outgoing.from(0), 1, Libc.MSG_DONTWAIT) == 1;
    }

    /** Hands on the senders of all answers to our requests that are there, as 32 bits. */
    void receive(IntConsumer answered) {
        byte[] message = new byte[BUFFER];
        int count;
        do {
            incoming.prepareToReceive(BATCH);
            count = socket.libc().recvmmsg(socket.fd(), incoming.from(0), BATCH, Libc.MSG_DONTWAIT);
            for (int slot = 0; slot < count; slot++) {
                int length = incoming.length(slot);
                incoming.copyTo(slot, message, length);
                if (isAnswer(message, length)) {
                    answered.accept(incoming.names().get(NETWORK_INT, incoming.name(slot) + ADDRESS));
                }
            }
        } while (count == BATCH);
    }

    /** A ping socket is given the answers to its own requests only, without IP header; a raw one everybody's, with it. */
    private boolean isAnswer(byte[] message, int length) {
        int at = raw && length > 0 ? (message[0] & 0xf) * 4 : 0;
        return IcmpEcho.parse(message, at, length)
                .filter(echo -> echo.reply() && (!raw || echo.identifier() == identifier))
                .isPresent();
    }

    @Override
    public void close() {
        socket.close();
        arena.close();
    }
}
