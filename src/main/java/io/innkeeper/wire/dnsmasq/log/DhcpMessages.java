package io.innkeeper.wire.dnsmasq.log;

import io.innkeeper.wire.dnsmasq.log.LogEntry.DhcpDetail;
import io.innkeeper.wire.dnsmasq.log.LogEntry.DhcpLine;
import io.innkeeper.wire.dnsmasq.log.LogEntry.Other;
import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What dnsmasq-dhcp writes. */
final class DhcpMessages {
    /** Kinds by length and two letters of their words; one whose place is taken is in the next that is free. */
    private static final @Nullable DhcpKind[] KINDS = kinds();

    private static final int SHORTEST_WORD = 3;

    /** What begins a detail, and the blank behind the number of the transaction; what follows is the text. */
    private static final Map<DhcpTopic, String> DETAILS = details();

    private DhcpMessages() {}

    private static @Nullable DhcpKind[] kinds() {
        @Nullable DhcpKind[] kinds = new DhcpKind[128];
        for (DhcpKind kind : DhcpKind.values()) {
            String word = kind.word();
            int place = place(word.length(), word.charAt(word.length() - 1), word.charAt(word.length() - 3));
            while (kinds[place] != null) {
                place = (place + 1) & (kinds.length - 1);
            }
            kinds[place] = kind;
        }
        return kinds;
    }

    private static int place(int length, int last, int third) {
        return (length * 5 + last * 3 + third * 23) & 127;
    }

    private static Map<DhcpTopic, String> details() {
        Map<DhcpTopic, String> begin = new EnumMap<>(DhcpTopic.class);
        begin.put(DhcpTopic.TAGS, "tags: ");
        begin.put(DhcpTopic.REQUESTED_OPTIONS, "requested options: ");
        begin.put(DhcpTopic.NEXT_SERVER, "next server: ");
        begin.put(DhcpTopic.AVAILABLE_RANGE, "available DHCP range: ");
        begin.put(DhcpTopic.AVAILABLE_SUBNET, "available DHCP subnet: ");
        begin.put(DhcpTopic.VENDOR_CLASS, "vendor class: ");
        begin.put(DhcpTopic.USER_CLASS, "user class: ");
        begin.put(DhcpTopic.CLIENT_NAME, "client provides name: ");
        begin.put(DhcpTopic.CLIENT_MAC, "client MAC address: ");
        begin.put(DhcpTopic.BOOT_FILE, "bootfile name: ");
        begin.put(DhcpTopic.SERVER_NAME, "server name: ");
        begin.put(DhcpTopic.BROADCAST, "broadcast response");
        return begin;
    }

    /** Which message of DHCP it is about; null for another kind of line. */
    static @Nullable DhcpKind kind(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        return at == from ? kindAt(bytes, from, to) : at < to && bytes[at] == ' ' ? kindAt(bytes, at + 1, to) : null;
    }

    /** The kind whose word begins here and has a parenthesis behind it. */
    private static @Nullable DhcpKind kindAt(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && (bytes[at] == '-' || (bytes[at] >= 'A' && bytes[at] <= 'Z'))) {
            at++;
        }
        int length = at - from;
        if (length < SHORTEST_WORD || at == to || bytes[at] != '(') {
            return null;
        }
        int place = place(length, bytes[at - 1], bytes[at - 3]);
        for (DhcpKind kind = KINDS[place]; kind != null; kind = KINDS[place]) {
            if (isWord(kind.word(), bytes, from, length)) {
                return kind;
            }
            place = (place + 1) & (KINDS.length - 1);
        }
        return null;
    }

    private static boolean isWord(String word, byte[] bytes, int from, int length) {
        if (word.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (word.charAt(i) != bytes[from + i]) {
                return false;
            }
        }
        return true;
    }

    static LogEntry parse(MessageText text) {
        int from = text.at;
        long xid = text.takeNumber();
        DhcpKind kind = kindAt(text.bytes, text.at, text.to);
        if (kind != null) {
            text.at += kind.word().length() + 1;
            LogEntry line = line(xid, kind, text);
            if (line != null) {
                return line;
            }
            text.at = from;
            text.takeNumber();
        }
        LogEntry detail = xid >= 0 ? detail(xid, text) : null;
        if (detail != null) {
            return detail;
        }
        LogEntry trouble = TroubleForms.parse(xid, text);
        if (trouble != null) {
            return trouble;
        }
        return xid >= 0 ? new DhcpDetail(xid, DhcpTopic.OTHER, text.rest(), -1, "") : new Other(text.rest());
    }

    /** The line behind {@code DHCPACK(}; null where the parenthesis does not close. */
    private static @Nullable LogEntry line(long xid, DhcpKind kind, MessageText text) {
        int close = text.at;
        while (close < text.to && text.bytes[close] != ')') {
            close++;
        }
        if (close == text.to) {
            return null;
        }
        String iface = text.known(text.at, close);
        text.at = close + 1;
        text.skipBlanks();
        IpAddress address = address(text);
        MacAddress mac = null;
        ClientId duid = null;
        int wordTo = text.wordTo();
        long bits = text.sixPairs(text.at, wordTo);
        if (bits >= 0 && !isDuid(kind, address)) {
            mac = MacAddress.ethernet(bits);
            text.at = wordTo;
        } else if (text.isPairs(text.at, wordTo)) {
            boolean isDuid = isDuid(kind, address);
            duid = isDuid ? text.clientId(text.at, wordTo) : null;
            mac = isDuid ? null : text.mac(text.at, wordTo);
            text.at = wordTo;
        } else {
            text.take("<null>");
        }
        text.skipBlanks();
        if (text.done()) {
            return new DhcpLine(xid, kind, iface, address, mac, duid, null, null);
        }
        boolean named = hasName(kind) && text.wordTo() == text.to;
        String rest = text.rest();
        return new DhcpLine(xid, kind, iface, address, mac, duid, named ? rest : null, named ? null : rest);
    }

    /** The address that comes now, unless it may be a DUID or hardware address that looks like one. */
    private static @Nullable IpAddress address(MessageText text) {
        int wordTo = text.wordTo();
        IpAddress address = text.v4(text.at, wordTo);
        if (address == null && (!text.isPairs(text.at, wordTo) || pairsFollow(text, wordTo))) {
            address = text.address(text.at, wordTo);
        }
        if (address != null) {
            text.at = wordTo;
            text.skipBlanks();
        }
        return address;
    }

    /** True where the word behind this one is a DUID or a hardware address. */
    private static boolean pairsFollow(MessageText text, int wordTo) {
        int next = wordTo;
        while (next < text.to && text.bytes[next] == ' ') {
            next++;
        }
        int nextTo = next;
        while (nextTo < text.to && text.bytes[nextTo] != ' ') {
            nextTo++;
        }
        return text.isPairs(next, nextTo);
    }

    private static boolean isDuid(DhcpKind kind, @Nullable IpAddress address) {
        return switch (kind) {
            case RTR_SOLICIT, RTR_ADVERT, SLAAC_CONFIRM -> false;
            case REQUEST, RELEASE, DECLINE -> address == null || address.v6();
            default -> kind.onlyV6();
        };
    }

    private static boolean hasName(DhcpKind kind) {
        return switch (kind) {
            case ACK, ADVERTISE, REPLY, INFORMATION_REQUEST, SLAAC_CONFIRM -> true;
            default -> false;
        };
    }

    private static @Nullable LogEntry detail(long xid, MessageText text) {
        int from = text.at;
        if (text.take("sent size:") || text.take("nest size:")) {
            DhcpTopic topic = text.bytes[from] == 's' ? DhcpTopic.SENT_OPTION : DhcpTopic.NESTED_OPTION;
            LogEntry option = option(xid, topic, text);
            text.at = from;
            return option;
        }
        for (Map.Entry<DhcpTopic, String> begin : DETAILS.entrySet()) {
            if (text.take(begin.getValue())) {
                return new DhcpDetail(xid, begin.getKey(), text.rest(), -1, "");
            }
        }
        return null;
    }

    /** {@code   4 option: 51 lease-time  1h}; the name may be missing. Null where it is something else. */
    private static @Nullable LogEntry option(long xid, DhcpTopic topic, MessageText text) {
        text.skipBlanks();
        text.takeNumber();
        if (!text.take("option:")) {
            return null;
        }
        text.skipBlanks();
        int numberTo = text.wordTo();
        long number = numberTo < text.to ? text.takeNumber() : lastNumber(text, numberTo);
        return number < 0 || number > 0xffff ? null : value(xid, topic, (int) number, text);
    }

    private static long lastNumber(MessageText text, int numberTo) {
        String digits = text.text(text.at, numberTo);
        text.at = numberTo;
        boolean plain =
                !digits.isEmpty() && digits.length() < 6 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return plain ? Long.parseLong(digits) : LogEntry.NO_NUMBER;
    }

    /** Name and value are two blanks apart; without a name the value follows three blanks after the number. */
    private static LogEntry value(long xid, DhcpTopic topic, int number, MessageText text) {
        boolean unnamed = text.at >= 2 && text.bytes[text.at - 2] == ' ';
        String name = "";
        if (!unnamed) {
            int nameTo = text.wordTo();
            name = text.text(text.at, nameTo);
            text.at = nameTo;
        }
        return new DhcpDetail(xid, topic, text.rest(), number, name);
    }
}
