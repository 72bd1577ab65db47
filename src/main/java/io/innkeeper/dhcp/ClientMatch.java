package io.innkeeper.dhcp;

import io.innkeeper.wire.net.MacAddress;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A {@link Match} made ready for use. */
final class ClientMatch {
    private final Match match;
    private final MacPattern[] macs;
    private final @Nullable Wildcard vendorClass;
    private final @Nullable Wildcard userClass;
    private final @Nullable Wildcard hostname;
    private final @Nullable Wildcard vendor;
    private final int[] relays;
    private final int[] architectures;
    private final Function<MacAddress, @Nullable String> vendorOf;

    /** Makes a match ready; {@code vendorOf} knows the maker of a device, or null. */
    ClientMatch(Match match, Function<MacAddress, @Nullable String> vendorOf) {
        this.match = match;
        this.vendorOf = vendorOf;
        macs = match.macs().toArray(MacPattern[]::new);
        vendorClass = wildcard(match.vendorClass());
        userClass = wildcard(match.userClass());
        hostname = wildcard(match.hostname());
        vendor = wildcard(match.vendor());
        relays = ints(match.relays());
        architectures = ints(match.architectures());
    }

    private static @Nullable Wildcard wildcard(@Nullable String pattern) {
        return pattern == null ? null : new Wildcard(pattern);
    }

    private static int[] ints(List<Integer> values) {
        return values.stream().mapToInt(Integer::intValue).toArray();
    }

    /** True where it names nothing but single Ethernet addresses. */
    boolean namesSingleMacs() {
        boolean onlyMacs = vendorClass == null
                && userClass == null
                && hostname == null
                && vendor == null
                && relays.length == 0
                && architectures.length == 0
                && match.clientId() == null
                && match.circuitId() == null
                && match.remoteId() == null
                && match.randomMac() == null;
        return onlyMacs && macs.length > 0 && match.macs().stream().allMatch(MacPattern::isSingle);
    }

    /** The patterns of hardware addresses. */
    List<MacPattern> macs() {
        return match.macs();
    }

    /** True where the client is like this in everything that is given. */
    boolean fits(Request client) {
        return fitsHardware(client)
                && (relays.length == 0 || contains(relays, client.message.giaddr()))
                && (match.clientId() == null || Objects.equals(match.clientId(), client.sentClientId()))
                && (match.circuitId() == null || Objects.equals(match.circuitId(), client.circuitId()))
                && (match.remoteId() == null || Objects.equals(match.remoteId(), client.remoteId()))
                && fits(vendorClass, client.vendorClass())
                && (userClass == null || client.hasUserClass(userClass))
                && (hostname == null || fits(hostname, client.hostname()))
                && fitsArchitecture(client);
    }

    private boolean fitsHardware(Request client) {
        MacAddress mac = client.mac;
        if (macs.length == 0 && vendor == null && match.randomMac() == null) {
            return true;
        }
        return mac != null
                && fitsMac(mac)
                && (match.randomMac() == null || match.randomMac() == mac.isLocallyAdministered())
                && (vendor == null || fits(vendor, vendorOf.apply(mac)));
    }

    private boolean fitsMac(MacAddress mac) {
        for (MacPattern pattern : macs) {
            if (pattern.fits(mac)) {
                return true;
            }
        }
        return macs.length == 0;
    }

    private static boolean fits(@Nullable Wildcard pattern, @Nullable String text) {
        return pattern == null || (text != null && pattern.fits(text));
    }

    /** Option 93 is a list of two-octet numbers (RFC 4578 §2.1). */
    private boolean fitsArchitecture(Request client) {
        if (architectures.length == 0) {
            return true;
        }
        byte[] value = client.architectures();
        for (int i = 0; value != null && i + 1 < value.length; i += 2) {
            if (contains(architectures, (value[i] & 0xff) << 8 | (value[i + 1] & 0xff))) {
                return true;
            }
        }
        return false;
    }

    private static boolean contains(int[] values, int wanted) {
        for (int value : values) {
            if (value == wanted) {
                return true;
            }
        }
        return false;
    }
}
