package io.innkeeper.wire.dnsmasq.log;

import io.innkeeper.wire.dnsmasq.log.LogEntry.AnswerLine;
import io.innkeeper.wire.dnsmasq.log.LogEntry.Other;
import io.innkeeper.wire.dnsmasq.log.LogEntry.QueryLine;
import io.innkeeper.wire.net.IpAddress;
import org.jspecify.annotations.Nullable;

/** What dnsmasq writes about questions and answers. Used once, for one message. */
final class DnsMessages {
    private final MessageText text;
    private long serial = LogEntry.NO_NUMBER;
    private @Nullable IpAddress client;
    private int port = -1;
    private @Nullable String protocol;

    private DnsMessages(MessageText text) {
        this.text = text;
    }

    static LogEntry parse(MessageText text) {
        int from = text.at;
        LogEntry entry = new DnsMessages(text).read();
        if (entry != null) {
            return entry;
        }
        text.at = from;
        LogEntry trouble = TroubleForms.parse(LogEntry.NO_NUMBER, text);
        text.at = from;
        return trouble == null ? new Other(text.rest()) : trouble;
    }

    private @Nullable LogEntry read() {
        protocol();
        serial = text.takeNumber();
        if (serial >= 0) {
            protocol();
            asker();
        }
        return switch (text.peek()) {
            case 'q' -> text.take("query[") ? query(false) : null;
            case 'a' -> text.take("auth[") ? query(true) : told("auth ", AnswerSource.AUTH, " is ");
            case 'f' -> told("forwarded ", AnswerSource.FORWARDED, " to ");
            case 'r' -> told("reply ", AnswerSource.REPLY, " is ");
            case 'c' -> cachedOrConfig();
            case 'D' -> told("DHCP ", AnswerSource.DHCP, " is ");
            case 'v' -> told("validation ", AnswerSource.VALIDATION, " is ");
            case 'd' -> dnssec();
            case 'i' -> firewall("ipset add ");
            case 'n' -> firewall("nftset add ");
            case '/' -> hosts();
            case 'g', 'e', 's', 'b' -> blocked();
            default -> null;
        };
    }

    /** {@code UDP } or {@code TCP }, with {@code log-queries=proto}. */
    private void protocol() {
        if (text.take("UDP ")) {
            protocol = "UDP";
        } else if (text.take("TCP ")) {
            protocol = "TCP";
        }
    }

    /** {@code 192.168.1.9/53124 }. */
    private void asker() {
        int wordTo = text.wordTo();
        int slash = wordTo - 1;
        int number = 0;
        int scale = 1;
        while (slash > text.at && text.bytes[slash] >= '0' && text.bytes[slash] <= '9' && scale <= 10_000) {
            number += (text.bytes[slash] - '0') * scale;
            scale *= 10;
            slash--;
        }
        if (scale == 1 || slash <= text.at || text.bytes[slash] != '/' || number > 0xffff) {
            return;
        }
        IpAddress address = text.address(text.at, slash);
        if (address != null) {
            client = address;
            port = number;
            text.at = wordTo;
            text.skipBlanks();
        }
    }

    /** What follows {@code query[}. */
    private @Nullable LogEntry query(boolean auth) {
        int close = text.find("] ", text.at);
        int from = close < 0 ? -1 : text.findLast(" from ");
        if (from < close + 2) {
            return null;
        }
        String type = type(text.at, close);
        String name = text.text(close + 2, from);
        IpAddress asked = text.address(from + 6, text.to);
        return new QueryLine(serial, type, name, asked == null ? client : asked, port, protocol, auth);
    }

    private String type(int from, int to) {
        int length = to - from;
        if (length == 1 && text.bytes[from] == 'A') {
            return "A";
        }
        String type = text.text(from, to);
        return type.startsWith("type=") ? "TYPE" + type.substring(5) : type;
    }

    private @Nullable LogEntry told(String word, AnswerSource source, String verb) {
        return text.take(word) ? answer(source, null, verb) : null;
    }

    private @Nullable LogEntry cachedOrConfig() {
        if (text.take("cached ")) {
            return answer(AnswerSource.CACHED, null, " is ");
        }
        if (text.take("cached-stale ")) {
            return answer(AnswerSource.CACHED_STALE, null, " is ");
        }
        return told("config ", AnswerSource.CONFIG, " is ");
    }

    private @Nullable LogEntry dnssec() {
        boolean question = text.take("dnssec-query[") || text.take("dnssec-retry[");
        int close = question ? text.find("] ", text.at) : -1;
        if (close < 0) {
            return null;
        }
        text.at = close + 2;
        return answer(AnswerSource.DNSSEC_QUERY, null, " to ");
    }

    /** {@code name is value (note)}, from here on; the name may be missing. */
    private @Nullable LogEntry answer(AnswerSource source, @Nullable String file, String verb) {
        int verbAt = text.find(verb, Math.max(0, text.at - 1));
        if (verbAt < 0) {
            return null;
        }
        String name = verbAt > text.at ? text.text(text.at, verbAt) : "";
        text.at = verbAt + verb.length();
        int note = text.bytes[text.to - 1] == ')' ? text.find(" (", text.at) : -1;
        String value = text.text(text.at, note < 0 ? text.to : note);
        return new AnswerLine(
                serial,
                source,
                file,
                name,
                value,
                note < 0 ? null : text.text(note + 2, text.to - 1),
                client,
                port,
                protocol);
    }

    /** {@code /etc/hosts name is value}; the path may have blanks. */
    private @Nullable LogEntry hosts() {
        int verb = text.find(" is ", text.at);
        int nameFrom = verb;
        while (nameFrom > text.at && text.bytes[nameFrom - 1] != ' ') {
            nameFrom--;
        }
        if (nameFrom <= text.at) {
            return null;
        }
        String file = text.text(text.at, nameFrom);
        text.at = nameFrom;
        return answer(AnswerSource.HOSTS, file, " is ");
    }

    /** {@code ipset add SET ADDRESS NAME}. */
    private @Nullable LogEntry firewall(String words) {
        if (!text.take(words)) {
            return null;
        }
        int setTo = text.wordTo();
        String set = text.text(text.at, setTo);
        text.at = setTo;
        text.skipBlanks();
        int addressTo = text.wordTo();
        String address = text.text(text.at, addressTo);
        text.at = addressTo;
        String name = text.rest();
        return name.isEmpty()
                ? null
                : new AnswerLine(serial, AnswerSource.FIREWALL_SET, set, name, address, null, client, port, protocol);
    }

    /** What Pi-hole's dnsmasq writes of names that it blocks. */
    private @Nullable LogEntry blocked() {
        for (String words : new String[] {
            "gravity blocked ",
            "exactly denied ",
            "exactly blacklisted ",
            "regex denied ",
            "regex blacklisted ",
            "special domain ",
            "blocked upstream with known address "
        }) {
            if (text.take(words)) {
                return answer(AnswerSource.BLOCKED, words.strip(), " is ");
            }
        }
        return null;
    }
}
