package io.innkeeper.wire.dnsmasq;

import io.innkeeper.wire.dnsmasq.LeaseFileContent.Rejected;
import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import io.innkeeper.wire.net.PrintableText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * dnsmasq's lease file ⇄ records. The forms are those of dnsmasq's lease.c:
 *
 * <pre>
 *   expiry mac address name client-id            IPv4
 *   duid hex                                     the server's own, before the IPv6 part
 *   expiry [T]iaid address6 name duid            IPv6
 *   agent-info address hex                       2.92 and later, at the end
 *   vendorclass address hex
 * </pre>
 *
 * The parser never throws; a line that makes no sense is rejected with a reason and the rest still counts.
 */
public final class LeaseFile {
    /** dnsmasq cannot write a longer line: two 255-octet fields in hex, a name of 255, and numbers. */
    static final int MAX_LINE = 2048;

    private static final int SHOWN = 120;
    private static final int MAX_FIELDS = 32;

    private final byte[] bytes;
    private final List<LeaseLine> leases = new ArrayList<>();
    private final Map<IpAddress, Map<String, String>> extras = new LinkedHashMap<>();
    private final List<Rejected> rejected = new ArrayList<>();
    private int rejectedCount;
    private @Nullable ClientId serverDuid;

    /** Where each field of the current line begins and ends. */
    private final int[] starts = new int[MAX_FIELDS];

    private final int[] ends = new int[MAX_FIELDS];
    private int fields;

    private LeaseFile(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Reads a whole lease file. A last line without newline is left out and reported as {@code partial}. */
    public static LeaseFileContent parse(byte[] bytes) {
        return new LeaseFile(bytes).parse();
    }

    /** Reads a whole lease file, its last line too where that has no newline: for a file that nobody is writing. */
    public static LeaseFileContent parseFinished(byte[] bytes) {
        if (bytes.length == 0 || bytes[bytes.length - 1] == '\n') {
            return parse(bytes);
        }
        byte[] finished = Arrays.copyOf(bytes, bytes.length + 1);
        finished[bytes.length] = '\n';
        return parse(finished);
    }

    private LeaseFileContent parse() {
        int from = 0;
        for (int line = 1; from < bytes.length; line++) {
            int to = from;
            while (to < bytes.length && bytes[to] != '\n') {
                to++;
            }
            if (to == bytes.length) {
                break;
            }
            String reason = parseLine(from, to);
            if (reason != null) {
                reject(line, from, to, reason);
            }
            from = to + 1;
        }
        return new LeaseFileContent(leases, serverDuid, extras, rejected, rejectedCount, from < bytes.length);
    }

    private void reject(int line, int from, int to, String reason) {
        rejectedCount++;
        if (rejected.size() < LeaseFileContent.MAX_REJECTED_SHOWN) {
            rejected.add(new Rejected(line, PrintableText.of(bytes, from, Math.min(to, from + SHOWN)), reason));
        }
    }

    /** Takes one line in; returns why it could not be read, or null. */
    private @Nullable String parseLine(int from, int to) {
        if (to - from > MAX_LINE) {
            return "longer than any line dnsmasq writes (" + (to - from) + " bytes)";
        }
        split(from, to);
        if (fields == 0) {
            return null;
        }
        if (fieldIs(0, "duid")) {
            return parseServerDuid();
        }
        if (fieldIs(0, "agent-info") || fieldIs(0, "vendorclass")) {
            return parseExtra();
        }
        return fields < 4 ? "too few fields for a lease: " + fields + " of 5" : parseLease();
    }

    /** Finds the fields; those beyond {@value #MAX_FIELDS} run together in the last one. */
    private void split(int from, int to) {
        fields = 0;
        int i = from;
        while (i < to) {
            while (i < to && isBlank(bytes[i])) {
                i++;
            }
            if (i == to) {
                return;
            }
            if (fields == MAX_FIELDS) {
                ends[MAX_FIELDS - 1] = to;
                return;
            }
            starts[fields] = i;
            while (i < to && !isBlank(bytes[i])) {
                i++;
            }
            ends[fields++] = i;
        }
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '\r';
    }

    private boolean fieldIs(int field, String word) {
        return ends[field] - starts[field] == word.length() && field(field).equals(word);
    }

    private String field(int field) {
        return new String(bytes, starts[field], ends[field] - starts[field], StandardCharsets.ISO_8859_1);
    }

    private @Nullable String parseServerDuid() {
        Optional<ClientId> duid = fields == 2 ? ClientId.parse(field(1)) : Optional.empty();
        duid.ifPresent(found -> serverDuid = found);
        return duid.isPresent() ? null : "not a DUID in hex";
    }

    private @Nullable String parseExtra() {
        Optional<IpAddress> address = fields == 3 ? IpAddress.parse(field(1)) : Optional.empty();
        Optional<ClientId> hex = fields == 3 ? ClientId.parse(field(2)) : Optional.empty();
        if (address.isEmpty() || hex.isEmpty()) {
            return "not an address and hex digits after " + field(0);
        }
        extras.computeIfAbsent(address.get(), any -> new TreeMap<>())
                .put(field(0), hex.get().toString());
        return null;
    }

    private @Nullable String parseLease() {
        long expires = number(0);
        if (expires < 0) {
            return "the first field is not a time";
        }
        Optional<IpAddress> address = IpAddress.parse(field(2));
        if (address.isEmpty()) {
            return "the third field is not an address";
        }
        int last = fields - 1;
        boolean hasClientId = fields > 4;
        ClientId clientId = null;
        if (hasClientId && !fieldIs(last, "*")) {
            clientId = ClientId.parse(field(last)).orElse(null);
            if (clientId == null) {
                return "the client identifier is not hex";
            }
        }
        String name = name(hasClientId ? last - 1 : last);
        return address.get().v6()
                ? addV6(expires, address.get(), name, clientId)
                : addV4(expires, address.get(), name, clientId);
    }

    /** The name is the fourth field; where odd names hold blanks, all up to the client identifier. */
    private @Nullable String name(int lastNameField) {
        return lastNameField == 3 && fieldIs(3, "*") ? null : PrintableText.of(bytes, starts[3], ends[lastNameField]);
    }

    private @Nullable String addV4(
            long expires, IpAddress address, @Nullable String name, @Nullable ClientId clientId) {
        MacAddress mac = null;
        if (!isHardwareTypeAlone(1)) {
            mac = MacAddress.parse(field(1)).orElse(null);
            if (mac == null) {
                return "the second field is not a hardware address";
            }
        }
        leases.add(new LeaseLine(expires, mac, address, name, clientId, null, false));
        return null;
    }

    /** A client without hardware address is written as its type alone: {@code 00-}. */
    private boolean isHardwareTypeAlone(int field) {
        String text = field(field);
        int digits = text.length() - 1;
        return digits > 0
                && digits <= 4
                && text.charAt(digits) == '-'
                && text.chars().limit(digits).allMatch(HexFormat::isHexDigit);
    }

    private @Nullable String addV6(
            long expires, IpAddress address, @Nullable String name, @Nullable ClientId clientId) {
        boolean temporary = bytes[starts[1]] == 'T';
        starts[1] += temporary ? 1 : 0;
        long iaid = number(1);
        if (iaid < 0 || iaid > 0xffff_ffffL) {
            return "the second field of an IPv6 lease is not an IAID";
        }
        leases.add(new LeaseLine(expires, null, address, name, clientId, iaid, temporary));
        return null;
    }

    /** A decimal number of at most 18 digits, or -1. */
    private long number(int field) {
        int length = ends[field] - starts[field];
        if (length == 0 || length > 18) {
            return -1;
        }
        long value = 0;
        for (int i = starts[field]; i < ends[field]; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /** The bytes that dnsmasq would write: IPv4 leases, the server's DUID, IPv6 leases, extras. */
    public static byte[] write(LeaseFileContent content) {
        StringBuilder text = new StringBuilder();
        content.leases().stream().filter(lease -> !lease.address().v6()).forEach(lease -> writeLine(lease, text));
        if (content.serverDuid() != null) {
            text.append("duid ").append(content.serverDuid()).append('\n');
        }
        content.leases().stream().filter(lease -> lease.address().v6()).forEach(lease -> writeLine(lease, text));
        content.extras()
                .forEach((address, extra) ->
                        extra.forEach((kind, hex) -> text.append(kind + " " + address + " " + hex + "\n")));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void writeLine(LeaseLine lease, StringBuilder text) {
        text.append(lease.expires()).append(' ');
        if (lease.address().v6()) {
            text.append(lease.temporary() ? "T" : "").append(lease.iaid() == null ? 0 : lease.iaid());
        } else {
            text.append(lease.mac() == null ? "00-" : lease.mac());
        }
        text.append(' ').append(lease.address());
        text.append(' ').append(lease.name() == null ? "*" : lease.name());
        text.append(' ')
                .append(lease.clientId() == null ? "*" : lease.clientId())
                .append('\n');
    }
}
