package io.innkeeper.device;

import io.innkeeper.wire.net.MacAddress;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Who made a device, by the prefix of its hardware address in the IEEE registries MA-L (24 bits), MA-M (28) and MA-S (36).
 * Immutable; about 1.5 MB; a lookup is three binary searches. The format is described in docs/vendors.md.
 */
public final class Vendors {
    /** Name of the class-path resource beside this class that {@link #parse} takes. */
    public static final String RESOURCE = "oui.bin";

    /** The most octets that the data may unpack to. */
    public static final int MAX_UNPACKED = 16 * 1024 * 1024;

    private static final int MAGIC = 0x4f554931; // "OUI1"
    private static final int HEADER = 8;
    private static final int[] REGISTRY_BITS = {24, 28, 36};

    private final byte[] names;
    private final int[] nameEnds;
    private final List<Registry> longestFirst;

    private Vendors(byte[] names, int[] nameEnds, List<Registry> longestFirst) {
        this.names = names;
        this.nameEnds = nameEnds;
        this.longestFirst = longestFirst;
    }

    /** One registry: sorted prefixes, and beside each the number of its vendor's name. */
    private static final class Registry {
        final int bits;
        final long[] prefixes;
        final char[] vendors;

        Registry(int bits, long[] prefixes, char[] vendors) {
            this.bits = bits;
            this.prefixes = prefixes;
            this.vendors = vendors;
        }
    }

    /**
     * The table in these octets.
     *
     * @throws IllegalArgumentException if they are not such a table, with the reason
     */
    public static Vendors parse(byte[] data) {
        try {
            ByteBuffer body = ByteBuffer.wrap(unpack(data));
            int[] ends = nameEnds(body);
            byte[] names = octets(body, ends.length == 0 ? 0 : ends[ends.length - 1]);
            Registry[] registries = new Registry[REGISTRY_BITS.length];
            for (int i = 0; i < registries.length; i++) {
                registries[registries.length - 1 - i] = registry(REGISTRY_BITS[i], body, ends.length);
            }
            if (body.hasRemaining()) {
                throw malformed(body.remaining() + " octets too many");
            }
            return new Vendors(names, ends, List.of(registries));
        } catch (BufferUnderflowException cut) {
            throw malformed("cut off");
        }
    }

    private static byte[] unpack(byte[] data) {
        if (data.length < HEADER || ByteBuffer.wrap(data).getInt() != MAGIC) {
            throw malformed("does not begin with OUI1");
        }
        int length = ByteBuffer.wrap(data).getInt(4);
        if (length < 0 || length > MAX_UNPACKED) {
            throw malformed("claims to unpack to " + length + " octets");
        }
        byte[] body = new byte[length];
        try (Inflater inflater = new Inflater()) {
            inflater.setInput(data, HEADER, data.length - HEADER);
            if (inflater.inflate(body) != length || inflater.inflate(new byte[1]) != 0 || !inflater.finished()) {
                throw malformed("does not unpack to the " + length + " octets it claims");
            }
        } catch (DataFormatException e) {
            throw malformed("cannot be unpacked: " + e.getMessage());
        }
        return body;
    }

    private static int[] nameEnds(ByteBuffer body) {
        int[] ends = new int[count(body, 1)];
        int end = 0;
        for (int i = 0; i < ends.length; i++) {
            end += body.get() & 0xff;
            ends[i] = end;
        }
        return ends;
    }

    private static Registry registry(int bits, ByteBuffer body, int names) {
        int count = count(body, 3);
        long[] prefixes = new long[count];
        long last = -1;
        for (int i = 0; i < count; i++) {
            long step = variable(body);
            last += step;
            if (step == 0 || last >= 1L << bits) {
                throw malformed("prefixes out of order or too long for " + bits + " bits");
            }
            prefixes[i] = last;
        }
        byte[] upper = octets(body, count);
        byte[] lower = octets(body, count);
        char[] vendors = new char[count];
        for (int i = 0; i < count; i++) {
            vendors[i] = (char) ((upper[i] & 0xff) << 8 | (lower[i] & 0xff));
            if (vendors[i] >= names) {
                throw malformed("a prefix has name " + (int) vendors[i] + " of " + names);
            }
        }
        return new Registry(bits, prefixes, vendors);
    }

    /** A number of items that each take at least {@code octetsEach} of what is left: nothing larger is ever allocated. */
    private static int count(ByteBuffer body, int octetsEach) {
        int count = body.getInt();
        if (count < 0 || count > body.remaining() / octetsEach) {
            throw malformed("claims " + count + " items");
        }
        return count;
    }

    /** Seven bits an octet, lowest first; the top bit says that more follow. At most 35 bits, enough for a step. */
    private static long variable(ByteBuffer body) {
        long value = 0;
        for (int shift = 0; shift < 42; shift += 7) {
            byte octet = body.get();
            value |= (octet & 0x7fL) << shift;
            if (octet >= 0) {
                return value;
            }
        }
        throw malformed("a number without an end");
    }

    private static byte[] octets(ByteBuffer body, int count) {
        if (count > body.remaining()) {
            throw malformed("cut off");
        }
        byte[] octets = new byte[count];
        body.get(octets);
        return octets;
    }

    private static IllegalArgumentException malformed(String why) {
        return new IllegalArgumentException("vendor data (" + RESOURCE + ") is damaged: " + why);
    }

    /** How many prefixes it knows. */
    public int size() {
        return longestFirst.stream()
                .mapToInt(registry -> registry.prefixes.length)
                .sum();
    }

    /**
     * The registered name behind the longest matching prefix. Null where no prefix matches, for addresses that software made
     * up (see {@link MacAddress#isLocallyAdministered}), and for hardware other than Ethernet.
     */
    public @Nullable String vendorOf(MacAddress mac) {
        if (!mac.isEthernet() || mac.isLocallyAdministered()) {
            return null;
        }
        for (Registry registry : longestFirst) {
            int at = Arrays.binarySearch(registry.prefixes, mac.prefix(registry.bits));
            if (at >= 0) {
                return name(registry.vendors[at]);
            }
        }
        return null;
    }

    private String name(int number) {
        int from = number == 0 ? 0 : nameEnds[number - 1];
        return new String(names, from, nameEnds[number] - from, StandardCharsets.UTF_8);
    }
}
