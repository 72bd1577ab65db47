package io.innkeeper.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The few DHCPv4 messages (RFC 2131) that a load needs, written by copying a template and changing the bytes that differ, and
 * read where they lie. Addresses are {@code int} bits. Requests are 300 bytes long, the least that relays send (RFC 1542 §2.1).
 */
final class DhcpPackets {
    static final int LENGTH = 300;
    static final int DISCOVER = 1;
    static final int OFFER = 2;
    static final int REQUEST = 3;
    static final int ACK = 5;
    static final int NAK = 6;

    /** What an answer that is none reads as. */
    static final int NO_ANSWER = -1;

    static final int XID = 4;
    static final int CIADDR = 12;
    static final int YIADDR = 16;
    static final int GIADDR = 24;
    static final int CHADDR = 28;
    static final int OPTIONS = 240;

    private static final int COOKIE = 236;
    private static final int MAGIC = 0x63825363;
    private static final int MAC_LOW = CHADDR + 2;
    private static final int TYPE = OPTIONS + 2;
    private static final int SERVER_ID = TYPE + 3;
    private static final int REQUESTED = SERVER_ID + 6;
    private static final int FIRST_MAC = 0x01000000;
    private static final byte[] WISHES = {55, 7, 1, 28, 2, 3, 15, 6, 12};

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;

    private final MemorySegment discover;
    private final MemorySegment request;
    private final MemorySegment renew;

    /** Requests that come through the relay at {@code giaddr}. */
    DhcpPackets(Arena arena, int giaddr) {
        discover = template(arena, giaddr, DISCOVER, 0);
        request = template(arena, giaddr, REQUEST, 12);
        renew = template(arena, giaddr, REQUEST, 0);
        request.set(BYTE, SERVER_ID - 2, (byte) 54);
        request.set(BYTE, SERVER_ID - 1, (byte) 4);
        request.set(BYTE, REQUESTED - 2, (byte) 50);
        request.set(BYTE, REQUESTED - 1, (byte) 4);
    }

    private static MemorySegment template(Arena arena, int giaddr, int type, int gap) {
        MemorySegment packet = arena.allocate(LENGTH, 64);
        packet.set(BYTE, 0, (byte) 1);
        packet.set(BYTE, 1, (byte) 1);
        packet.set(BYTE, 2, (byte) 6);
        packet.set(BYTE, 3, (byte) 1);
        packet.set(INT, GIADDR, giaddr);
        packet.set(BYTE, CHADDR + 1, (byte) 0x0c);
        packet.set(INT, COOKIE, MAGIC);
        packet.set(BYTE, OPTIONS, (byte) 53);
        packet.set(BYTE, OPTIONS + 1, (byte) 1);
        packet.set(BYTE, TYPE, (byte) type);
        MemorySegment.copy(WISHES, 0, packet, BYTE, TYPE + 1L + gap, WISHES.length);
        packet.set(BYTE, TYPE + 1L + gap + WISHES.length, (byte) 255);
        return packet;
    }

    /** The hardware address of a client; number 0 is 00:0c:01:00:00:00. */
    static String mac(int client) {
        int low = FIRST_MAC + client;
        return "00:0c:%02x:%02x:%02x:%02x".formatted(low >>> 24, (low >>> 16) & 0xff, (low >>> 8) & 0xff, low & 0xff);
    }

    void writeDiscover(MemorySegment to, long at, int xid, int client) {
        write(discover, to, at, xid, client);
    }

    /** The REQUEST of a client that chose an offer. */
    void writeRequest(MemorySegment to, long at, int xid, int client, int address, int serverId) {
        write(request, to, at, xid, client);
        to.set(INT, at + SERVER_ID, serverId);
        to.set(INT, at + REQUESTED, address);
    }

    /** The REQUEST of a client that extends its lease; {@code direct} for one that no relay touched. */
    void writeRenew(MemorySegment to, long at, int xid, int client, int address, boolean direct) {
        write(renew, to, at, xid, client);
        to.set(INT, at + CIADDR, address);
        if (direct) {
            to.set(BYTE, at + 3, (byte) 0);
            to.set(INT, at + GIADDR, 0);
        }
    }

    private static void write(MemorySegment template, MemorySegment to, long at, int xid, int client) {
        MemorySegment.copy(template, 0, to, at, LENGTH);
        to.set(INT, at + XID, xid);
        to.set(INT, at + MAC_LOW, FIRST_MAC + client);
    }

    static int xid(MemorySegment from, long at) {
        return from.get(INT, at + XID);
    }

    static int yiaddr(MemorySegment from, long at) {
        return from.get(INT, at + YIADDR);
    }

    /** The number of the client whose hardware address stands in the message. */
    static int client(MemorySegment from, long at) {
        return from.get(INT, at + MAC_LOW) - FIRST_MAC;
    }

    /** The message type of an answer in the upper half, its server identifier (0: none) in the lower; or NO_ANSWER. */
    static long typeAndServer(MemorySegment from, long at, int length) {
        if (length < OPTIONS + 3 || from.get(BYTE, at) != 2 || from.get(INT, at + COOKIE) != MAGIC) {
            return NO_ANSWER;
        }
        long type = 0;
        int server = 0;
        long end = at + length;
        long option = at + OPTIONS;
        while (option + 1 < end && (type == 0 || server == 0)) {
            int code = from.get(BYTE, option);
            int size = from.get(BYTE, option + 1) & 0xff;
            if (code == -1 || option + 2 + size > end) {
                break;
            } else if (code == 53 && size == 1) {
                type = from.get(BYTE, option + 2);
            } else if (code == 54 && size == 4) {
                server = from.get(INT, option + 2);
            }
            option += code == 0 ? 1 : 2 + size;
        }
        return (type << 32) | (server & 0xffffffffL);
    }
}
