package io.innkeeper.io;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * The calls of the C library that Java has no classes for. Linux, 64 bits; the numbers and layouts used are the same on x86
 * and ARM. Each call returns what the system returned, or the negative error number ({@link Errno}) where it failed.
 *
 * <p>An instance is for one thread at a time: it holds the place where the system leaves its error number. A call that waits
 * holds a virtual thread's carrier, too: wait on platform threads.
 */
final class Libc {
    static final int AF_INET = 2;
    static final int AF_INET6 = 10;
    static final int AF_NETLINK = 16;
    static final int AF_PACKET = 17;

    static final int SOCK_DGRAM = 2;
    static final int SOCK_RAW = 3;
    static final int SOCK_CLOEXEC = 0x8_0000;
    static final int SOCK_NONBLOCK = 0x800;

    static final int MSG_TRUNC = 0x20;
    static final int MSG_DONTWAIT = 0x40;

    static final short POLLIN = 1;
    static final short POLLOUT = 4;

    private static final int EFD_CLOEXEC = 0x8_0000;
    private static final int EFD_NONBLOCK = 0x800;
    private static final int PRIO_PROCESS = 0;
    private static final int TEXT_MAX = 256;

    private static final AddressLayout POINTER = ValueLayout.ADDRESS;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong SIZE = ValueLayout.JAVA_LONG;
    private static final StructLayout CAPTURED = Linker.Option.captureStateLayout();
    private static final long ERRNO = CAPTURED.byteOffset(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle SOCKET = handle("socket", FunctionDescriptor.of(INT, INT, INT, INT));
    private static final MethodHandle BIND = handle("bind", FunctionDescriptor.of(INT, INT, POINTER, INT));
    private static final MethodHandle GETSOCKNAME =
            handle("getsockname", FunctionDescriptor.of(INT, INT, POINTER, POINTER));
    private static final MethodHandle SETSOCKOPT =
            handle("setsockopt", FunctionDescriptor.of(INT, INT, INT, INT, POINTER, INT));
    private static final MethodHandle RECVMMSG =
            handle("recvmmsg", FunctionDescriptor.of(INT, INT, POINTER, INT, INT, POINTER));
    private static final MethodHandle SENDMMSG = handle("sendmmsg", FunctionDescriptor.of(INT, INT, POINTER, INT, INT));
    private static final MethodHandle POLL = handle("poll", FunctionDescriptor.of(INT, POINTER, SIZE, INT));
    private static final MethodHandle EVENTFD = handle("eventfd", FunctionDescriptor.of(INT, INT, INT));
    private static final MethodHandle READ = handle("read", FunctionDescriptor.of(SIZE, INT, POINTER, SIZE));
    private static final MethodHandle WRITE = handle("write", FunctionDescriptor.of(SIZE, INT, POINTER, SIZE));
    private static final MethodHandle CLOSE = handle("close", FunctionDescriptor.of(INT, INT));
    private static final MethodHandle GETTID = handle("gettid", FunctionDescriptor.of(INT));
    private static final MethodHandle SETPRIORITY = handle("setpriority", FunctionDescriptor.of(INT, INT, INT, INT));
    private static final MethodHandle STRERROR = handle("strerror", FunctionDescriptor.of(POINTER, INT));

    private final MemorySegment captured = Arena.ofAuto().allocate(CAPTURED);

    @SuppressWarnings("restricted")
    private static MethodHandle handle(String name, FunctionDescriptor type) {
        Linker linker = Linker.nativeLinker();
        MemorySegment address = linker.defaultLookup().findOrThrow(name);
        return linker.downcallHandle(address, type, Linker.Option.captureCallState("errno"));
    }

    int socket(int family, int type, int protocol) {
        try {
            return outcome((int) SOCKET.invokeExact(captured, family, type, protocol));
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    int bind(int fd, MemorySegment address) {
        try {
            return outcome((int) BIND.invokeExact(captured, fd, address, (int) address.byteSize()));
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /** Fills in the address that a socket is bound to. */
    int getsockname(int fd, MemorySegment address, MemorySegment length) {
        try {
            return outcome((int) GETSOCKNAME.invokeExact(captured, fd, address, length));
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    int setsockopt(int fd, int level, int name, MemorySegment value) {
        try {
            return outcome((int) SETSOCKOPT.invokeExact(captured, fd, level, name, value, (int) value.byteSize()));
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /** As above, for the options that are a number. */
    int setsockopt(int fd, int level, int name, int value) {
        try (Arena arena = Arena.ofConfined()) {
            return setsockopt(fd, level, name, arena.allocateFrom(INT, value));
        }
    }

    int recvmmsg(int fd, MemorySegment vector, int count, int flags) {
        try {
            return outcome((int) RECVMMSG.invokeExact(captured, fd, vector, count, flags, MemorySegment.NULL));
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    int sendmmsg(int fd, MemorySegment vector, int count, int flags) {
        try {
            return outcome((int) SENDMMSG.invokeExact(captured, fd, vector, count, flags));
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    int poll(MemorySegment descriptors, int count, int timeoutMs) {
        try {
            return outcome((int) POLL.invokeExact(captured, descriptors, (long) count, timeoutMs));
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /** A counter that can be polled; reading and writing it never waits. */
    int eventfd() {
        try {
            return outcome((int) EVENTFD.invokeExact(captured, 0, EFD_CLOEXEC | EFD_NONBLOCK));
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    int read(int fd, MemorySegment buffer) {
        try {
            return outcome((int) (long) READ.invokeExact(captured, fd, buffer, buffer.byteSize()));
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    int write(int fd, MemorySegment buffer) {
        try {
            return outcome((int) (long) WRITE.invokeExact(captured, fd, buffer, buffer.byteSize()));
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    int close(int fd) {
        try {
            return outcome((int) CLOSE.invokeExact(captured, fd));
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /** The kernel's number of the calling thread. */
    int gettid() {
        try {
            return (int) GETTID.invokeExact(captured);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /** Sets the niceness of one thread. */
    int setpriority(int tid, int nice) {
        try {
            return outcome((int) SETPRIORITY.invokeExact(captured, PRIO_PROCESS, tid, nice));
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /** The system's words for an error. */
    @SuppressWarnings("restricted")
    String describe(int errno) {
        try {
            MemorySegment text = (MemorySegment) STRERROR.invokeExact(captured, errno);
            return text.reinterpret(TEXT_MAX).getString(0);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    private int outcome(int result) {
        return result >= 0 ? result : -captured.get(INT, ERRNO);
    }

    /** A downcall throws nothing by itself but for misuse on our side. */
    private static RuntimeException impossible(Throwable e) {
        if (e instanceof RuntimeException runtime) {
            return runtime;
        }
        if (e instanceof Error error) {
            throw error;
        }
        return new IllegalStateException(e);
    }
}
