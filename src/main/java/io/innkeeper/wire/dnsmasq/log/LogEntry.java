package io.innkeeper.wire.dnsmasq.log;

import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What one line of dnsmasq's log says. The forms are those of dnsmasq's sources; docs/dnsmasq-log.md has a table. Whatever is
 * not known, or cut, is {@link Other}: no text makes {@code parse} throw. All texts are printable
 * ({@link io.innkeeper.wire.net.PrintableText}).
 */
public sealed interface LogEntry {
    /** Stands for the number of a transaction or of a question that a line does not tell. */
    long NO_NUMBER = -1;

    /**
     * A message that was received or sent.
     *
     * @param xid the number of the transaction, 0 to 2³²−1 (DHCPv6: 24 bits); {@link #NO_NUMBER} without {@code log-dhcp}
     * @param kind which message
     * @param iface the interface; where relays are listed, all of the text in parentheses
     * @param address the address it is about; null where none is told
     * @param mac the hardware address of the client; null for DHCPv6, and where none is told
     * @param duid the DUID of a DHCPv6 client; null for IPv4. DUIDs of over 100 octets are cut by dnsmasq
     * @param hostname the name the server has for the client (ACK, REPLY, SLAAC-CONFIRM); null for none
     * @param reason what else is told: why not, or what a client says; null for nothing
     */
    record DhcpLine(
            long xid,
            DhcpKind kind,
            String iface,
            @Nullable IpAddress address,
            @Nullable MacAddress mac,
            @Nullable ClientId duid,
            @Nullable String hostname,
            @Nullable String reason)
            implements LogEntry {
        /** True where it is about IPv6. */
        public boolean v6() {
            return kind.onlyV6() || duid != null || (address != null && address.v6());
        }

        /** What went wrong, by kind and reason; null where nothing did. */
        public @Nullable Trouble trouble() {
            return TroubleForms.of(this);
        }
    }

    /**
     * More about the transaction, as {@code log-dhcp} writes it.
     *
     * @param xid the number of the transaction, as in {@link DhcpLine}
     * @param topic what it is about
     * @param text what it says, without what the topic says
     * @param option the number of the option that was sent; -1 for other topics
     * @param name the name that dnsmasq has for that option; empty for other topics and where it has none
     */
    record DhcpDetail(long xid, DhcpTopic topic, String text, int option, String name) implements LogEntry {}

    /**
     * Something went wrong.
     *
     * @param xid the number of the transaction, or {@link #NO_NUMBER}
     * @param what what
     * @param address the address it is about; null for none
     * @param mac the hardware address it is about; null for none
     * @param name the host name it is about; null for none
     * @param iface the interface it is about; null for none
     * @param text the whole message, without the number
     */
    record DhcpTrouble(
            long xid,
            Trouble what,
            @Nullable IpAddress address,
            @Nullable MacAddress mac,
            @Nullable String name,
            @Nullable String iface,
            String text)
            implements LogEntry {}

    /**
     * A question that was asked.
     *
     * @param serial the number of the question, with {@code log-queries=extra}; else {@link #NO_NUMBER}
     * @param type the type of record, such as {@code A} or {@code HTTPS}; {@code type=…} is told by its number, such as {@code TYPE4711}
     * @param name the name, without a dot at its end; {@code .} for the root
     * @param client who asked; null where that cannot be read
     * @param port from which port, with {@code extra}; else -1
     * @param protocol {@code UDP} or {@code TCP}, with {@code log-queries=proto}; else null
     * @param auth true where it is answered from a zone that dnsmasq is the server of
     */
    record QueryLine(
            long serial,
            String type,
            String name,
            @Nullable IpAddress client,
            int port,
            @Nullable String protocol,
            boolean auth)
            implements LogEntry {}

    /**
     * What was done with a question, or an answer to it. One question may have many such lines.
     *
     * @param serial as in {@link QueryLine}
     * @param source what was done
     * @param file the file of hosts, the set of the firewall, or by which list it is blocked; null for others
     * @param name the name it is about; for an answer about an address, the address; {@code error} and {@code result} are dnsmasq's words
     *     for the question as a whole; empty where nothing is told
     * @param value the answer: an address, a name, {@code <CNAME>}, {@code NXDOMAIN}, {@code NODATA-IPv6}, {@code SECURE} …; for what was
     *     handed on, to whom ({@code 1.1.1.1} or {@code 1.1.1.1#5353})
     * @param note what stands in parentheses behind it, such as {@code EDE: blocked}; null for none
     * @param client as in {@link QueryLine}; null without {@code extra}
     * @param port as in {@link QueryLine}
     * @param protocol as in {@link QueryLine}
     */
    record AnswerLine(
            long serial,
            AnswerSource source,
            @Nullable String file,
            String name,
            String value,
            @Nullable String note,
            @Nullable IpAddress client,
            int port,
            @Nullable String protocol)
            implements LogEntry {}

    /**
     * What the TFTP server did.
     *
     * @param outcome what came of it
     * @param file the file's path
     * @param client who wanted it; null where that cannot be read
     */
    record TftpLine(Outcome outcome, String file, @Nullable IpAddress client) implements LogEntry {
        /** What came of it. */
        public enum Outcome {
            SENT,
            FAILED,
            NOT_FOUND
        }
    }

    /**
     * Anything else.
     *
     * @param text the message
     */
    record Other(String text) implements LogEntry {}

    /** What the line says that {@code at} is at. */
    static LogEntry parse(LogLines at) {
        return parse(at.text(), at.program());
    }

    /** What a message says that stands alone, without its head. */
    static LogEntry parse(String message, LogProgram program) {
        byte[] octets = message.getBytes(StandardCharsets.UTF_8);
        return parse(new MessageText().reset(octets, 0, octets.length), program);
    }

    private static LogEntry parse(MessageText text, LogProgram program) {
        text.trim();
        return switch (program) {
            case DNS -> DnsMessages.parse(text);
            case DHCP -> DhcpMessages.parse(text);
            case TFTP -> TftpMessages.parse(text);
            case SCRIPT -> new Other(text.rest());
        };
    }
}
