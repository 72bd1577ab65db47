package io.innkeeper.wire.dhcp4;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/** {@link DhcpMessage} → octets; the rules are those of {@link DhcpMessage#write}. */
final class MessageWriter {
    /** The longest part of an option (RFC 3396 §6). */
    private static final int PART = 255;

    /** Option 52 with its code and length. */
    private static final int OVERLOAD_SIZE = 3;

    /** Options 53, 54, 51 and 52: a reply without them is none, so option 82 may not take their room. */
    private static final int ESSENTIAL = 3 + 6 + 6 + OVERLOAD_SIZE;

    // Where an option goes. Those of the fields are the bits of option 52.
    private static final int IN_OPTIONS = 0;
    private static final int IN_FILE = 1;
    private static final int IN_SNAME = 2;
    private static final int LEFT_OUT = 4;

    private final DhcpMessage message;
    private final Options options;
    private final byte[] into;
    private final int offset;
    private final int limit;
    private int at;

    MessageWriter(DhcpMessage message, byte[] into, int offset, int limit) {
        Objects.checkIndex(offset, into.length);
        if (limit < DhcpMessage.MIN_LENGTH || limit > into.length - offset) {
            throw new IllegalArgumentException(
                    "the limit is to be from " + DhcpMessage.MIN_LENGTH + " to the end of the array, not " + limit);
        }
        this.message = message;
        this.options = message.options();
        this.into = into;
        this.offset = offset;
        this.limit = limit;
    }

    int write() {
        Arrays.fill(into, offset, offset + DhcpMessage.MIN_LENGTH, (byte) 0);
        fixed();
        at = offset + DhcpMessage.OPTIONS;
        byte[] relay = options.get(OptionCode.RELAY_AGENT);
        int room = limit - DhcpMessage.OPTIONS - 1;
        boolean relayed = relay != null && size(relay) <= room - ESSENTIAL;
        room -= relayed && relay != null ? size(relay) : 0;
        if (total() <= room) {
            for (int i = 0; i < options.size(); i++) {
                if (isPlaced(options.codeAt(i))) {
                    option(options.codeAt(i), options.valueAt(i));
                }
            }
        } else {
            crowded(room);
        }
        if (relayed && relay != null) {
            option(OptionCode.RELAY_AGENT, relay);
        }
        into[at++] = (byte) OptionCode.END;
        return Math.max(at - offset, DhcpMessage.MIN_LENGTH);
    }

    private void fixed() {
        into[offset] = (byte) message.op();
        into[offset + 1] = (byte) message.hardwareType();
        if (message.chaddr() != null) {
            byte[] address = message.chaddr().octets();
            into[offset + 2] = (byte) address.length;
            System.arraycopy(address, 0, into, offset + 28, address.length);
        }
        into[offset + 3] = (byte) message.hops();
        bits(4, message.xid());
        bits(8, message.secs() << 16 | (message.flags() & 0xffff));
        bits(12, message.ciaddr());
        bits(16, message.yiaddr());
        bits(20, message.siaddr());
        bits(24, message.giaddr());
        text(DhcpMessage.SNAME, DhcpMessage.FILE, message.sname());
        text(DhcpMessage.FILE, DhcpMessage.COOKIE, message.file());
        bits(DhcpMessage.COOKIE, DhcpMessage.COOKIE_BITS);
    }

    private void bits(int field, int bits) {
        into[offset + field] = (byte) (bits >>> 24);
        into[offset + field + 1] = (byte) (bits >>> 16);
        into[offset + field + 2] = (byte) (bits >>> 8);
        into[offset + field + 3] = (byte) bits;
    }

    private void text(int from, int to, String text) {
        if (!text.isEmpty()) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            System.arraycopy(utf8, 0, into, offset + from, MessageReader.fitting(utf8, to - from));
        }
    }

    /** The relay's option has its own place, and option 52 is ours to write. */
    private static boolean isPlaced(int code) {
        return code != OptionCode.RELAY_AGENT && code != OptionCode.OVERLOAD;
    }

    private int total() {
        int total = 0;
        for (int i = 0; i < options.size(); i++) {
            total += isPlaced(options.codeAt(i)) ? size(options.valueAt(i)) : 0;
        }
        return total;
    }

    /** With code and length; those again for every 255 octets. */
    private static int size(byte[] value) {
        return value.length + 2 * Math.max(1, (value.length + PART - 1) / PART);
    }

    /** Puts as many options as possible into the option field and the fields that carry no text, the earlier ones first. */
    private void crowded(int room) {
        int file = message.file().isEmpty() ? DhcpMessage.COOKIE - DhcpMessage.FILE - 1 : 0;
        int sname = message.sname().isEmpty() ? DhcpMessage.FILE - DhcpMessage.SNAME - 1 : 0;
        int[] fields = fields(room - OVERLOAD_SIZE, file, sname);
        int[] plain = fields(room, 0, 0);
        if (kept(plain) > kept(fields)) {
            fields = plain;
        }
        int overload = 0;
        for (int field : fields) {
            overload |= field & (IN_FILE | IN_SNAME);
        }
        put(fields, IN_OPTIONS);
        if (overload == 0) {
            return;
        }
        option(OptionCode.OVERLOAD, new byte[] {(byte) overload});
        int end = at;
        if ((overload & IN_FILE) != 0) {
            at = offset + DhcpMessage.FILE;
            put(fields, IN_FILE);
            into[at] = (byte) OptionCode.END;
        }
        if ((overload & IN_SNAME) != 0) {
            at = offset + DhcpMessage.SNAME;
            put(fields, IN_SNAME);
            into[at] = (byte) OptionCode.END;
        }
        at = end;
    }

    /** Where each option goes: to the first of the fields that still has room for the whole of it. */
    private int[] fields(int optionsRoom, int fileRoom, int snameRoom) {
        int inOptions = optionsRoom;
        int inFile = fileRoom;
        int inSname = snameRoom;
        int[] fields = new int[options.size()];
        for (int i = 0; i < fields.length; i++) {
            int size = size(options.valueAt(i));
            fields[i] = LEFT_OUT;
            if (!isPlaced(options.codeAt(i))) {
                continue;
            }
            if (size <= inOptions) {
                fields[i] = IN_OPTIONS;
                inOptions -= size;
            } else if (size <= inFile) {
                fields[i] = IN_FILE;
                inFile -= size;
            } else if (size <= inSname) {
                fields[i] = IN_SNAME;
                inSname -= size;
            }
        }
        return fields;
    }

    /** How many options stand before the first one that is left out. */
    private int kept(int[] fields) {
        int kept = 0;
        while (kept < fields.length && (fields[kept] != LEFT_OUT || !isPlaced(options.codeAt(kept)))) {
            kept++;
        }
        return kept;
    }

    private void put(int[] fields, int field) {
        for (int i = 0; i < fields.length; i++) {
            if (fields[i] == field) {
                option(options.codeAt(i), options.valueAt(i));
            }
        }
    }

    /** One option, in as many parts as it needs (RFC 3396 §6). */
    private void option(int code, byte[] value) {
        int from = 0;
        do {
            int length = Math.min(PART, value.length - from);
            into[at++] = (byte) code;
            into[at++] = (byte) length;
            System.arraycopy(value, from, into, at, length);
            at += length;
            from += length;
        } while (from < value.length);
    }
}
