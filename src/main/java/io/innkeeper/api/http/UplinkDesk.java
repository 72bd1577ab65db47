package io.innkeeper.api.http;

import io.innkeeper.feed.rdk.InterfaceState;
import io.innkeeper.feed.rdk.MessageLog;
import io.innkeeper.feed.rdk.tr181.Order;
import io.innkeeper.feed.rdk.tr181.Uplink;
import io.innkeeper.service.CommandResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the API can see and do of the DHCP clients of this machine. */
public interface UplinkDesk {
    /**
     * How the lease monitor is; empty where it is not configured.
     *
     * @param compatibility whose behaviour counts: {@code none} or {@code rdk}
     * @param uplinks the interfaces, by their number
     * @param orders what can be told to clients, because a program is configured for it
     */
    record Status(String compatibility, List<Uplink> uplinks, List<Order> orders) {
        /** Copies the lists. */
        public Status {
            uplinks = List.copyOf(uplinks);
            orders = List.copyOf(orders);
        }

        /** Whether values are those of the RDK DHCP manager, also where they are a fault. */
        public boolean asOriginal() {
            return compatibility.equals("rdk");
        }
    }

    /** How the clients are; empty where the lease monitor is not configured. */
    Optional<Status> status();

    /** Messages of an interface by what became of them. */
    Map<String, Long> messages(InterfaceState state);

    /** The newest messages. */
    MessageLog log();

    /**
     * Tells a client to do something, and waits until the program that does it has ended.
     *
     * @param family 4 or 6; 0 for both
     * @param by who asks, for the audit
     */
    CommandResponse order(Order order, String ifname, int family, String by);
}
