package io.innkeeper.bench;

import java.io.IOException;
import java.lang.foreign.Arena;

/** Answers questions of {@link DnsPackets} without a thought: what the test bed and the load can do at most. */
public final class DnsEcho implements AutoCloseable, Runnable {
    private static final int BATCH = 64;
    private static final long WAIT_NS = 20_000_000;
    private static final int DNS = 53;

    private final Arena arena = Arena.ofShared();
    private final NativeUdp socket;
    private final PacketVector packets = new PacketVector(arena, BATCH, true);
    private volatile boolean stopped;

    /** Answers go where a question came from; port 0 is any that is free. */
    public DnsEcho(int address, int port) throws IOException {
        socket = new NativeUdp(arena, address, port);
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
                packets.length(i, DnsPackets.echo(packets.bytes, packets.at(i), packets.received(i)));
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

    @Override
    public void close() {
        socket.close();
        arena.close();
    }

    /** {@code DnsEcho ADDRESS}: on port 53. */
    public static void main(String[] args) throws IOException {
        try (DnsEcho echo = new DnsEcho(LoadTarget.address(args[0]), DNS)) {
            echo.run();
        }
    }
}
