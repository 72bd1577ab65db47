package io.innkeeper.dns.block;

import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.dns.NameHash;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Makes hashes of names as they stand in lists, without making objects of ordinary ones: letters, digits, {@code -} and
 * {@code _}, with or without the dot at the end. Others are read as people write them, with letters of all scripts.
 */
final class NameScan {
    private final byte[] wire = new byte[DnsName.MAX_LENGTH + 1];
    private final int[] labels = new int[DnsName.MAX_LABELS + 1];
    private long hash;
    private int labelCount;
    private boolean address;

    /** Reads a name; true where it is one. */
    boolean read(byte[] text, int from, int to) {
        address = false;
        int end = to > from + 1 && text[to - 1] == '.' ? to - 1 : to;
        if (end - from > 0 && end - from < DnsName.MAX_LENGTH - 1 && plain(text, from, end)) {
            address = isNumber(text, from, end);
            return !address;
        }
        return other(text, from, end);
    }

    private boolean plain(byte[] text, int from, int end) {
        int at = 0;
        int count = 0;
        int start = from;
        for (int i = from; i <= end; i++) {
            if (i == end || text[i] == '.') {
                int length = i - start;
                if (length == 0 || length > DnsName.MAX_LABEL || count == DnsName.MAX_LABELS) {
                    return false;
                }
                labels[count++] = at;
                wire[at] = (byte) length;
                at += 1 + length;
                start = i + 1;
            } else if (isPlain(text[i])) {
                wire[at + 1 + i - start] = text[i];
            } else {
                return false;
            }
        }
        wire[at] = 0;
        long sum = NameHash.ROOT;
        for (int i = count - 1; i >= 0; i--) {
            sum = NameHash.extend(sum, wire, labels[i]);
        }
        hash = sum;
        labelCount = count;
        return true;
    }

    private static boolean isPlain(byte c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || (c >= 'A' && c <= 'Z');
    }

    /** No top level domain is a number (RFC 3696 §2): it is an address. */
    private static boolean isNumber(byte[] text, int from, int end) {
        for (int i = end - 1; i >= from && text[i] != '.'; i--) {
            if (text[i] < '0' || text[i] > '9') {
                return false;
            }
        }
        return true;
    }

    private boolean other(byte[] text, int from, int end) {
        if (end - from > 4 * DnsName.MAX_LENGTH) {
            return false;
        }
        boolean allAscii = true;
        boolean escaped = false;
        for (int i = from; i < end; i++) {
            address |= text[i] == ':';
            allAscii &= text[i] > ' ';
            escaped |= text[i] == '\\';
        }
        if (address || (allAscii && !escaped)) {
            return false;
        }
        String name = new String(text, from, end - from, StandardCharsets.UTF_8);
        Optional<DnsName> read = escaped ? DnsName.parse(name) : DnsName.typed(name);
        read.ifPresent(one -> {
            hash = NameHash.of(one);
            labelCount = one.labelCount();
        });
        return read.isPresent() && labelCount > 0;
    }

    /** The hash of the name that was read. */
    long hash() {
        return hash;
    }

    int labelCount() {
        return labelCount;
    }

    /** Why the last text was no name. */
    RejectReason reason() {
        return address ? RejectReason.ADDRESS : RejectReason.NOT_A_NAME;
    }
}
