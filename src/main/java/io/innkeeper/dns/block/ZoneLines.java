package io.innkeeper.dns.block;

import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.dns.NameHash;
import io.innkeeper.wire.dns.Rdata;
import io.innkeeper.wire.dns.RecordType;
import io.innkeeper.wire.net.IpAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The records of a response policy zone (draft-vixie-dnsop-dns-rpz) in the format of master files (RFC 1035 §5). Rules about
 * names are taken; {@code *.name} is for all below it.
 */
final class ZoneLines implements LineForm {
    private static final long DEFAULT_TTL = 60;
    private static final int MAX_FIELDS = 64;
    private static final String PASS = "rpz-passthru.";

    private final NameScan scan;
    private final LineTaker taker;
    private String origin = "";
    private String zone = "";
    private String owner = "";
    private long ttl = DEFAULT_TTL;
    private int open;
    private boolean begun;

    /** The fields of the record at hand: a record may go over several lines in parentheses. */
    private final List<String> fields = new ArrayList<>();

    private boolean blankFirst;

    ZoneLines(NameScan scan, LineTaker taker) {
        this.scan = scan;
        this.taker = taker;
    }

    @Override
    public void line(byte[] bytes, int from, int to) {
        if (!begun) {
            begun = true;
            taker.policyZone();
        }
        if (open == 0) {
            fields.clear();
            // The blanks at the ends are gone from the line at hand, not from the array it stands in.
            blankFirst = from > 0 && (bytes[from - 1] == ' ' || bytes[from - 1] == '\t');
            if (simple(bytes, from, to)) {
                return;
            }
        }
        split(new String(bytes, from, to - from, StandardCharsets.UTF_8));
        if (open == 0 && !fields.isEmpty()) {
            entry();
        } else if (fields.size() > MAX_FIELDS) {
            open = 0;
            taker.reject(RejectReason.RECORD);
        }
    }

    /** {@code name CNAME .}, which nearly all lines of large zones are, without making texts of them. */
    private boolean simple(byte[] bytes, int from, int to) {
        int nameEnd = HostsLines.tokenEnd(bytes, from, to);
        int typeAt = HostsLines.skipBlanks(bytes, nameEnd, to);
        int typeEnd = HostsLines.tokenEnd(bytes, typeAt, to);
        int targetAt = HostsLines.skipBlanks(bytes, typeEnd, to);
        boolean fits = !blankFirst
                && typeEnd - typeAt == 5
                && bytes[typeAt] == 'C'
                && bytes[typeAt + 1] == 'N'
                && bytes[typeAt + 4] == 'E'
                && targetAt < to
                && bytes[targetAt] == '.'
                && (targetAt + 1 == to || bytes[HostsLines.skipBlanks(bytes, targetAt + 1, to)] == ';');
        boolean relative = fits && origin.equals(zone) && bytes[nameEnd - 1] != '.' && bytes[from] != '*';
        if (!relative || isTrigger(bytes, from, nameEnd) || !scan.read(bytes, from, nameEnd)) {
            return false;
        }
        owner = "";
        taker.name(scan.hash(), Scope.EXACT, Effect.BLOCK);
        return true;
    }

    private static boolean isTrigger(byte[] bytes, int from, int to) {
        for (int i = to - 1; i >= from && bytes[i] != '.'; i--) {
            if (bytes[i] == 'r' && to - i > 4 && bytes[i + 1] == 'p' && bytes[i + 2] == 'z' && bytes[i + 3] == '-') {
                return true;
            }
        }
        return false;
    }

    /** Adds the fields of a line; notes parentheses, drops comments. */
    private void split(String line) {
        int at = 0;
        while (at < line.length() && line.charAt(at) != ';') {
            char c = line.charAt(at);
            if (c == '(' || c == ')') {
                open = Math.max(0, open + (c == '(' ? 1 : -1));
                at++;
            } else if (c == ' ' || c == '\t') {
                at++;
            } else {
                int end = fieldEnd(line, at);
                fields.add(line.substring(at, end));
                at = end;
            }
        }
    }

    private static int fieldEnd(String line, int from) {
        boolean quoted = line.charAt(from) == '"';
        int at = from + 1;
        while (at < line.length()) {
            char c = line.charAt(at);
            if (c == '\\') {
                at++;
            } else if (quoted && c == '"') {
                return at + 1;
            } else if (!quoted && " \t;()".indexOf(c) >= 0) {
                return at;
            }
            at++;
        }
        return Math.min(at, line.length());
    }

    private void entry() {
        String first = fields.getFirst();
        if (first.equalsIgnoreCase("$ORIGIN") && fields.size() > 1) {
            origin = absolute(fields.get(1));
        } else if (first.equalsIgnoreCase("$TTL") && fields.size() > 1) {
            ttl = number(fields.get(1)).orElse(DEFAULT_TTL);
        } else if (first.startsWith("$")) {
            taker.reject(RejectReason.RECORD);
        } else {
            record();
        }
    }

    private void record() {
        int at = 0;
        if (!blankFirst) {
            owner = absolute(fields.get(at++));
        }
        long ownTtl = ttl;
        while (at < fields.size() - 1
                && (isClass(fields.get(at)) || number(fields.get(at)).isPresent())) {
            ownTtl = number(fields.get(at)).orElse(ownTtl);
            at++;
        }
        if (at >= fields.size() - 1) {
            taker.reject(RejectReason.RECORD);
            return;
        }
        String type = fields.get(at).toUpperCase(Locale.ROOT);
        if (type.equals("SOA")) {
            zone = owner;
        } else if (!(type.equals("NS") && owner.equals(zone))) {
            rule(type, fields.get(at + 1), ownTtl);
        }
    }

    private void rule(String type, String data, long ownTtl) {
        String trigger = trigger();
        boolean below = trigger.startsWith("*.") || trigger.equals("*");
        String name = below ? trigger.substring(Math.min(2, trigger.length())) : trigger;
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        if (isTrigger(text, 0, text.length)) {
            taker.reject(RejectReason.TRIGGER);
        } else if ((!name.isEmpty() && !scan.read(text, 0, text.length)) || (name.isEmpty() && !below)) {
            taker.reject(name.isEmpty() ? RejectReason.NOT_A_NAME : scan.reason());
        } else {
            long hash = name.isEmpty() ? NameHash.ROOT : scan.hash();
            act(hash, below ? Scope.BELOW : Scope.EXACT, type, data, ownTtl);
        }
    }

    private void act(long hash, Scope scope, String type, String data, long ownTtl) {
        String target = type.equals("CNAME") ? data.toLowerCase(Locale.ROOT) : "";
        if (target.equals(".")) {
            taker.name(hash, scope, Effect.BLOCK);
        } else if (target.equals(PASS)) {
            taker.name(hash, scope, Effect.ALLOW);
        } else {
            answer(type, target, data, ownTtl)
                    .ifPresentOrElse(
                            answer -> taker.special(
                                    hash, new SpecialRule(scope, Effect.BLOCK, Condition.ALWAYS, null, answer)),
                            () -> taker.reject(RejectReason.RECORD));
        }
    }

    private Optional<PolicyAnswer> answer(String type, String target, String data, long ownTtl) {
        return switch (target) {
            case "*." -> Optional.of(new PolicyAnswer.NoData());
            case "rpz-drop." -> Optional.of(new PolicyAnswer.Drop());
            case "rpz-tcp-only." -> Optional.of(new PolicyAnswer.TcpOnly());
            default ->
                local(type, data)
                        .map(rdata -> new PolicyAnswer.Records(List.of(new PolicyAnswer.LocalRecord(
                                RecordType.parse(type).orElse(0), ownTtl, rdata))));
        };
    }

    private Optional<Rdata> local(String type, String data) {
        if (type.equals("CNAME")) {
            return data.startsWith("*")
                    ? Optional.empty()
                    : DnsName.parse(absolute(data)).map(Rdata.Host::new);
        }
        boolean v6 = type.equals("AAAA");
        return v6 || type.equals("A")
                ? IpAddress.parse(data).filter(address -> address.v6() == v6).map(Rdata.Address::new)
                : Optional.empty();
    }

    /** The owner without the name of the zone. */
    private String trigger() {
        String suffix = "." + zone;
        boolean inside = !zone.isEmpty()
                && owner.regionMatches(true, owner.length() - suffix.length(), suffix, 0, suffix.length());
        return inside ? owner.substring(0, owner.length() - suffix.length()) : owner.equals(zone) ? "" : owner;
    }

    /** A name with the origin behind it where it is relative; without the dot at its end. */
    private String absolute(String name) {
        if (name.equals("@")) {
            return origin;
        }
        if (name.endsWith(".") && !name.endsWith("\\.")) {
            return name.substring(0, name.length() - 1);
        }
        return origin.isEmpty() ? name : name + "." + origin;
    }

    private static boolean isClass(String text) {
        return text.equalsIgnoreCase("IN") || text.equalsIgnoreCase("CH") || text.equalsIgnoreCase("HS");
    }

    /** Seconds, or with a unit as BIND reads it: {@code 2h}. */
    private static Optional<Long> number(String text) {
        if (!text.matches("[0-9]{1,9}[smhdwSMHDW]?")) {
            return Optional.empty();
        }
        char unit = Character.toLowerCase(text.charAt(text.length() - 1));
        boolean bare = unit >= '0' && unit <= '9';
        long count = Long.parseLong(bare ? text : text.substring(0, text.length() - 1));
        long seconds = count
                * switch (unit) {
                    case 'm' -> 60;
                    case 'h' -> 3_600;
                    case 'd' -> 86_400;
                    case 'w' -> 604_800;
                    default -> 1;
                };
        return Optional.of(Math.min(seconds, Integer.MAX_VALUE));
    }
}
