package io.innkeeper.dns.block;

import io.innkeeper.wire.net.IpAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Lines of a hosts file: an address that leads nowhere, and names, each of which is blocked, not what is below it. The names
 * that every hosts file has for its own machine are left out.
 */
final class HostsLines implements LineForm {
    private static final Set<String> OWN = Set.of(
            "localhost",
            "localhost.localdomain",
            "localhost4",
            "localhost6",
            "local",
            "broadcasthost",
            "ip6-localhost",
            "ip6-loopback",
            "ip6-localnet",
            "ip6-mcastprefix",
            "ip6-allnodes",
            "ip6-allrouters",
            "ip6-allhosts",
            "0.0.0.0");

    private static final byte[] NOWHERE = "0.0.0.0".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LOOPBACK = "127.0.0.1".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_OWN = 21;

    private final NameScan scan;
    private final LineTaker taker;

    HostsLines(NameScan scan, LineTaker taker) {
        this.scan = scan;
        this.taker = taker;
    }

    @Override
    public void line(byte[] bytes, int from, int to) {
        if (bytes[from] == '#') {
            return;
        }
        int addressEnd = tokenEnd(bytes, from, to);
        int at = skipBlanks(bytes, addressEnd, to);
        if (at == to || bytes[at] == '#') {
            taker.reject(isAddress(bytes, from, addressEnd) ? RejectReason.NOT_A_NAME : RejectReason.ADDRESS);
            return;
        }
        boolean nowhere = leadsNowhere(bytes, from, addressEnd);
        while (at < to && bytes[at] != '#') {
            int end = tokenEnd(bytes, at, to);
            name(bytes, at, end, nowhere);
            at = skipBlanks(bytes, end, to);
        }
    }

    private void name(byte[] bytes, int from, int to, boolean nowhere) {
        if (isOwn(bytes, from, to)) {
            return;
        }
        if (!nowhere) {
            taker.reject(RejectReason.ADDRESS);
        } else if (scan.read(bytes, from, to)) {
            taker.name(scan.hash(), Scope.EXACT, Effect.BLOCK);
        } else {
            taker.reject(scan.reason());
        }
    }

    private static boolean isOwn(byte[] bytes, int from, int to) {
        // Nearly all names are ruled out by their first letter.
        return to - from <= LONGEST_OWN
                && "lbi0LBI".indexOf(bytes[from]) >= 0
                && OWN.contains(new String(bytes, from, to - from, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT));
    }

    /** True where there is an address, perhaps with an interface behind {@code %}. */
    static boolean isAddress(byte[] bytes, int from, int to) {
        return same(bytes, from, to, NOWHERE)
                || same(bytes, from, to, LOOPBACK)
                || address(bytes, from, to).isPresent();
    }

    private static Optional<IpAddress> address(byte[] bytes, int from, int to) {
        if (to - from < 2 || to - from > 64) {
            return Optional.empty();
        }
        String text = new String(bytes, from, to - from, StandardCharsets.US_ASCII);
        int zone = text.indexOf('%');
        return IpAddress.parse(zone < 0 ? text : text.substring(0, zone));
    }

    private static boolean leadsNowhere(byte[] bytes, int from, int to) {
        if (same(bytes, from, to, NOWHERE) || same(bytes, from, to, LOOPBACK)) {
            return true;
        }
        return address(bytes, from, to).map(HostsLines::leadsNowhere).orElse(false);
    }

    /** 0.0.0.0/8, 127.0.0.0/8, {@code ::} and {@code ::1}. */
    private static boolean leadsNowhere(IpAddress address) {
        long first = address.low() >>> 24;
        return address.v6()
                ? address.high() == 0 && address.low() <= 1 && address.low() >= 0
                : first == 0 || first == 127;
    }

    private static boolean same(byte[] bytes, int from, int to, byte[] text) {
        return Arrays.equals(bytes, from, to, text, 0, text.length);
    }

    static int tokenEnd(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] != ' ' && bytes[at] != '\t') {
            at++;
        }
        return at;
    }

    static int skipBlanks(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && (bytes[at] == ' ' || bytes[at] == '\t')) {
            at++;
        }
        return at;
    }
}
