package io.innkeeper.dhcp;

import io.innkeeper.wire.net.Octets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client must be like; everything that is given must fit, and a match with nothing given fits everybody. Texts may
 * have {@code *} for any run of characters and are compared without regard to case.
 *
 * @param macs patterns such as {@code 00:11:22:*} or {@code 00:11:22:33:40:00/44}; empty for any
 * @param vendorClass pattern for option 60
 * @param userClass pattern for option 77
 * @param clientId option 61 exactly
 * @param hostname pattern for option 12 (or the first label of option 81)
 * @param circuitId sub-option 1 of option 82, exactly
 * @param remoteId sub-option 2 of option 82, exactly
 * @param relays addresses of relays (giaddr) as 32 bits; empty for any
 * @param architectures option 93 (RFC 4578 §2.1); empty for any
 * @param vendor pattern for the maker by the IEEE registry
 * @param randomMac true for locally administered addresses only, false for others only; null for any
 */
public record Match(
        List<MacPattern> macs,
        @Nullable String vendorClass,
        @Nullable String userClass,
        @Nullable Octets clientId,
        @Nullable String hostname,
        @Nullable Octets circuitId,
        @Nullable Octets remoteId,
        List<Integer> relays,
        List<Integer> architectures,
        @Nullable String vendor,
        @Nullable Boolean randomMac) {
    /** Copies the lists. */
    public Match {
        macs = List.copyOf(macs);
        relays = List.copyOf(relays);
        architectures = List.copyOf(architectures);
    }
}
