package io.innkeeper.io;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/** Reads the kernel's neighbour table, IPv4 and IPv6 (rtnetlink(7), RTM_GETNEIGH). For one thread at a time. */
public final class NeighborTable implements AutoCloseable {
    /** The most lines that are read. The kernel keeps 1,024 as it comes (gc_thresh3). */
    public static final int MOST = 131_072;

    private static final int NETLINK_ROUTE = 0;
    private static final int BATCH = 4;
    /** What the kernel puts into one message at most. */
    private static final int BUFFER = 32_768;
    /** The kernel answers at once; this is for the case that it does not. */
    private static final int PATIENCE_MS = 200;

    private final Arena arena = Arena.ofShared();
    private final MessageVector incoming = new MessageVector(arena, BATCH, BUFFER, 16, 0);
    private final MemorySegment request = arena.allocateFrom(ValueLayout.JAVA_BYTE, NeighborMessages.request());
    private final byte[] bytes = new byte[BUFFER];
    private final NativeSocket socket;
    private final Wakeup wakeup;
    private final Poll poll;

    private NeighborTable(NativeSocket socket, Wakeup wakeup) {
        this.socket = socket;
        this.wakeup = wakeup;
        this.poll = new Poll(arena, wakeup, socket.fd());
    }

    /** @throws IOException if the system gives no such socket */
    public static NeighborTable open() throws IOException {
        NativeSocket socket = NativeSocket.open(Libc.AF_NETLINK, Libc.SOCK_RAW, NETLINK_ROUTE, "a netlink socket");
        try {
            return new NeighborTable(socket, new Wakeup());
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /**
     * The neighbours with a hardware address, at most {@link #MOST}; about 1 µs for each.
     *
     * @throws IOException if the kernel does not tell
     */
    public List<Neighbor> read() throws IOException {
        socket.check(socket.libc().write(socket.fd(), request), "ask for the neighbour table");
        List<Neighbor> found = new ArrayList<>();
        boolean ended = false;
        while (!ended) {
            incoming.prepareToReceive(BATCH);
            int count = socket.libc().recvmmsg(socket.fd(), incoming.from(0), BATCH, Libc.MSG_DONTWAIT);
            if (count == -Errno.EAGAIN && poll.await(PATIENCE_MS)) {
                continue;
            }
            socket.check(count, "read the neighbour table");
            for (int slot = 0; slot < count && !ended; slot++) {
                int length = incoming.length(slot);
                incoming.copyTo(slot, bytes, length);
                ended = NeighborMessages.read(bytes, length, found);
            }
        }
        return found.size() > MOST ? found.subList(0, MOST) : found;
    }

    @Override
    public void close() {
        socket.close();
        wakeup.close();
        arena.close();
    }
}
