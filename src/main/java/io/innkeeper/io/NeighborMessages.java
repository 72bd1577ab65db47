package io.innkeeper.io;

import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The messages by which the kernel tells its neighbour table (rtnetlink(7), {@code linux/neighbour.h}). */
final class NeighborMessages {
    /** Octets of the question for the whole table. */
    static final int REQUEST = 28;

    private static final int DONE = 3;
    private static final int ERROR = 2;
    private static final int NEW_NEIGHBOR = 28;
    private static final int GET_NEIGHBOR = 30;
    private static final int REQUEST_DUMP = 0x1 | 0x300;

    // struct nlmsghdr { u32 len; u16 type; u16 flags; u32 seq; u32 pid; }
    private static final int HEADER = 16;
    // struct ndmsg { u8 family; u8 pad; u16 pad; s32 ifindex; u16 state; u8 flags; u8 type; }
    private static final int BODY = 12;
    private static final int STATE = 8;
    private static final int FLAGS = 10;
    private static final int ATTRIBUTE = 4;
    private static final int DESTINATION = 1;
    private static final int LINK_ADDRESS = 2;
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int REACHABLE = 0x02;
    private static final int STALE = 0x04;
    private static final int DELAY = 0x08;
    private static final int PROBE = 0x10;
    private static final int ROUTER = 0x80;

    private NeighborMessages() {}

    /** The question. */
    static byte[] request() {
        return ByteBuffer.allocate(REQUEST)
                .order(ByteOrder.nativeOrder())
                .putInt(REQUEST)
                .putShort((short) GET_NEIGHBOR)
                .putShort((short) REQUEST_DUMP)
                .putInt(1)
                .array();
    }

    /**
     * Reads what one receive brought, and adds the neighbours with a hardware address that the kernel learned by asking.
     *
     * @return true where the table ends here, or the kernel refused
     */
    static boolean read(byte[] bytes, int length, List<Neighbor> found) {
        ByteBuffer all = ByteBuffer.wrap(bytes, 0, length).order(ByteOrder.nativeOrder());
        int at = 0;
        while (at + HEADER <= length) {
            int size = all.getInt(at);
            int type = all.getShort(at + 4);
            if (size < HEADER || size > length - at || type == DONE || type == ERROR) {
                return true;
            }
            if (type == NEW_NEIGHBOR && size >= HEADER + BODY) {
                Neighbor one = neighbor(all, at + HEADER, at + size);
                if (one != null) {
                    found.add(one);
                }
            }
            at += (size + 3) & -4;
        }
        return false;
    }

    private static @Nullable Neighbor neighbor(ByteBuffer all, int body, int end) {
        int family = all.get(body);
        int state = all.getShort(body + STATE);
        byte[] address = attribute(all, body + BODY, end, DESTINATION);
        byte[] mac = attribute(all, body + BODY, end, LINK_ADDRESS);
        boolean known = (state & (REACHABLE | STALE | DELAY | PROBE)) != 0;
        boolean fits = (family == AF_INET && address.length == 4) || (family == AF_INET6 && address.length == 16);
        if (!known || !fits || mac.length != 6) {
            return null;
        }
        return new Neighbor(
                all.getInt(body + 4),
                IpAddress.of(address),
                MacAddress.of(MacAddress.ETHERNET, mac),
                (state & REACHABLE) != 0,
                (all.get(body + FLAGS) & ROUTER) != 0);
    }

    /** The content of the first attribute of a type; empty where there is none. */
    private static byte[] attribute(ByteBuffer all, int from, int end, int type) {
        int at = from;
        while (at + ATTRIBUTE <= end) {
            int size = all.getShort(at) & 0xffff;
            if (size < ATTRIBUTE || size > end - at) {
                break;
            }
            if (all.getShort(at + 2) == type) {
                byte[] content = new byte[size - ATTRIBUTE];
                all.get(at + ATTRIBUTE, content);
                return content;
            }
            at += (size + 3) & -4;
        }
        return new byte[0];
    }
}
