package io.innkeeper.wire.dhcp4;

import io.innkeeper.wire.net.MacAddress;
import org.jspecify.annotations.Nullable;

/**
 * A DHCPv4 message (RFC 2131 §2). Addresses are 32 bits as an int, 0 for none.
 *
 * @param op {@link #REQUEST} or {@link #REPLY}
 * @param hardwareType of the client's address (ARP hardware types)
 * @param chaddr the client's hardware address; null where its length is 0 (RFC 4390)
 * @param hops how many relays it passed, 0 to 255
 * @param xid the transaction
 * @param secs seconds since the client began, 0 to 65535
 * @param flags 16 bits; see {@link #BROADCAST}
 * @param ciaddr the client's address, where it has one
 * @param yiaddr "your" address
 * @param siaddr the next server to use in network boot
 * @param giaddr the relay
 * @param sname the server's name as text that can be shown, at most 64 octets of UTF-8; empty for none, and where the field
 *     carries options
 * @param file the boot file, likewise, at most 128 octets
 * @param options all of them but 52, those from overloaded fields included (RFC 2132 §9.3)
 */
public record DhcpMessage(
        int op,
        int hardwareType,
        @Nullable MacAddress chaddr,
        int hops,
        int xid,
        int secs,
        int flags,
        int ciaddr,
        int yiaddr,
        int siaddr,
        int giaddr,
        String sname,
        String file,
        Options options)
        implements Parsed {
    /** op of what clients send. */
    public static final int REQUEST = 1;

    /** op of what servers send. */
    public static final int REPLY = 2;

    /** The flag of a client that hears only broadcasts (RFC 2131 §4.1). */
    public static final int BROADCAST = 0x8000;

    /** The longest message that is read, in octets: what fits a jumbo frame. */
    public static final int MAX_LENGTH = 9_216;

    /** The shortest message that is written (RFC 951 §3; RFC 1542 §2.1): some relays and clients drop what is shorter. */
    public static final int MIN_LENGTH = 300;

    /** Where the fields are, in octets from the beginning (RFC 2131 §2). */
    static final int SNAME = 44;

    static final int FILE = 108;
    static final int COOKIE = 236;
    static final int OPTIONS = 240;

    /** The magic cookie before the options (RFC 2131 §3). */
    static final int COOKIE_BITS = 0x63825363;

    /**
     * Reads a message. Total: no octets make it throw. A message without the magic cookie is one of BOOTP whose vendor area
     * means something else (RFC 951 §3, RFC 1533 §2): it has no options. A missing END is tolerated, an option that is cut
     * off is not. Option 52 is obeyed and is not among the options.
     *
     * @param bytes where it is
     * @param offset its first octet
     * @param length how many octets it has
     * @throws IndexOutOfBoundsException if the array has no such part
     */
    public static Parsed parse(byte[] bytes, int offset, int length) {
        return MessageReader.parse(bytes, offset, length);
    }

    /**
     * Writes the message, at least 300 octets of it, the rest of them zero. The options stand in their order, option 82 last
     * (RFC 3046 §2.2). Where they do not fit, {@code file} and {@code sname} take some of them if they carry no text (RFC 2132
     * §9.3); what still does not fit is left out, whole options and the later ones first. So put those first that must go.
     * Room for option 82 is kept before all others but 18 octets, those of options 51 to 54.
     *
     * @param into where to; octets before and behind the message stay as they are
     * @param offset of the first octet
     * @param limit the largest size, at least 300: option 57 less 28 octets of IP and UDP
     * @return how many octets were written, 300 to the limit
     * @throws IllegalArgumentException if the limit is below 300 or beyond the end of the array
     */
    public int write(byte[] into, int offset, int limit) {
        return new MessageWriter(this, into, offset, limit).write();
    }

    /** True where the client asks to be answered by broadcast. */
    public boolean wantsBroadcast() {
        return (flags & BROADCAST) != 0;
    }

    /** What it says; null where there is no such option (BOOTP), or its code is unknown. */
    public @Nullable MessageType type() {
        byte[] value = options.get(OptionCode.MESSAGE_TYPE);
        return value == null || value.length != 1 ? null : MessageType.of(value[0] & 0xff);
    }
}
