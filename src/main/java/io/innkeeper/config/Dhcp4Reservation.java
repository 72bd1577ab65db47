package io.innkeeper.config;

import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An address, a name or options for certain clients.
 *
 * @param name the host name that the client gets; null for none
 * @param mac hardware addresses, of which one must fit
 * @param clientId option 61; null for none
 * @param duid inside the client identifier (RFC 4361); null for none
 * @param circuitId of the relay; null for none
 * @param remoteId of the relay; null for none
 * @param hostname what the client calls itself; null for none
 * @param address null where only name and options are reserved
 * @param level what it says to its clients
 */
@Doc(
        "What is kept for a client. It is known by any of `mac`, `client-id`, `duid`, `circuit-id`, `remote-id` and `hostname`; of `circuit-id` and `remote-id` by both where both are given.")
public record Dhcp4Reservation(
        @Doc("The host name that the client gets.")
        @Matches(pattern = Dhcp4Config.NAME, words = "a name of 1 to 63 letters, digits, '.', '_' or '-'")
        @Nullable
        String name,

        @Doc("Its MAC address, or a list where it has several.") @OneOrMany
        List<MacAddress> mac,

        @Doc("Its client identifier: a text, or octets such as `0x0102` or `01:02`.") @Nullable
        OctetText clientId,

        @Doc("The DUID in its client identifier, in octets.") @Nullable
        OctetText duid,

        @Doc("The circuit-id that the relay adds: a text, or octets.") @Nullable
        OctetText circuitId,

        @Doc("The remote-id that the relay adds: a text, or octets.") @Nullable
        OctetText remoteId,

        @Doc("What the client calls itself.") @Nullable String hostname,

        @Doc("The address; inside or outside the pools.")
        @Matches(pattern = Dhcp4Config.V4, words = "an IPv4 address")
        @Nullable
        IpAddress address,

        @Inline Dhcp4Level level) {

    /** Copies the lists. */
    public Dhcp4Reservation {
        mac = List.copyOf(mac);
    }
}
