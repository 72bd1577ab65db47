package io.innkeeper.io;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** A file descriptor of a socket, with the errors of its calls in words. For one thread at a time. */
final class NativeSocket implements AutoCloseable {
    static final int SOL_SOCKET = 1;
    static final int SO_SNDBUF = 7;
    static final int SO_BROADCAST = 6;
    static final int SO_RCVBUF = 8;
    static final int SO_ATTACH_FILTER = 26;
    static final int SO_SNDBUFFORCE = 32;
    static final int SO_RCVBUFFORCE = 33;
    static final int SO_RXQ_OVFL = 40;

    private static final String RAW =
            "it needs the capability CAP_NET_RAW: in a systemd unit, AmbientCapabilities=CAP_NET_RAW;"
                    + " else start as root, or give it to the java binary (setcap cap_net_raw,cap_net_bind_service+ep"
                    + " JAVA_HOME/bin/java)";

    private final Libc libc = new Libc();
    private final int fd;
    private boolean closed;

    private NativeSocket(int family, int type, int protocol) {
        fd = libc.socket(family, type | Libc.SOCK_CLOEXEC | Libc.SOCK_NONBLOCK, protocol);
    }

    /**
     * Opens a socket that never waits.
     *
     * @param what it is, for the error: "a UDP socket"
     */
    static NativeSocket open(int family, int type, int protocol, String what) throws IOException {
        NativeSocket socket = new NativeSocket(family, type, protocol);
        if (socket.fd < 0) {
            boolean forbidden = socket.fd == -Errno.EPERM || socket.fd == -Errno.EACCES;
            String why = forbidden ? RAW : socket.libc.describe(-socket.fd);
            throw new IOException("cannot open " + what + ": " + why);
        }
        return socket;
    }

    int fd() {
        return fd;
    }

    Libc libc() {
        return libc;
    }

    /** Sets an option that is a number, and must be had. */
    void set(int level, int option, int value, String what) throws IOException {
        check(libc.setsockopt(fd, level, option, value), what);
    }

    /** Asks for large buffers: as large as the administrator allows, and larger with CAP_NET_ADMIN. */
    void buffers(int receiveBytes, int sendBytes) {
        if (libc.setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, receiveBytes) < 0) {
            libc.setsockopt(fd, SOL_SOCKET, SO_RCVBUF, receiveBytes);
        }
        if (libc.setsockopt(fd, SOL_SOCKET, SO_SNDBUFFORCE, sendBytes) < 0) {
            libc.setsockopt(fd, SOL_SOCKET, SO_SNDBUF, sendBytes);
        }
    }

    /** Binds; returns the negative error number where that fails. */
    int bind(MemorySegment address) {
        return libc.bind(fd, address);
    }

    /** @throws IOException if the result of a call is an error */
    void check(int result, String what) throws IOException {
        if (result < 0) {
            throw new IOException("cannot " + what + ": " + libc.describe(-result));
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            libc.close(fd);
        }
    }
}
