package io.innkeeper.lan;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.dhcp.Arrival;
import io.innkeeper.dhcp.Plan;
import io.innkeeper.property.Samples;
import io.innkeeper.wire.dhcp4.DhcpMessage;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Two links, a server on both, and clients. The wire loses, doubles and reorders packets. */
final class Lan {
    /** The longest time that a packet is under way. */
    static final long LONGEST_MS = 1_500;

    static final int SERVER = 0xc0a80101;

    private record UnderWay(
            long atMs,
            int order,
            DhcpMessage message,
            @Nullable Arrival toServer) {}

    private final Samples samples;
    private final PriorityQueue<UnderWay> wire =
            new PriorityQueue<>(Comparator.comparingLong(UnderWay::atMs).thenComparingInt(UnderWay::order));
    private final List<Arrival.Link> links =
            List.of(new Arrival.Link(2, "eth0", List.of(SERVER)), new Arrival.Link(3, "eth1", List.of(0x0a000001)));
    private final Map<MacAddress, LanClient> clients = new HashMap<>();
    private final Set<Integer> squatted = new HashSet<>();
    final LanServer server;
    private final int loss;
    private int order;

    /** A LAN with a server of this plan. */
    Lan(Samples samples, Plan plan, LanStore store, int clientCount) {
        this.samples = samples;
        loss = samples.pick(0, 5, 20);
        server = new LanServer(plan, store, samples, this);
        for (int i = 0; i < clientCount; i++) {
            MacAddress mac = MacAddress.of(1, new byte[] {2, 0, 0, 0, (byte) (i >> 8), (byte) i});
            clients.put(mac, new LanClient(mac, samples.below(2), samples, this));
        }
        for (int i = samples.below(3); i > 0; i--) {
            squatted.add(0xc0a80164 + samples.below(20));
        }
    }

    /** Lets time pass, and checks after every step. */
    void run(long fromMs, long untilMs) {
        long stepMs = 250;
        List<LanClient> all = new ArrayList<>(clients.values());
        for (long ms = fromMs; ms < untilMs; ms += stepMs) {
            for (LanClient client : all) {
                client.tick(ms);
            }
            deliver(ms);
            server.turn(ms);
            checkHolders(ms);
        }
    }

    private void deliver(long nowMs) {
        for (UnderWay next = wire.peek(); next != null && next.atMs <= nowMs; next = wire.peek()) {
            wire.remove();
            if (next.toServer != null) {
                server.arrives(next.message, next.toServer, nowMs);
            } else {
                LanClient client = clients.get(next.message.chaddr());
                assertThat(client).as("a reply to nobody: %s", next.message).isNotNull();
                if (client != null) {
                    client.hears(next.message, nowMs);
                }
            }
        }
    }

    void toServer(DhcpMessage message, LanClient from, boolean unicast, long nowMs) {
        Arrival.Link link = links.get(from.link);
        int to = unicast ? SERVER : -1;
        put(message, new Arrival(link, message.ciaddr(), 68, to), nowMs);
    }

    void toClient(DhcpMessage message, long nowMs) {
        put(message, null, nowMs);
    }

    private void put(DhcpMessage message, @Nullable Arrival toServer, long nowMs) {
        int copies = samples.below(100) < loss ? 0 : samples.oneIn(15) ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            long delayMs = samples.oneIn(4) ? samples.below((int) LONGEST_MS) : samples.below(100);
            wire.add(new UnderWay(nowMs + delayMs, order++, message, toServer));
        }
    }

    /** True where somebody who is not a client of ours has taken the address. */
    boolean isSquatted(int address) {
        return squatted.contains(address);
    }

    /** True where somebody would answer an ARP probe. */
    boolean isUsed(int address, long nowMs) {
        return isSquatted(address)
                || clients.values().stream().anyMatch(client -> client.holds(nowMs) && client.address == address);
    }

    private void checkHolders(long nowMs) {
        Map<Integer, LanClient> holders = new HashMap<>();
        for (LanClient client : clients.values()) {
            if (!client.holds(nowMs)) {
                continue;
            }
            LanClient other = holders.put(client.address, client);
            if (other != null) {
                throw new AssertionError("at %d ms %s is held by %s (%s) and %s (%s); the server says %s"
                        .formatted(
                                nowMs,
                                IpAddress.v4(client.address),
                                client,
                                client.lease(nowMs),
                                other,
                                other.lease(nowMs),
                                server.at(client.address)));
            }
        }
    }

    /** How many clients hold an address now. */
    long bound(long nowMs) {
        return clients.values().stream().filter(client -> client.holds(nowMs)).count();
    }
}
