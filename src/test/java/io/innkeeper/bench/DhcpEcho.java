package io.innkeeper.bench;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.function.IntUnaryOperator;

/**
 * Answers DHCP messages without a thought: each client has the address that its number gives. What the test bed can do at most
 * is measured against it, and, with a function that gives bad addresses, whether the load notices. It keeps nothing.
 */
public final class DhcpEcho implements AutoCloseable, Runnable {
    /** Given for a client's number, the address that is no address: then there is no answer. */
    public static final int SILENCE = 0;

    /** Given for a client's number: a NAK instead of an ACK. */
    public static final int REFUSAL = 1;

    private static final int BATCH = 64;
    private static final int TYPE = DhcpPackets.OPTIONS + 2;
    private static final long WAIT_NS = 20_000_000;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;

    private final Arena arena = Arena.ofShared();
    private final NativeUdp socket;
    private final PacketVector packets = new PacketVector(arena, BATCH, true);
    private final int identifier;
    private final IntUnaryOperator addresses;
    private volatile boolean stopped;

    /** Answers go where a request came from. */
    public DhcpEcho(int address, int port, IntUnaryOperator addresses) throws IOException {
        socket = new NativeUdp(arena, address, port);
        identifier = address;
        this.addresses = addresses;
    }

    /** The port that it listens on. */
    public int port() throws IOException {
        return socket.port();
    }

    /** Answers until {@link #stop}. */
    @Override
    public void run() {
        while (!stopped) {
            int got = socket.receive(packets);
            if (got == 0) {
                socket.await(WAIT_NS);
            }
            for (int i = 0; i < got; i++) {
                // No answer is an answer that nobody understands.
                packets.length(i, answer(packets.bytes, packets.at(i)) ? DhcpPackets.LENGTH : 1);
            }
            socket.send(packets, got);
            for (int i = 0; i < got; i++) {
                packets.length(i, PacketVector.ROOM);
            }
        }
    }

    /** Ends {@link #run}; any thread may call it. */
    public void stop() {
        stopped = true;
    }

    /** Makes the answer of a request, where it lies. */
    private boolean answer(MemorySegment bytes, long at) {
        int address = addresses.applyAsInt(DhcpPackets.client(bytes, at));
        boolean discover = bytes.get(BYTE, at + TYPE) == DhcpPackets.DISCOVER;
        int type = discover ? DhcpPackets.OFFER : address == REFUSAL ? DhcpPackets.NAK : DhcpPackets.ACK;
        bytes.set(BYTE, at, (byte) 2);
        bytes.set(INT, at + DhcpPackets.YIADDR, address);
        bytes.set(BYTE, at + TYPE, (byte) type);
        bytes.set(BYTE, at + TYPE + 1, (byte) 54);
        bytes.set(BYTE, at + TYPE + 2, (byte) 4);
        bytes.set(INT, at + TYPE + 3, identifier);
        bytes.set(BYTE, at + TYPE + 7, (byte) 255);
        return address != SILENCE;
    }

    @Override
    public void close() {
        socket.close();
        arena.close();
    }

    /** {@code DhcpEcho ADDRESS}: on port 67, with addresses from 10.0.1.0 on. */
    public static void main(String[] args) throws IOException {
        int first = LoadTarget.address("10.0.1.0");
        try (DhcpEcho echo = new DhcpEcho(LoadTarget.address(args[0]), 67, client -> first + client)) {
            echo.run();
        }
    }
}
