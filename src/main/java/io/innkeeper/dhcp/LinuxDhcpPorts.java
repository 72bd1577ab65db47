package io.innkeeper.dhcp;

import io.innkeeper.io.FrameBatch;
import io.innkeeper.io.LinkPort;
import io.innkeeper.io.ReceiveBatch;
import io.innkeeper.io.SendBatch;
import io.innkeeper.io.UdpPort;
import io.innkeeper.wire.dhcp4.DhcpMessage;
import io.innkeeper.wire.dhcp4.OptionCode;
import io.innkeeper.wire.ethernet.EthernetFrame;
import io.innkeeper.wire.ethernet.UdpDatagram;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ports of a server on this machine: one UDP socket for everything, and frames of our own for clients that have no
 * address yet. Without the right to send frames, those clients are answered by broadcast, which nearly all of them hear.
 */
public final class LinuxDhcpPorts implements DhcpPorts {
    private static final int SERVER_PORT = 67;
    private static final int CLIENT_PORT = 68;
    private static final int EVERYBODY = -1;

    private final UdpPort udp;
    private final @Nullable LinkPort link;
    private final ServedLinks links;
    private final ReceiveBatch received = new ReceiveBatch();
    private final SendBatch datagrams = new SendBatch();
    private final FrameBatch frames = new FrameBatch();
    private final byte[] message = new byte[SendBatch.MAX_LENGTH];
    private final byte[] frame = new byte[FrameBatch.MAX_LENGTH];
    private int put;
    private int taken;

    /**
     * Ports that own these sockets.
     *
     * @param link null where frames cannot be sent
     */
    public LinuxDhcpPorts(UdpPort udp, @Nullable LinkPort link, ServedLinks links) {
        this.udp = udp;
        this.link = link;
        this.links = links;
    }

    @Override
    public int receive(int timeoutMs) throws IOException {
        return udp.receive(received, timeoutMs);
    }

    @Override
    public byte[] bytes(int packet) {
        return received.bytes(packet);
    }

    /** A packet that was cut counts as one octet longer than any that is read, so that it is dropped as oversized. */
    @Override
    public int length(int packet) {
        return received.truncated(packet) ? DhcpMessage.MAX_LENGTH + 1 : received.length(packet);
    }

    @Override
    public @Nullable Arrival arrival(int packet) {
        Arrival.Link served = links.link(received.interfaceIndex(packet));
        return served == null ? null : arrival(served, packet);
    }

    @Override
    public Arrival anyArrival(int packet) {
        Arrival.Link served = links.link(received.interfaceIndex(packet));
        return arrival(served == null ? Arrival.Link.NONE : served, packet);
    }

    private Arrival arrival(Arrival.Link link, int packet) {
        return new Arrival(link, received.fromAddress(packet), received.fromPort(packet), received.toAddress(packet));
    }

    @Override
    public void put(DhcpMessage reply, Route route, int maxSize) {
        int length = reply.write(message, 0, maxSize);
        put++;
        switch (route) {
            case Route.Unicast to -> datagram(length, to.address(), to.port(), 0);
            case Route.Broadcast on -> datagram(length, EVERYBODY, CLIENT_PORT, on.interfaceIndex());
            case Route.LinkLayer to -> frame(length, to, reply.options().address(OptionCode.SERVER_ID));
        }
    }

    private void datagram(int length, int address, int port, int interfaceIndex) {
        if (datagrams.isFull()) {
            taken += udp.send(datagrams);
        }
        datagrams.add(message, length, address, port, 0, interfaceIndex);
    }

    private void frame(int length, Route.LinkLayer to, int serverId) {
        ServedLinks.Served from = links.served(to.interfaceIndex());
        if (link == null
                || from == null
                || from.mac() == null
                || length > FrameBatch.MAX_LENGTH - UdpDatagram.HEADERS) {
            datagram(length, EVERYBODY, CLIENT_PORT, to.interfaceIndex());
            return;
        }
        if (frames.isFull()) {
            taken += link.send(frames);
        }
        int source = source(from.link().addresses(), serverId);
        EthernetFrame header = new EthernetFrame(to.mac(), from.mac(), EthernetFrame.IPV4);
        int size =
                UdpDatagram.writeFrame(header, source, SERVER_PORT, to.address(), CLIENT_PORT, message, length, frame);
        frames.add(to.interfaceIndex(), frame, size);
    }

    /** The server identifier where it is an address of the link: clients and filters compare the two. */
    private static int source(List<Integer> addresses, int serverId) {
        return addresses.contains(serverId) ? serverId : addresses.isEmpty() ? 0 : addresses.getFirst();
    }

    @Override
    public int send() {
        if (datagrams.count() > 0) {
            taken += udp.send(datagrams);
        }
        if (link != null && frames.count() > 0) {
            taken += link.send(frames);
        }
        int failures = put - taken;
        put = 0;
        taken = 0;
        return failures;
    }

    @Override
    public void wake() {
        udp.wake();
    }

    @Override
    public void close() {
        udp.close();
        if (link != null) {
            link.close();
        }
    }
}
