package io.innkeeper.dns;

import io.innkeeper.wire.dns.DnsMessage;
import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.dns.DnsRecord;
import java.io.IOException;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Records as people write them: lines of a zone file (RFC 1035 §5.1). Reading them is left to dnsjava. */
public final class ZoneLine {
    private ZoneLine() {}

    /** A line that is none. */
    public static final class NotALineException extends Exception {
        private static final long serialVersionUID = 1;

        NotALineException(String message) {
            super(message);
        }
    }

    /**
     * Reads {@code name [ttl] [IN] type data}.
     *
     * @param origin what names without a dot at their end stand in, where they have one label only
     * @param ttlS where the line names none
     * @throws NotALineException if it cannot be read; the message says why
     */
    public static DnsRecord parse(String line, DnsName origin, long ttlS) throws NotALineException {
        String[] words = line.strip().split("\\s+", 2);
        if (words.length < 2) {
            throw new NotALineException("write NAME TYPE DATA, such as: mail.home.arpa MX 10 nas.home.arpa");
        }
        String rest = words[1];
        long ttl = ttlS;
        String[] next = rest.split("\\s+", 2);
        while (next.length == 2 && (next[0].matches("[0-9]{1,9}") || next[0].equalsIgnoreCase("IN"))) {
            ttl = next[0].equalsIgnoreCase("IN") ? ttl : Long.parseLong(next[0]);
            rest = next[1];
            next = rest.split("\\s+", 2);
        }
        int type = Type.value(next[0]);
        if (type < 0 || next.length < 2) {
            throw new NotALineException("'" + next[0] + "' is no type of records, or has no data behind it");
        }
        try {
            Name zone = Name.fromString(origin.absoluteText());
            String owner = words[0].contains(".") && !words[0].endsWith(".") ? words[0] + "." : words[0];
            Name root = Name.root;
            Record record = Record.fromString(Name.fromString(owner, zone), type, DClass.IN, ttl, next[1], root);
            Message carrier = new Message();
            carrier.addRecord(record, Section.ANSWER);
            byte[] wire = carrier.toWire();
            if (DnsMessage.parse(wire, 0, wire.length) instanceof DnsMessage message) {
                return message.answers().getFirst();
            }
            throw new NotALineException("the record cannot be carried in a message");
        } catch (IOException | IllegalArgumentException e) {
            throw new NotALineException(String.valueOf(e.getMessage()));
        }
    }
}
