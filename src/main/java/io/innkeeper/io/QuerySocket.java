package io.innkeeper.io;

import io.innkeeper.wire.net.IpAddress;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** One socket of a {@link LinuxQueryPort}: {@code recvmmsg} and {@code sendmmsg} with the local address of each packet (ip(7), ipv6(7)). */
final class QuerySocket implements AutoCloseable {
    /** The most packets of one system call. */
    static final int BATCH = 128;

    private static final int RECEIVE_BUFFER = 8 << 20;
    private static final int SEND_BUFFER = 4 << 20;
    private static final int PRIVILEGED = 1024;
    private static final int IPPROTO_IP = 0;
    private static final int IPPROTO_IPV6 = 41;
    private static final int IP_PKTINFO = 8;
    private static final int IPV6_V6ONLY = 26;
    private static final int IPV6_RECVPKTINFO = 49;
    private static final int IPV6_PKTINFO = 50;
    // struct in_pktinfo { int ifindex; be32 spec_dst; be32 addr; }
    private static final int PKTINFO = 12;
    // struct in6_pktinfo { struct in6_addr addr; int ifindex; }
    private static final int PKTINFO6 = 20;
    /** Room for the larger of both (40) and {@code SO_RXQ_OVFL} (24). */
    private static final int CONTROL = 64;
    // struct sockaddr_in { u16 family; be16 port; be32 address; char zero[8]; }
    private static final int SOCKADDR_IN = 16;
    // struct sockaddr_in6 { u16 family; be16 port; u32 flowinfo; struct in6_addr; u32 scope; }, and four octets more
    private static final int SOCKADDR_IN6 = 32;
    private static final int SOCKADDR_IN6_LENGTH = 28;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfInt NETWORK_INT = ValueLayout.JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong NETWORK_LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfShort NETWORK_SHORT = ValueLayout.JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);

    private final NativeSocket socket;
    private final boolean v6;
    private final int localPort;
    private final MessageVector incoming;
    private final MessageVector outgoing;
    private final VectorSender sender;
    private int waiting;

    /** How many messages the kernel has written to since they were made ready. */
    private int used = BATCH;

    private volatile long dropped;

    private QuerySocket(NativeSocket socket, boolean v6, int localPort, Arena arena, Wakeup wakeup) {
        this.socket = socket;
        this.v6 = v6;
        this.localPort = localPort;
        int name = v6 ? SOCKADDR_IN6 : SOCKADDR_IN;
        this.incoming = new MessageVector(arena, BATCH, QueryPort.MAX_LENGTH, name, CONTROL);
        this.outgoing = new MessageVector(arena, BATCH, QueryPort.MAX_LENGTH, name, CONTROL);
        this.sender = new VectorSender(socket, new Poll(arena, wakeup));
    }

    /**
     * Opens and binds one.
     *
     * @param address where; its family is that of the socket
     * @throws IOException with a sentence for people
     */
    static QuerySocket open(IpAddress address, int port, Arena arena, Wakeup wakeup) throws IOException {
        boolean v6 = address.v6();
        NativeSocket socket = NativeSocket.open(v6 ? Libc.AF_INET6 : Libc.AF_INET, Libc.SOCK_DGRAM, 0, "a UDP socket");
        try {
            socket.set(NativeSocket.SOL_SOCKET, NativeSocket.SO_RXQ_OVFL, 1, "count lost packets");
            if (v6) {
                socket.set(IPPROTO_IPV6, IPV6_V6ONLY, 1, "keep IPv4 apart");
            }
            if (isAny(address)) {
                learnDestinations(socket, v6);
            }
            socket.buffers(RECEIVE_BUFFER, SEND_BUFFER);
            return new QuerySocket(socket, v6, bind(socket, address, port), arena, wakeup);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static boolean isAny(IpAddress address) {
        return address.high() == 0 && address.low() == 0;
    }

    /** Only where there is a choice: it is more work for the kernel, with each packet. */
    private static void learnDestinations(NativeSocket socket, boolean v6) throws IOException {
        if (v6) {
            socket.set(IPPROTO_IPV6, IPV6_RECVPKTINFO, 1, "learn where packets were sent to");
        } else {
            socket.set(IPPROTO_IP, IP_PKTINFO, 1, "learn where packets were sent to");
        }
    }

    private static int bind(NativeSocket socket, IpAddress address, int port) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            int length = address.v6() ? SOCKADDR_IN6_LENGTH : SOCKADDR_IN;
            MemorySegment name = arena.allocate(length, 8);
            writeName(name, 0, address.v6(), address.high(), address.low(), port, 0);
            int result = socket.bind(name);
            if (result < 0) {
                throw new IOException(
                        "cannot listen on " + address + " port " + port + ": " + why(-result, port, socket.libc()));
            }
            int asked = socket.libc().getsockname(socket.fd(), name, arena.allocateFrom(INT, length));
            socket.check(asked, "learn the port of a UDP socket");
            return name.get(NETWORK_SHORT, 2) & 0xffff;
        }
    }

    private static String why(int errno, int port, Libc libc) {
        if ((errno == Errno.EACCES || errno == Errno.EPERM) && port < PRIVILEGED) {
            return "ports below 1024 need the capability CAP_NET_BIND_SERVICE: in a systemd unit,"
                    + " AmbientCapabilities=CAP_NET_BIND_SERVICE; else start as root, or take a port above 1023";
        }
        return switch (errno) {
            case Errno.EADDRINUSE ->
                "another program has this port, perhaps dnsmasq, systemd-resolved or another DNS server; `ss -lunp sport = :"
                        + port + "` as root names it";
            case Errno.EADDRNOTAVAIL -> "no interface of this machine has this address";
            default -> libc.describe(errno);
        };
    }

    private static void writeName(MemorySegment names, long at, boolean v6, long high, long low, int port, int scope) {
        names.set(ValueLayout.JAVA_SHORT, at, (short) (v6 ? Libc.AF_INET6 : Libc.AF_INET));
        names.set(NETWORK_SHORT, at + 2, (short) port);
        if (v6) {
            names.set(INT, at + 4, 0);
            names.set(NETWORK_LONG, at + 8, high);
            names.set(NETWORK_LONG, at + 16, low);
            names.set(INT, at + 24, scope);
        } else {
            names.set(NETWORK_INT, at + 4, (int) low);
        }
    }

    int fd() {
        return socket.fd();
    }

    int localPort() {
        return localPort;
    }

    long dropped() {
        return dropped;
    }

    long failed() {
        return sender.failed();
    }

    /** Takes what is there, up to {@code most}; 0 for nothing. */
    int take(int most) throws IOException {
        int count = Math.min(most, BATCH);
        incoming.prepareToReceive(used);
        used = 0;
        int taken = socket.libc().recvmmsg(socket.fd(), incoming.from(0), count, Libc.MSG_DONTWAIT);
        if (taken == -Errno.EAGAIN || taken == -Errno.EINTR || taken == -Errno.ECONNREFUSED) {
            return 0;
        }
        socket.check(taken, "receive packets");
        used = taken;
        return taken;
    }

    int length(int slot) {
        return incoming.length(slot);
    }

    boolean truncated(int slot) {
        return incoming.truncated(slot);
    }

    void copyTo(int slot, byte[] target, int length) {
        incoming.copyTo(slot, target, length);
    }

    long clientHigh(int slot) {
        return v6 ? incoming.names().get(NETWORK_LONG, incoming.name(slot) + 8) : 0;
    }

    long clientLow(int slot) {
        long name = incoming.name(slot);
        return v6
                ? incoming.names().get(NETWORK_LONG, name + 16)
                : IpAddress.mappedLow(incoming.names().get(NETWORK_INT, name + 4));
    }

    int clientPort(int slot) {
        return incoming.names().get(NETWORK_SHORT, incoming.name(slot) + 2) & 0xffff;
    }

    /** Reads what the kernel says besides: packets lost; and forgets the interface where any may carry the answer. */
    void note(int slot) {
        long overflow = incoming.findControl(slot, NativeSocket.SOL_SOCKET, NativeSocket.SO_RXQ_OVFL);
        if (overflow >= 0) {
            dropped = LinuxUdpPort.forward(dropped, incoming.controls().get(INT, overflow));
        }
    }

    QueryPort.Peer peer(int slot, int index) {
        long name = incoming.name(slot);
        MemorySegment controls = incoming.controls();
        if (v6) {
            long info = incoming.findControl(slot, IPPROTO_IPV6, IPV6_PKTINFO);
            long high = info < 0 ? 0 : controls.get(NETWORK_LONG, info);
            long low = info < 0 ? 0 : controls.get(NETWORK_LONG, info + 8);
            int scope = incoming.names().get(INT, name + 24);
            return new QueryPort.Peer(index, clientHigh(slot), clientLow(slot), clientPort(slot), high, low, scope);
        }
        long info = incoming.findControl(slot, IPPROTO_IP, IP_PKTINFO);
        long local = info < 0 ? 0 : Integer.toUnsignedLong(controls.get(NETWORK_INT, info + 4));
        return new QueryPort.Peer(index, 0, clientLow(slot), clientPort(slot), 0, local, 0);
    }

    /** Puts an answer to what came in a slot on its way. */
    void answer(int slot, byte[] payload, int length) {
        MemorySegment controls = incoming.controls();
        if (v6) {
            long info = incoming.findControl(slot, IPPROTO_IPV6, IPV6_PKTINFO);
            long high = info < 0 ? 0 : controls.get(NETWORK_LONG, info);
            long low = info < 0 ? 0 : controls.get(NETWORK_LONG, info + 8);
            int out = next(payload, length);
            MemorySegment.copy(
                    incoming.names(), incoming.name(slot), outgoing.names(), outgoing.name(out), SOCKADDR_IN6);
            control6(out, high, low, incoming.names().get(INT, incoming.name(slot) + 24));
        } else {
            long info = incoming.findControl(slot, IPPROTO_IP, IP_PKTINFO);
            int local = info < 0 ? 0 : controls.get(NETWORK_INT, info + 4);
            int out = next(payload, length);
            MemorySegment.copy(
                    incoming.names(), incoming.name(slot), outgoing.names(), outgoing.name(out), SOCKADDR_IN);
            control4(out, local);
        }
    }

    void answer(QueryPort.Peer peer, byte[] payload, int length) {
        int out = next(payload, length);
        writeName(outgoing.names(), outgoing.name(out), v6, peer.high(), peer.low(), peer.port(), peer.scope());
        if (v6) {
            control6(out, peer.localHigh(), peer.localLow(), peer.scope());
        } else {
            control4(out, (int) peer.localLow());
        }
    }

    private int next(byte[] payload, int length) {
        if (waiting == BATCH) {
            flush();
        }
        outgoing.prepareToSend(waiting, payload, length);
        return waiting++;
    }

    private void control4(int out, int local) {
        if (local != 0) {
            long info = outgoing.addControl(out, IPPROTO_IP, IP_PKTINFO, PKTINFO);
            outgoing.controls().set(INT, info, 0);
            outgoing.controls().set(NETWORK_INT, info + 4, local);
            outgoing.controls().set(INT, info + 8, 0);
        }
    }

    private void control6(int out, long high, long low, int scope) {
        boolean multicast = high >>> 56 == 0xff;
        if ((high != 0 || low != 0) && !multicast) {
            long info = outgoing.addControl(out, IPPROTO_IPV6, IPV6_PKTINFO, PKTINFO6);
            outgoing.controls().set(NETWORK_LONG, info, high);
            outgoing.controls().set(NETWORK_LONG, info + 8, low);
            outgoing.controls().set(INT, info + 16, scope);
        }
    }

    void flush() {
        if (waiting > 0) {
            sender.send(outgoing, waiting);
            waiting = 0;
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
