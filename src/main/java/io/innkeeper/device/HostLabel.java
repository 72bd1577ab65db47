package io.innkeeper.device;

import io.innkeeper.wire.net.IpAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** A host name out of what name servers and responders say. What comes from the network is a claim, never more than a label. */
public final class HostLabel {
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?");
    private static final Pattern DIGITS = Pattern.compile("\\d+");

    private HostLabel() {}

    /**
     * The first label of a name; empty where it is none that a host may have (RFC 1123 §2.1: letters, digits, hyphens inside, 1 to
     * 63 of them), is a number, or only spells the address, as providers have it.
     *
     * @param name with dots between its labels, such as {@code printer.local}
     * @param address that the name is of
     */
    public static Optional<String> of(String name, IpAddress address) {
        int dot = name.indexOf('.');
        String label = dot < 0 ? name : name.substring(0, dot);
        boolean usable = LABEL.matcher(label).matches()
                && !DIGITS.matcher(label).matches()
                && !spells(label.toLowerCase(Locale.ROOT), address);
        return usable ? Optional.of(label) : Optional.empty();
    }

    private static boolean spells(String label, IpAddress address) {
        if (address.v6()) {
            return false;
        }
        String[] octets = address.toString().split("\\.", -1);
        String backwards = String.join("-", octets[3], octets[2], octets[1], octets[0]);
        return label.contains(String.join("-", octets)) || label.contains(backwards);
    }
}
