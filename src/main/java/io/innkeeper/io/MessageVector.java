package io.innkeeper.io;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * What {@code recvmmsg} and {@code sendmmsg} work on: an array of {@code struct mmsghdr}, each with one buffer, one address and
 * some ancillary data, in native memory that is allocated once.
 */
final class MessageVector {
    // struct mmsghdr { struct msghdr { name, namelen, iov, iovlen, control, controllen, flags }; unsigned len; }
    private static final int HEADER = 64;
    private static final int NAME = 0;
    private static final int NAME_LENGTH = 8;
    private static final int IOV = 16;
    private static final int IOV_LENGTH = 24;
    private static final int CONTROL = 32;
    private static final int CONTROL_LENGTH = 40;
    private static final int FLAGS = 48;
    private static final int LENGTH = 56;
    // struct iovec { void *base; size_t len; }
    private static final int IOVEC = 16;

    /** Octets before the data of a {@code struct cmsghdr { size_t len; int level; int type; }}. */
    private static final int CMSG_HEADER = 16;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

    private final int slots;
    private final int nameSize;
    private final int controlSize;
    private final int bufferSize;
    private final MemorySegment headers;
    private final MemorySegment vectors;
    private final MemorySegment names;
    private final MemorySegment controls;
    private final MemorySegment buffers;

    /** Sizes in octets; those of addresses and ancillary data must be multiples of eight. */
    MessageVector(Arena arena, int slots, int bufferSize, int nameSize, int controlSize) {
        this.slots = slots;
        this.nameSize = nameSize;
        this.controlSize = controlSize;
        this.bufferSize = bufferSize;
        headers = arena.allocate((long) slots * HEADER, 8);
        vectors = arena.allocate((long) slots * IOVEC, 8);
        names = arena.allocate((long) slots * nameSize, 8);
        controls = arena.allocate(Math.max(8, (long) slots * controlSize), 8);
        buffers = arena.allocate((long) slots * bufferSize, 8);
        for (int i = 0; i < slots; i++) {
            wire(i);
        }
    }

    private void wire(int slot) {
        long header = (long) slot * HEADER;
        headers.set(LONG, header + NAME, names.address() + (long) slot * nameSize);
        headers.set(LONG, header + IOV, vectors.address() + (long) slot * IOVEC);
        headers.set(LONG, header + IOV_LENGTH, 1);
        headers.set(LONG, header + CONTROL, controls.address() + (long) slot * controlSize);
        vectors.set(LONG, (long) slot * IOVEC, buffers.address() + (long) slot * bufferSize);
    }

    /** How many messages there is room for. */
    int slots() {
        return slots;
    }

    /** The part of the array from this message on. */
    MemorySegment from(int slot) {
        return headers.asSlice((long) slot * HEADER);
    }

    /** Makes the first {@code count} ready to be filled by the kernel: it shrinks lengths to what it wrote. */
    void prepareToReceive(int count) {
        for (int slot = 0; slot < count; slot++) {
            long header = (long) slot * HEADER;
            headers.set(INT, header + NAME_LENGTH, nameSize);
            headers.set(LONG, header + CONTROL_LENGTH, controlSize);
            headers.set(INT, header + FLAGS, 0);
            vectors.set(LONG, (long) slot * IOVEC + 8, bufferSize);
        }
    }

    /** Makes one ready to be sent; its ancillary data follow by {@link #addControl}, its address by {@link #names}. */
    void prepareToSend(int slot, byte[] payload, int length) {
        long header = (long) slot * HEADER;
        headers.set(INT, header + NAME_LENGTH, nameSize);
        headers.set(LONG, header + CONTROL_LENGTH, 0);
        headers.set(INT, header + FLAGS, 0);
        vectors.set(LONG, (long) slot * IOVEC + 8, length);
        MemorySegment.copy(payload, 0, buffers, ValueLayout.JAVA_BYTE, (long) slot * bufferSize, length);
    }

    /** How many octets came, without what did not fit into the buffer. */
    int length(int slot) {
        return Math.min(bufferSize, headers.get(INT, (long) slot * HEADER + LENGTH));
    }

    /** True where the message was longer than the buffer. */
    boolean truncated(int slot) {
        return (headers.get(INT, (long) slot * HEADER + FLAGS) & Libc.MSG_TRUNC) != 0;
    }

    /** Copies what came. */
    void copyTo(int slot, byte[] target, int length) {
        MemorySegment.copy(buffers, ValueLayout.JAVA_BYTE, (long) slot * bufferSize, target, 0, length);
    }

    /** The addresses of all messages. */
    MemorySegment names() {
        return names;
    }

    /** Where the address of a message stands in {@link #names}. */
    long name(int slot) {
        return (long) slot * nameSize;
    }

    /** The ancillary data of all messages. */
    MemorySegment controls() {
        return controls;
    }

    /** Where the data of an ancillary message of this kind stand in {@link #controls}; -1 where there is none. */
    long findControl(int slot, int level, int type) {
        long begin = (long) slot * controlSize;
        long end = begin + headers.get(LONG, (long) slot * HEADER + CONTROL_LENGTH);
        long at = begin;
        while (at + CMSG_HEADER <= end) {
            long length = controls.get(LONG, at);
            if (length < CMSG_HEADER || at + length > end) {
                return -1;
            }
            if (controls.get(INT, at + 8) == level && controls.get(INT, at + 12) == type) {
                return at + CMSG_HEADER;
            }
            at += (length + 7) & -8;
        }
        return -1;
    }

    /** Adds the only ancillary message; returns where its data are to be written in {@link #controls}. */
    long addControl(int slot, int level, int type, int dataLength) {
        long at = (long) slot * controlSize;
        controls.set(LONG, at, CMSG_HEADER + dataLength);
        controls.set(INT, at + 8, level);
        controls.set(INT, at + 12, type);
        headers.set(LONG, (long) slot * HEADER + CONTROL_LENGTH, CMSG_HEADER + ((dataLength + 7) & -8));
        return at + CMSG_HEADER;
    }
}
