package io.innkeeper.dhcp;

import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.MacAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client would get if it sent a DISCOVER now, and which line of the configuration each thing comes from.
 *
 * @param verdict what would come of it; {@link Outcome.Verdict#PROBING} is not among them
 * @param access the rule that lets it in or keeps it out, or why none does
 * @param network the name of its network; null where no subnet is concerned
 * @param subnet the name of the subnet of the address, or of the one it is in
 * @param pool the name of the pool of the address; null for none
 * @param reservation the line of its reservation; null for none
 * @param address as 32 bits; 0 for none
 * @param why the reason for this address, or for none
 * @param probed true where it would be found out first whether somebody uses the address
 * @param classes the names of the classes that it is in, in the order of the plan
 * @param options all that the configuration says to it, by code; what of it is sent depends on what it asks for
 * @param lifetimeS how long the lease would be, in seconds; 4294967295 for ever
 * @param renewS T1
 * @param rebindS T2
 * @param lifetimeWhere the line of the lifetime
 * @param boot network boot; null for none
 */
public record Explanation(
        Outcome.Verdict verdict,
        String access,
        @Nullable String network,
        @Nullable String subnet,
        @Nullable String pool,
        @Nullable String reservation,
        int address,
        String why,
        boolean probed,
        List<String> classes,
        List<OptionEntry> options,
        long lifetimeS,
        long renewS,
        long rebindS,
        String lifetimeWhere,
        Layer.@Nullable Boot boot) {
    /**
     * About whom.
     *
     * @param mac its hardware address
     * @param clientId what it calls itself; null where it says nothing
     * @param subnet the name of a subnet, such as {@code 192.168.1.0/24}; null to take the one where it holds an address, or
     *     has a reservation, or else the one of {@code link}
     * @param link where it is; null for anywhere: then the first subnet of the plan is meant
     * @param vendorClass option 60; null for none
     */
    public record Question(
            MacAddress mac,
            @Nullable ClientId clientId,
            @Nullable String subnet,
            Arrival.@Nullable Link link,
            @Nullable String vendorClass) {
        /** About a device of which only this is known. */
        public static Question of(MacAddress mac) {
            return new Question(mac, null, null, null, null);
        }
    }

    /** Copies the lists. */
    public Explanation {
        classes = List.copyOf(classes);
        options = List.copyOf(options);
    }
}
