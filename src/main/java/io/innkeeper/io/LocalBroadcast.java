package io.innkeeper.io;

import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.Prefix;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Datagrams to everybody on a network of this machine. Safe for any thread. */
public final class LocalBroadcast {
    /** Networks of one or two addresses have no broadcast address (RFC 3021). */
    private static final int LONGEST = 30;

    private final Supplier<LocalNetworks> networks;

    /** Into these networks, asked anew for each datagram. */
    public LocalBroadcast(Supplier<LocalNetworks> networks) {
        this.networks = networks;
    }

    /**
     * Sends a datagram to everybody on each IPv4 network of this machine that one of the addresses is in.
     *
     * @param port UDP port, 1 to 65535
     * @return the broadcast addresses it went to; empty where no such network is there
     * @throws IOException if it could not be sent into one of them
     */
    public List<IpAddress> send(byte[] payload, int port, Collection<IpAddress> near) throws IOException {
        Map<IpAddress, IpAddress> ways = ways(near);
        for (Map.Entry<IpAddress, IpAddress> way : ways.entrySet()) {
            send(payload, port, way.getKey(), way.getValue());
        }
        return List.copyOf(ways.keySet());
    }

    /** From a broadcast address to our address on that network. */
    private Map<IpAddress, IpAddress> ways(Collection<IpAddress> near) {
        Map<IpAddress, IpAddress> ways = new LinkedHashMap<>();
        for (LocalNetworks.Interface each : networks.get().byIndex().values()) {
            if (each.loopback() || !each.up()) {
                continue;
            }
            for (LocalNetworks.Address ours : each.addresses()) {
                Prefix prefix = new Prefix(ours.address(), ours.prefixLength());
                if (!ours.address().v6()
                        && ours.prefixLength() <= LONGEST
                        && near.stream().anyMatch(prefix::contains)) {
                    ways.putIfAbsent(prefix.last(), ours.address());
                }
            }
        }
        return ways;
    }

    /** From an address of the network, so that it leaves by the right interface. */
    private static void send(byte[] payload, int port, IpAddress to, IpAddress from) throws IOException {
        try (DatagramSocket socket =
                new DatagramSocket(new InetSocketAddress(InetAddress.getByAddress(from.octets()), 0))) {
            socket.setBroadcast(true);
            socket.send(new DatagramPacket(payload, payload.length, InetAddress.getByAddress(to.octets()), port));
        }
    }
}
