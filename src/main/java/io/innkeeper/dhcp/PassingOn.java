package io.innkeeper.dhcp;

import io.innkeeper.lease.LeaseFact;
import io.innkeeper.lease.LeaseReport;
import io.innkeeper.wire.dhcp4.DhcpMessage;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/** The relay beside the server: sends on what {@link PassThrough} decides, and tells what it learned. For the server's thread. */
public final class PassingOn {
    private static final int SERVER_PORT = 67;

    private final News news;
    private final Supplier<List<Arrival.Link>> links;
    private List<Integer> upstreams;
    private final PassThrough relay;
    private List<Arrival.Link> known = List.of();

    /**
     * A relay to these servers.
     *
     * @param links our links as they are now
     * @param learned leases that earlier runs learned
     */
    public PassingOn(
            News news, Supplier<List<Arrival.Link>> links, List<Integer> upstreams, Collection<LeaseFact> learned) {
        this.news = news;
        this.links = links;
        this.upstreams = List.copyOf(upstreams);
        this.relay = new PassThrough(PassThrough.Settings.of(this.upstreams));
        relay.restore(learned);
    }

    /** To these servers from now on; what was learned from others ends, what was learned from these stays. */
    void to(List<Integer> servers) {
        if (!servers.equals(upstreams)) {
            upstreams = List.copyOf(servers);
            relay.settings(PassThrough.Settings.of(upstreams));
        }
    }

    /** Our addresses come and go. */
    private void look() {
        List<Arrival.Link> now = links.get();
        if (!now.equals(known)) {
            known = now;
            relay.links(now);
        }
    }

    /** True where there is a server to hand requests on to, and so replies may come. */
    boolean isOn() {
        return !upstreams.isEmpty();
    }

    /** Hands a request on; returns how many packets it put. */
    int request(DhcpMessage message, Arrival arrival, DhcpPorts ports, long nowMs) {
        look();
        return put(relay.toServers(message, arrival, nowMs), ports);
    }

    /** Hands a reply on to its client; returns how many packets it put. */
    int reply(DhcpMessage message, Arrival arrival, DhcpPorts ports, long nowMs) {
        look();
        return put(relay.toClient(message, arrival, nowMs), ports);
    }

    private int put(PassedOn passed, DhcpPorts ports) {
        return switch (passed) {
            case PassedOn.ToServers to -> {
                for (int server : to.servers()) {
                    ports.put(to.message(), new Route.Unicast(server, SERVER_PORT), Outcome.LARGEST_SIZE);
                }
                tell(to.learned());
                yield to.servers().size();
            }
            case PassedOn.ToClient to -> {
                ports.put(to.message(), to.route(), Outcome.LARGEST_SIZE);
                tell(to.learned());
                yield 1;
            }
            case PassedOn.Dropped _ -> 0;
        };
    }

    /** Notices learned leases whose end has come. */
    void expire(long nowMs) {
        tell(relay.expire(nowMs));
    }

    private void tell(LeaseReport report) {
        if (!report.isEmpty()) {
            news.learned(report);
        }
    }
}
