package io.innkeeper.io;

import io.innkeeper.wire.net.IpAddress;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * A UDP socket of Linux: {@code recvmmsg} and {@code sendmmsg}, with the interface and the local address of each packet by
 * {@code IP_PKTINFO} (ip(7)).
 *
 * <p>It does not share its port (no {@code SO_REUSEADDR}): two servers on one port would both seem to run, and one of them
 * would hear nothing.
 */
public final class LinuxUdpPort implements UdpPort {
    private static final int RECEIVE_BUFFER = 8 << 20;
    private static final int SEND_BUFFER = 4 << 20;
    private static final int PRIVILEGED = 1024;
    private static final int IPPROTO_IP = 0;
    private static final int IP_PKTINFO = 8;
    // struct sockaddr_in { u16 family; be16 port; be32 address; char zero[8]; }
    private static final int SOCKADDR_IN = 16;
    // struct in_pktinfo { int ifindex; be32 spec_dst; be32 addr; }
    private static final int PKTINFO = 12;
    /** Room for {@code IP_PKTINFO} (32) and {@code SO_RXQ_OVFL} (24). */
    private static final int CONTROL = 64;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfInt NETWORK_INT = ValueLayout.JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfShort NETWORK_SHORT = ValueLayout.JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);

    private final Arena arena = Arena.ofShared();
    private final NativeSocket socket;
    private final Wakeup wakeup;
    private final MessageVector incoming =
            new MessageVector(arena, ReceiveBatch.CAPACITY, ReceiveBatch.MAX_LENGTH, SOCKADDR_IN, CONTROL);
    private final MessageVector outgoing =
            new MessageVector(arena, SendBatch.CAPACITY, SendBatch.MAX_LENGTH, SOCKADDR_IN, CONTROL);
    private final Poll poll;
    private final VectorSender sender;
    private final int localPort;
    private volatile long dropped;
    private boolean closed;

    private LinuxUdpPort(NativeSocket socket, Wakeup wakeup, int localPort) {
        this.socket = socket;
        this.wakeup = wakeup;
        this.localPort = localPort;
        this.poll = new Poll(arena, wakeup, socket.fd());
        this.sender = new VectorSender(socket, poll);
    }

    /**
     * Opens and binds a socket.
     *
     * @param address one of this machine's, as 32 bits; or 0 for all of them, and only then broadcasts are heard
     * @param port 1 to 65535, or 0 for any free one
     * @throws IOException with a sentence for people where the port is taken, or the right to use it is missing
     */
    public static LinuxUdpPort open(int address, int port) throws IOException {
        NativeSocket socket = NativeSocket.open(Libc.AF_INET, Libc.SOCK_DGRAM, 0, "a UDP socket");
        try {
            socket.set(NativeSocket.SOL_SOCKET, NativeSocket.SO_BROADCAST, 1, "allow broadcasts");
            socket.set(NativeSocket.SOL_SOCKET, NativeSocket.SO_RXQ_OVFL, 1, "count lost packets");
            socket.set(IPPROTO_IP, IP_PKTINFO, 1, "learn the interface of packets");
            socket.buffers(RECEIVE_BUFFER, SEND_BUFFER);
            int bound = bind(socket, address, port);
            return new LinuxUdpPort(socket, new Wakeup(), bound);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Binds; returns the port. */
    private static int bind(NativeSocket socket, int address, int port) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocate(SOCKADDR_IN, 8);
            writeAddress(name, 0, address, port);
            int result = socket.bind(name);
            if (result < 0) {
                String where = IpAddress.v4(address) + ":" + port;
                throw new IOException("cannot listen on " + where + ": " + why(-result, port, socket.libc()));
            }
            int asked = socket.libc().getsockname(socket.fd(), name, arena.allocateFrom(INT, SOCKADDR_IN));
            socket.check(asked, "learn the port of a UDP socket");
            return name.get(NETWORK_SHORT, 2) & 0xffff;
        }
    }

    private static String why(int errno, int port, Libc libc) {
        if ((errno == Errno.EACCES || errno == Errno.EPERM) && port < PRIVILEGED) {
            return "ports below 1024 need the capability CAP_NET_BIND_SERVICE: in a systemd unit,"
                    + " AmbientCapabilities=CAP_NET_BIND_SERVICE; else start as root, or give it to the java binary"
                    + " (setcap cap_net_raw,cap_net_bind_service+ep JAVA_HOME/bin/java)";
        }
        return switch (errno) {
            case Errno.EADDRINUSE ->
                "another program has this port, probably another DHCP server such as dnsmasq; `ss -lunp sport = :"
                        + port + "` as root names it";
            case Errno.EADDRNOTAVAIL -> "no interface of this machine has this address";
            default -> libc.describe(errno);
        };
    }

    private static void writeAddress(MemorySegment names, long at, int address, int port) {
        names.set(ValueLayout.JAVA_SHORT, at, (short) Libc.AF_INET);
        names.set(NETWORK_SHORT, at + 2, (short) port);
        names.set(NETWORK_INT, at + 4, address);
    }

    @Override
    public int receive(ReceiveBatch batch, int timeoutMs) throws IOException {
        batch.clear();
        // Under load there is always something: then one system call is enough.
        int count = take();
        if (count == 0 && poll.await(timeoutMs)) {
            count = take();
        }
        for (int slot = 0; slot < count; slot++) {
            hand(slot, batch);
        }
        return count;
    }

    private int take() throws IOException {
        incoming.prepareToReceive(incoming.slots());
        int count = socket.libc().recvmmsg(socket.fd(), incoming.from(0), incoming.slots(), Libc.MSG_DONTWAIT);
        if (count == -Errno.EAGAIN || count == -Errno.EINTR) {
            return 0;
        }
        socket.check(count, "receive packets");
        return count;
    }

    private void hand(int slot, ReceiveBatch batch) {
        MemorySegment controls = incoming.controls();
        long info = incoming.findControl(slot, IPPROTO_IP, IP_PKTINFO);
        int link = info < 0 ? 0 : controls.get(INT, info);
        int to = info < 0 ? 0 : controls.get(NETWORK_INT, info + 8);
        long overflow = incoming.findControl(slot, NativeSocket.SOL_SOCKET, NativeSocket.SO_RXQ_OVFL);
        if (overflow >= 0) {
            dropped = forward(dropped, controls.get(INT, overflow));
        }
        long name = incoming.name(slot);
        int from = incoming.names().get(NETWORK_INT, name + 4);
        int port = incoming.names().get(NETWORK_SHORT, name + 2) & 0xffff;
        int length = incoming.length(slot);
        int index = batch.add(length, incoming.truncated(slot), from, port, to, link);
        incoming.copyTo(slot, batch.bytes(index), length);
    }

    /** The kernel counts in 32 bits and starts again from 0; a count that only grows. */
    static long forward(long count, int kernel) {
        return count + Integer.toUnsignedLong(kernel - (int) count);
    }

    @Override
    public int send(SendBatch batch) {
        int count = batch.count();
        for (int i = 0; i < count; i++) {
            outgoing.prepareToSend(i, batch.bytes(i), batch.length(i));
            writeAddress(outgoing.names(), outgoing.name(i), batch.toAddress(i), batch.toPort(i));
            if (batch.fromAddress(i) != 0 || batch.interfaceIndex(i) != 0) {
                long info = outgoing.addControl(i, IPPROTO_IP, IP_PKTINFO, PKTINFO);
                outgoing.controls().set(INT, info, batch.interfaceIndex(i));
                outgoing.controls().set(NETWORK_INT, info + 4, batch.fromAddress(i));
                outgoing.controls().set(INT, info + 8, 0);
            }
        }
        batch.clear();
        return sender.send(outgoing, count);
    }

    @Override
    public void wake() {
        wakeup.call();
    }

    @Override
    public long dropped() {
        return dropped;
    }

    @Override
    public long failed() {
        return sender.failed();
    }

    @Override
    public String lastFailure() {
        return sender.lastFailure();
    }

    @Override
    public int localPort() {
        return localPort;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            socket.close();
            wakeup.close();
            arena.close();
        }
    }
}
