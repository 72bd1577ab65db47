package io.innkeeper.wire.dns;

import java.util.Arrays;
import java.util.Map;

/**
 * Types whose data we do not look into, but which hold names that others may have compressed (RFC 1035 §3.3, RFC 3597 §4):
 * a pointer means nothing in another message, so the names are written out.
 */
final class OldTypes {
    /**
     * What stands in the data, in order: n a name, s a character string, 2 and 4 so many octets, S the 18 octets before the
     * signer of a SIG, * the rest.
     */
    private static final Map<Integer, String> FORMS = Map.of(
            RecordType.MINFO, "nn",
            RecordType.RP, "nn",
            RecordType.AFSDB, "2n",
            RecordType.RT, "2n",
            RecordType.KX, "2n",
            RecordType.PX, "2nn",
            RecordType.NAPTR, "4sssn",
            RecordType.SIG, "Sn*",
            RecordType.NXT, "n*");

    private static final int SIG_FIXED = 18;

    private OldTypes() {}

    static boolean hasNames(int type) {
        return FORMS.containsKey(type);
    }

    /** The data with whole names. */
    static byte[] expand(WireReader in, int type) {
        // Each name takes at least one octet in, and at most 255 out.
        byte[] all = new byte[in.remaining() + 2 * DnsName.MAX_LENGTH];
        int length = 0;
        for (char part : FORMS.getOrDefault(type, "*").toCharArray()) {
            byte[] octets = part(in, part);
            System.arraycopy(octets, 0, all, length, octets.length);
            length += octets.length;
        }
        return Arrays.copyOf(all, length);
    }

    private static byte[] part(WireReader in, char part) {
        return switch (part) {
            case 'n' -> in.name().octets();
            case 's' -> string(in);
            case '2' -> in.array(2);
            case '4' -> in.array(4);
            case 'S' -> in.array(SIG_FIXED);
            default -> in.array(in.remaining());
        };
    }

    private static byte[] string(WireReader in) {
        byte[] octets = in.string().toArray();
        byte[] string = new byte[1 + octets.length];
        string[0] = (byte) octets.length;
        System.arraycopy(octets, 0, string, 1, octets.length);
        return string;
    }
}
