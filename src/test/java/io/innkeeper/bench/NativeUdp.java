package io.innkeeper.bench;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteOrder;

/**
 * A UDP socket that takes and gives packets by the dozen: {@code recvmmsg} and {@code sendmmsg} of Linux. For one thread.
 * What a network does to packets (refused, queue full) is no error here: it shows as loss, as with any network.
 */
final class NativeUdp implements AutoCloseable {
    static final int SOCKADDR = 16;

    private static final int AF_INET = 2;
    private static final int SOCK_DGRAM = 2;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVBUF = 8;
    private static final int SO_RCVBUFFORCE = 33;
    private static final int MSG_DONTWAIT = 0x40;
    private static final short POLLIN = 1;
    private static final int PR_SET_TIMERSLACK = 29;
    private static final int BUFFER_BYTES = 8 << 20;
    private static final int SEND_ATTEMPTS = 5;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final ValueLayout.OfShort PORT = ValueLayout.JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt ADDRESS = INT.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout POINTER = ValueLayout.ADDRESS;

    private static final MethodHandle SOCKET = call("socket", FunctionDescriptor.of(INT, INT, INT, INT));
    private static final MethodHandle BIND = call("bind", FunctionDescriptor.of(INT, INT, POINTER, INT));
    private static final MethodHandle CONNECT = call("connect", FunctionDescriptor.of(INT, INT, POINTER, INT));
    private static final MethodHandle SOCKET_NAME =
            call("getsockname", FunctionDescriptor.of(INT, INT, POINTER, POINTER));
    private static final MethodHandle OPTION =
            call("setsockopt", FunctionDescriptor.of(INT, INT, INT, INT, POINTER, INT));
    private static final MethodHandle RECEIVE =
            call("recvmmsg", FunctionDescriptor.of(INT, INT, POINTER, INT, INT, POINTER));
    private static final MethodHandle SEND = call("sendmmsg", FunctionDescriptor.of(INT, INT, POINTER, INT, INT));
    private static final MethodHandle POLL = call("ppoll", FunctionDescriptor.of(INT, POINTER, LONG, POINTER, POINTER));
    private static final MethodHandle CLOSE = call("close", FunctionDescriptor.of(INT, INT));
    private static final MethodHandle PRCTL = call("prctl", FunctionDescriptor.of(INT, INT, LONG, LONG, LONG, LONG));

    private static final long ERRNO = Linker.Option.captureStateLayout().byteOffset(PathElement.groupElement("errno"));

    private final Arena arena;
    private final MemorySegment captured;
    private final MemorySegment poll;
    private final MemorySegment timeout;
    private final int fd;

    /** Opens a socket bound to an address (as {@code int} bits) and a port; port 0 takes a free one. */
    NativeUdp(Arena arena, int address, int port) throws IOException {
        this.arena = arena;
        captured = arena.allocate(Linker.Option.captureStateLayout());
        poll = arena.allocate(8, 8);
        timeout = arena.allocate(16, 8);
        fd = check("socket", () -> (int) SOCKET.invokeExact(captured, AF_INET, SOCK_DGRAM, 0));
        MemorySegment bytes = arena.allocateFrom(INT, BUFFER_BYTES);
        quietly(() -> (int) OPTION.invokeExact(captured, fd, SOL_SOCKET, SO_RCVBUF, bytes, 4));
        quietly(() -> (int) OPTION.invokeExact(captured, fd, SOL_SOCKET, SO_RCVBUFFORCE, bytes, 4));
        quietly(() -> (int) PRCTL.invokeExact(captured, PR_SET_TIMERSLACK, 1L, 0L, 0L, 0L));
        MemorySegment name = name(address, port);
        check("bind", () -> (int) BIND.invokeExact(captured, fd, name, SOCKADDR));
        poll.set(INT, 0, fd);
        poll.set(ValueLayout.JAVA_SHORT, 4, POLLIN);
    }

    @SuppressWarnings("restricted")
    private static MethodHandle call(String name, FunctionDescriptor type) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow(name), type, Linker.Option.captureCallState("errno"));
    }

    private MemorySegment name(int address, int port) {
        MemorySegment name = arena.allocate(SOCKADDR, 8);
        name.set(ValueLayout.JAVA_SHORT, 0, (short) AF_INET);
        name.set(PORT, 2, (short) port);
        name.set(ADDRESS, 4, address);
        return name;
    }

    /** From now on packets go to this peer, and only its packets come in. */
    void connect(int address, int port) throws IOException {
        MemorySegment name = name(address, port);
        check("connect", () -> (int) CONNECT.invokeExact(captured, fd, name, SOCKADDR));
    }

    /** The port that the socket has. */
    int port() throws IOException {
        MemorySegment name = name(0, 0);
        MemorySegment length = arena.allocateFrom(INT, SOCKADDR);
        check("getsockname", () -> (int) SOCKET_NAME.invokeExact(captured, fd, name, length));
        return Short.toUnsignedInt(name.get(PORT, 2));
    }

    /** Waits until a packet is there, or for so many nanoseconds. */
    void await(long nanos) {
        timeout.set(LONG, 0, nanos / 1_000_000_000L);
        timeout.set(LONG, 8, nanos % 1_000_000_000L);
        quietly(() -> (int) POLL.invokeExact(captured, poll, 1L, timeout, MemorySegment.NULL));
    }

    /** Takes what is there without waiting; returns the number of packets, 0 for none. */
    int receive(PacketVector into) {
        try {
            return Math.max(0, (int)
                    RECEIVE.invokeExact(captured, fd, into.headers, into.size, MSG_DONTWAIT, MemorySegment.NULL));
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends the first packets. One that the system refuses several times is left out, and so is lost. */
    void send(PacketVector packets, int count) {
        int sent = 0;
        int refused = 0;
        while (sent < count) {
            int done = sendFrom(packets, sent, count - sent);
            if (done > 0) {
                sent += done;
                refused = 0;
            } else if (++refused == SEND_ATTEMPTS) {
                sent++;
                refused = 0;
            }
        }
    }

    private int sendFrom(PacketVector packets, int from, int count) {
        try {
            MemorySegment headers =
                    from == 0 ? packets.headers : packets.headers.asSlice((long) from * PacketVector.HEADER);
            return (int) SEND.invokeExact(captured, fd, headers, count, 0);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        quietly(() -> (int) CLOSE.invokeExact(captured, fd));
    }

    /** A call of the C library. */
    private interface Call {
        int make() throws Throwable;
    }

    private int check(String name, Call call) throws IOException {
        int result = quietly(call);
        if (result < 0) {
            throw new IOException(name + " failed, error number " + captured.get(INT, ERRNO));
        }
        return result;
    }

    private static int quietly(Call call) {
        try {
            return call.make();
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
