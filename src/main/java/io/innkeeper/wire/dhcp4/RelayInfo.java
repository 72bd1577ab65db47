package io.innkeeper.wire.dhcp4;

import io.innkeeper.wire.net.Octets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a relay says in option 82 (RFC 3046). A server sends the option back as it came, so its octets are kept.
 *
 * @param raw the whole option
 * @param circuitId sub-option 1: where the client is plugged in; null where not given
 * @param remoteId sub-option 2: who is plugged in there; null where not given
 * @param linkSelection sub-option 5 (RFC 3527): the subnet to take the address from, as 32 bits; 0 where not given
 * @param subscriberId sub-option 6 (RFC 3993); null where not given
 * @param flags sub-option 10 (RFC 5010); 0 where not given, see {@link #UNICAST}
 * @param serverOverride sub-option 11 (RFC 5107): what the server is to call itself, as 32 bits; 0 where not given
 * @param virtualSubnet sub-option 151 (RFC 6607), kept as it is; null where not given
 */
public record RelayInfo(
        Octets raw,
        @Nullable Octets circuitId,
        @Nullable Octets remoteId,
        int linkSelection,
        @Nullable Octets subscriberId,
        int flags,
        int serverOverride,
        @Nullable Octets virtualSubnet) {
    /** Of a message without the option, or with one that cannot be read. */
    public static final RelayInfo NONE = new RelayInfo(Octets.EMPTY, null, null, 0, null, 0, 0, null);

    /** The flag of a relay that had the request by unicast (RFC 5010 §2). */
    public static final int UNICAST = 0x80;

    /**
     * Reads the value of option 82. Total: reading ends where a sub-option is cut off, and those before it count. Of a
     * sub-option that stands twice the first counts; one of a length that its meaning does not allow is passed over.
     */
    public static RelayInfo parse(byte[] option) {
        int at = 0;
        Octets circuitId = null;
        Octets remoteId = null;
        int link = 0;
        Octets subscriberId = null;
        int flags = 0;
        int override = 0;
        Octets virtualSubnet = null;
        while (at + 2 <= option.length) {
            int length = option[at + 1] & 0xff;
            int from = at + 2;
            if (from + length > option.length) {
                break;
            }
            switch (option[at] & 0xff) {
                case 1 -> circuitId = circuitId == null ? octets(option, from, length) : circuitId;
                case 2 -> remoteId = remoteId == null ? octets(option, from, length) : remoteId;
                case 5 -> link = link == 0 && length == 4 ? bits(option, from) : link;
                case 6 -> subscriberId = subscriberId == null ? octets(option, from, length) : subscriberId;
                case 10 -> flags = flags == 0 && length == 1 ? option[from] & 0xff : flags;
                case 11 -> override = override == 0 && length == 4 ? bits(option, from) : override;
                case 151 -> virtualSubnet = virtualSubnet == null ? octets(option, from, length) : virtualSubnet;
                default -> {} // Stays in raw.
            }
            at = from + length;
        }
        return new RelayInfo(
                Octets.of(option), circuitId, remoteId, link, subscriberId, flags, override, virtualSubnet);
    }

    /** Of a message's option 82; {@link #NONE} where it has none. */
    public static RelayInfo of(DhcpMessage message) {
        byte[] option = message.options().get(OptionCode.RELAY_AGENT);
        return option == null ? NONE : parse(option);
    }

    private static Octets octets(byte[] option, int from, int length) {
        return Octets.of(Arrays.copyOfRange(option, from, from + length));
    }

    private static int bits(byte[] option, int at) {
        return (option[at] & 0xff) << 24
                | (option[at + 1] & 0xff) << 16
                | (option[at + 2] & 0xff) << 8
                | (option[at + 3] & 0xff);
    }
}
