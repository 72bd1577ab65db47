package io.innkeeper.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A number of packets side by side in native memory, with the {@code mmsghdr} structures that {@code recvmmsg} and
 * {@code sendmmsg} take. Made once; nothing is allocated for a packet.
 */
final class PacketVector {
    /** Bytes for one packet: more than any DHCP answer that fits into an Ethernet frame. */
    static final int ROOM = 2048;

    static final int HEADER = 64;

    private static final int MESSAGE_LENGTH = 56;
    private static final int IOVEC = 16;

    final int size;
    final MemorySegment bytes;
    final MemorySegment headers;
    final MemorySegment iovecs;

    /** With {@code addresses}, each packet has room for its peer's address, which a receive fills and a send uses. */
    PacketVector(Arena arena, int size, boolean addresses) {
        this.size = size;
        bytes = arena.allocate((long) size * ROOM, 64);
        headers = arena.allocate((long) size * HEADER, 64);
        iovecs = arena.allocate((long) size * IOVEC, 64);
        MemorySegment names = arena.allocate((long) size * NativeUdp.SOCKADDR, 64);
        for (int i = 0; i < size; i++) {
            iovecs.set(ValueLayout.ADDRESS, (long) i * IOVEC, bytes.asSlice(at(i), ROOM));
            iovecs.set(ValueLayout.JAVA_LONG, (long) i * IOVEC + 8, ROOM);
            long header = (long) i * HEADER;
            if (addresses) {
                headers.set(ValueLayout.ADDRESS, header, names.asSlice((long) i * NativeUdp.SOCKADDR));
                headers.set(ValueLayout.JAVA_INT, header + 8, NativeUdp.SOCKADDR);
            }
            headers.set(ValueLayout.ADDRESS, header + 16, iovecs.asSlice((long) i * IOVEC));
            headers.set(ValueLayout.JAVA_LONG, header + 24, 1);
        }
    }

    /** Where packet {@code i} begins in {@link #bytes}. */
    long at(int i) {
        return (long) i * ROOM;
    }

    /** How long packet {@code i} is, as received. */
    int received(int i) {
        return headers.get(ValueLayout.JAVA_INT, (long) i * HEADER + MESSAGE_LENGTH);
    }

    /** How much of packet {@code i} is to be sent. */
    void length(int i, int length) {
        iovecs.set(ValueLayout.JAVA_LONG, (long) i * IOVEC + 8, length);
    }
}
