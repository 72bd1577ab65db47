package io.innkeeper.dhcp;

import io.innkeeper.lease.LeaseReport;
import io.innkeeper.wire.dhcp4.DhcpMessage;
import java.util.List;
import java.util.Locale;

/** What {@link PassThrough} makes of a message. */
public sealed interface PassedOn {
    /**
     * A request to other servers, to be sent from port 67 to port 67.
     *
     * @param message what is sent
     * @param servers to all of these, as 32 bits
     * @param learned what it tells of leases: given back, or nothing
     */
    record ToServers(DhcpMessage message, List<Integer> servers, LeaseReport learned) implements PassedOn {
        /** Copies the list. */
        public ToServers {
            servers = List.copyOf(servers);
        }
    }

    /**
     * A reply to a client.
     *
     * @param message what is sent
     * @param route to where
     * @param learned the lease it grants, or nothing; to be told whether or not the message can be sent
     */
    record ToClient(DhcpMessage message, Route route, LeaseReport learned) implements PassedOn {}

    /** Not handed on, for this reason. */
    record Dropped(Reason reason) implements PassedOn {}

    /** Why a message is not handed on; each is a label of a counter. */
    enum Reason {
        /** Among requests a reply, or among replies a request. */
        WRONG_DIRECTION,
        /** It passed us before: giaddr is one of our addresses. */
        LOOP,
        /** It passed too many relays (RFC 1542 §4.1.1). */
        TOO_MANY_HOPS,
        /** The interface it came by has no IPv4 address, so no server could answer. */
        NO_ADDRESS,
        /** It has no giaddr but option 82, and such are not trusted (RFC 3046 §2.1). */
        UNTRUSTED_RELAY_INFO,
        /** There is no server to hand it on to. */
        NO_SERVER,
        /** A reply of a server that we hand nothing on to. */
        UNKNOWN_SERVER,
        /** A reply for another relay: its giaddr is none of our addresses (RFC 1542 §4.1.2). */
        NOT_OURS;

        /** The name that counters use, lower case with hyphens. */
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
