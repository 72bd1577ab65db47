package io.innkeeper.api.http;

import io.innkeeper.store.Audit;
import io.innkeeper.store.DeviceQueries;
import io.innkeeper.view.DeviceView;
import io.innkeeper.view.WakeView;
import io.innkeeper.wire.ethernet.WakeOnLan;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Waking devices that sleep. */
public final class WakeRoutes {
    /** Sends a datagram to everybody on the networks of this machine that one of the addresses is in. */
    @FunctionalInterface
    public interface Broadcast {
        /**
         * Sends it.
         *
         * @return the broadcast addresses it went to; empty where no such network is there
         * @throws IOException if it could not be sent
         */
        List<IpAddress> send(byte[] payload, int port, Collection<IpAddress> near) throws IOException;
    }

    private final DeviceQueries devices;
    private final Broadcast broadcast;
    private final Audit audit;
    private final InstantSource clock;

    /** Of devices that the store knows. */
    public WakeRoutes(DeviceQueries devices, Broadcast broadcast, Audit audit, InstantSource clock) {
        this.devices = devices;
        this.broadcast = broadcast;
        this.audit = audit;
        this.clock = clock;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(Route.bare(
                "POST",
                "/api/v1/devices/{mac}/wake",
                "Sends a magic packet (wake-on-LAN) into the network where the device had its last address",
                WakeView.class,
                this::wake));
    }

    private Answer wake(Call call) {
        MacAddress mac = MacAddress.parse(call.path("mac"))
                .filter(MacAddress::isEthernet)
                .orElseThrow(() -> new ProblemException(Problem.badRequest("mac", "not an Ethernet address")));
        DeviceView device = devices.find(mac)
                .orElseThrow(() -> new ProblemException(Problem.notFound("no device " + mac + " was ever seen")));
        List<IpAddress> last = lastAddresses(device);
        List<String> sentTo = send(mac, last).stream().map(IpAddress::toString).toList();
        if (sentTo.isEmpty()) {
            throw cannot((last.isEmpty()
                            ? "it never had an IPv4 address"
                            : "its last address " + last.getFirst() + " is in no network of this machine")
                    + "; a magic packet does not go through routers");
        }
        audit.add(new Audit.Entry(
                clock.instant(), call.remoteAddress(), "wake", device.mac(), String.join(", ", sentTo)));
        return Answer.json(new WakeView(device.mac(), sentTo));
    }

    private List<IpAddress> send(MacAddress mac, List<IpAddress> near) {
        try {
            return broadcast.send(WakeOnLan.write(mac), WakeOnLan.PORT, near);
        } catch (IOException e) {
            throw cannot("the magic packet could not be sent: " + e.getMessage());
        }
    }

    private static ProblemException cannot(String why) {
        return new ProblemException(Problem.of(409, "wake", "The device cannot be woken", why));
    }

    /** The IPv4 addresses it has now; where it has none, the one it had last. */
    private static List<IpAddress> lastAddresses(DeviceView device) {
        List<IpAddress> now = addresses(device, true).toList();
        return now.isEmpty() ? addresses(device, false).limit(1).toList() : now;
    }

    private static Stream<IpAddress> addresses(DeviceView device, boolean onlyCurrent) {
        return device.addresses().stream()
                .filter(address -> address.current() || !onlyCurrent)
                .flatMap(address -> IpAddress.parse(address.address()).stream())
                .filter(address -> !address.v6());
    }
}
