package io.innkeeper.io;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Packet sockets of Linux (packet(7)), one for each filter, as one port. Needs the capability CAP_NET_RAW. */
public final class LinuxLinkPort implements LinkPort {
    private static final int BUFFER = 2 << 20;
    private static final int ETHER_TYPE = 12;
    /** Hardware types (ARPHRD_…) whose frames begin with an Ethernet header. */
    private static final int ETHERNET = 1;

    private static final int LOOPBACK = 772;
    // struct sockaddr_ll { u16 family; be16 protocol; int ifindex; u16 hatype; u8 pkttype; u8 halen; u8 addr[8]; },
    // padded
    private static final int SOCKADDR_LL = 24;
    private static final int IFINDEX = 4;
    private static final int HARDWARE_TYPE = 8;
    private static final int PACKET_TYPE = 10;

    private static final int SOL_PACKET = 263;
    private static final int PACKET_ADD_MEMBERSHIP = 1;
    private static final int PACKET_MR_ALLMULTI = 2;

    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT;
    private static final ValueLayout.OfShort NETWORK_SHORT = SHORT.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;

    private final Arena arena = Arena.ofShared();
    private final List<NativeSocket> sockets;
    private final Wakeup wakeup;
    private final MessageVector incoming =
            new MessageVector(arena, FrameBatch.CAPACITY, FrameBatch.MAX_LENGTH, SOCKADDR_LL, 0);
    private final MessageVector outgoing =
            new MessageVector(arena, FrameBatch.CAPACITY, FrameBatch.MAX_LENGTH, SOCKADDR_LL, 0);
    private final Poll poll;
    private final VectorSender sender;
    private int firstToTake;
    private boolean closed;

    private LinuxLinkPort(List<NativeSocket> sockets, Wakeup wakeup) {
        this.sockets = List.copyOf(sockets);
        this.wakeup = wakeup;
        this.poll = new Poll(
                arena, wakeup, sockets.stream().mapToInt(NativeSocket::fd).toArray());
        this.sender = new VectorSender(sockets.getFirst(), poll);
    }

    /**
     * Opens a port. Nothing that the filter would drop is ever heard, not even in the first moment.
     *
     * @param interfaceIndex the only interface to hear, which must exist; or 0 for all, also those that appear later
     * @throws IOException with a sentence for people where the right is missing, or there is no such interface
     */
    public static LinuxLinkPort open(PacketFilter filter, int interfaceIndex) throws IOException {
        return open(List.of(filter), interfaceIndex);
    }

    /**
     * Opens a port that hears what any of some filters lets through. Each is a socket of its own, so that the kernel shows it
     * frames of its own protocol only: cheaper than one that is shown everything.
     *
     * @param filters at least one
     * @param interfaceIndex as for one filter
     * @throws IOException as for one filter
     */
    public static LinuxLinkPort open(List<PacketFilter> filters, int interfaceIndex) throws IOException {
        List<NativeSocket> opened = new ArrayList<>();
        try {
            for (PacketFilter filter : filters) {
                opened.add(openOne(filter, interfaceIndex));
            }
            return new LinuxLinkPort(opened, new Wakeup());
        } catch (IOException e) {
            opened.forEach(NativeSocket::close);
            throw e;
        }
    }

    private static NativeSocket openOne(PacketFilter filter, int interfaceIndex) throws IOException {
        // Protocol 0: the socket hears nothing until it is bound.
        NativeSocket socket = NativeSocket.open(Libc.AF_PACKET, Libc.SOCK_RAW, 0, "a packet socket");
        try (Arena arena = Arena.ofConfined()) {
            int attached = socket.libc()
                    .setsockopt(
                            socket.fd(), NativeSocket.SOL_SOCKET, NativeSocket.SO_ATTACH_FILTER, filter.program(arena));
            socket.check(attached, "set the filter of a packet socket");
            socket.buffers(BUFFER, BUFFER);
            MemorySegment name = arena.allocate(SOCKADDR_LL, 8);
            writeAddress(name, 0, filter.protocol(), interfaceIndex);
            int bound = socket.bind(name);
            if (bound == -Errno.ENODEV) {
                throw new IOException("cannot listen to interface number " + interfaceIndex + ": there is none");
            }
            socket.check(bound, "bind a packet socket");
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    @Override
    public boolean hearGroups(int interfaceIndex) {
        // struct packet_mreq { int ifindex; u16 type; u16 alen; u8 address[8]; }
        try (Arena temporary = Arena.ofConfined()) {
            MemorySegment membership = temporary.allocate(16, 4);
            membership.set(INT, 0, interfaceIndex);
            membership.set(SHORT, 4, (short) PACKET_MR_ALLMULTI);
            NativeSocket socket = sockets.getFirst();
            return socket.libc().setsockopt(socket.fd(), SOL_PACKET, PACKET_ADD_MEMBERSHIP, membership) == 0;
        }
    }

    private static void writeAddress(MemorySegment names, long at, int protocol, int interfaceIndex) {
        names.set(SHORT, at, (short) Libc.AF_PACKET);
        names.set(NETWORK_SHORT, at + 2, (short) protocol);
        names.set(INT, at + IFINDEX, interfaceIndex);
    }

    /** What to poll where several ports are waited for; of the first filter. */
    int fd() {
        return sockets.getFirst().fd();
    }

    @Override
    public int receive(FrameBatch batch, int timeoutMs) throws IOException {
        batch.clear();
        int count = take();
        if (count == 0 && poll.await(timeoutMs)) {
            count = take();
        }
        for (int slot = 0; slot < count; slot++) {
            hand(slot, batch);
        }
        return batch.count();
    }

    /** From each socket in turn, another one first each time, so that none can keep the others out. */
    private int take() throws IOException {
        incoming.prepareToReceive(incoming.slots());
        firstToTake = (firstToTake + 1) % sockets.size();
        int count = 0;
        for (int i = 0; i < sockets.size() && count < incoming.slots(); i++) {
            count += take(sockets.get((firstToTake + i) % sockets.size()), count);
        }
        return count;
    }

    private int take(NativeSocket socket, int from) throws IOException {
        int room = incoming.slots() - from;
        int count = socket.libc().recvmmsg(socket.fd(), incoming.from(from), room, Libc.MSG_DONTWAIT);
        // An interface that went down is told once; the socket goes on with the others, and when that one is back.
        if (count == -Errno.EAGAIN || count == -Errno.EINTR || count == -Errno.ENETDOWN) {
            return 0;
        }
        socket.check(count, "receive frames");
        return count;
    }

    private void hand(int slot, FrameBatch batch) {
        long name = incoming.name(slot);
        MemorySegment names = incoming.names();
        int hardware = names.get(SHORT, name + HARDWARE_TYPE) & 0xffff;
        if (hardware != ETHERNET && hardware != LOOPBACK) {
            return;
        }
        int length = incoming.length(slot);
        FrameBatch.Kind kind = kind(names.get(ValueLayout.JAVA_BYTE, name + PACKET_TYPE));
        int index = batch.add(names.get(INT, name + IFINDEX), length, incoming.truncated(slot), kind);
        incoming.copyTo(slot, batch.bytes(index), length);
    }

    private static FrameBatch.Kind kind(int packetType) {
        return switch (packetType) {
            case 0 -> FrameBatch.Kind.HOST;
            case 1 -> FrameBatch.Kind.BROADCAST;
            case 2 -> FrameBatch.Kind.MULTICAST;
            case 4 -> FrameBatch.Kind.OUTGOING;
            default -> FrameBatch.Kind.OTHER_HOST;
        };
    }

    @Override
    public int send(FrameBatch batch) {
        int count = batch.count();
        for (int i = 0; i < count; i++) {
            byte[] frame = batch.bytes(i);
            outgoing.prepareToSend(i, frame, batch.length(i));
            int type = ((frame[ETHER_TYPE] & 0xff) << 8) | (frame[ETHER_TYPE + 1] & 0xff);
            writeAddress(outgoing.names(), outgoing.name(i), type, batch.interfaceIndex(i));
        }
        batch.clear();
        return sender.send(outgoing, count);
    }

    @Override
    public void wake() {
        wakeup.call();
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
    public void close() {
        if (!closed) {
            closed = true;
            sockets.forEach(NativeSocket::close);
            wakeup.close();
            arena.close();
        }
    }
}
