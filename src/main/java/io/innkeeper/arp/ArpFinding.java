package io.innkeeper.arp;

import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that should not be, with the evidence.
 *
 * @param what it is
 * @param interfaceName where
 * @param address the address it is about; one of them for {@link What#MANY_ADDRESSES}
 * @param now who claimed it last
 * @param before who had it; null for {@link What#MANY_ADDRESSES}
 * @param others other addresses that the one who claimed it last has; at most {@link #MOST_OTHERS}
 * @param folded how many more such claims there were since the last finding about it
 */
public record ArpFinding(
        What what,
        String interfaceName,
        IpAddress address,
        Claim now,
        @Nullable Claim before,
        List<IpAddress> others,
        long folded) {
    /** The most other addresses: evidence, not a list. */
    public static final int MOST_OTHERS = 16;

    /** What there is to tell. */
    public enum What {
        /** Two devices answer for one address, both of them now. */
        CONFLICT,
        /** The address of a gateway has moved to another device. */
        GATEWAY_CHANGED,
        /** One device answers for many addresses. */
        MANY_ADDRESSES
    }

    /**
     * A device said that it has the address.
     *
     * @param kind by what
     * @param atMs when, milliseconds since 1970
     */
    public record Claim(MacAddress mac, Hearing.Kind kind, long atMs) {}

    /** Copies the list. */
    public ArpFinding {
        others = List.copyOf(others);
    }
}
