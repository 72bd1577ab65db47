package io.innkeeper.dhcp;

import io.innkeeper.wire.dhcp4.OptionCode;
import io.innkeeper.wire.dhcp4.Options;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** All that the configuration says to some clients, merged. What of it is sent depends on what they ask for. */
final class OptionSet {
    /** How many request lists are remembered with what they lead to: devices of one kind ask alike. A power of two. */
    private static final int LISTS = 16;

    /** Longer ones are nothing that a device sends; they are not remembered. */
    private static final int LONGEST_KEPT = 255;

    /** What a request list leads to: options in the order in which they are sent. */
    private static final class Selection {
        final byte @Nullable [] asked;
        final int[] codes;
        final byte[][] values;

        Selection(byte @Nullable [] asked, int[] codes, byte[][] values) {
            this.asked = asked;
            this.codes = codes;
            this.values = values;
        }
    }

    /** How long leases run; RFC 2131 §4.3.1. */
    final Layer.Lifetime lifetime;

    /** Network boot; null for none. */
    final Layer.@Nullable Boot boot;

    private final OptionEntry[] entries;
    private final byte[][] values;

    /** By code, the place among the entries plus one; 0 for none. */
    private final short[] places = new short[256];

    private final byte[] mask;
    private final @Nullable Selection[] selections = new @Nullable Selection[LISTS];

    /** Takes options by code; one of them is the subnet mask. */
    OptionSet(SortedMap<Integer, OptionEntry> options, Layer.Lifetime lifetime, Layer.@Nullable Boot boot) {
        this.lifetime = lifetime;
        this.boot = boot;
        Collection<OptionEntry> all = options.values();
        entries = all.toArray(OptionEntry[]::new);
        values = new byte[entries.length][];
        for (int i = 0; i < entries.length; i++) {
            values[i] = entries[i].value().toArray();
            places[entries[i].code()] = (short) (i + 1);
        }
        byte[] found = value(OptionCode.SUBNET_MASK);
        mask = found == null ? new byte[4] : found;
    }

    /** The subnet mask, as it is sent. */
    byte[] mask() {
        return mask;
    }

    /** The value of an option; null where nothing is said of it. */
    byte @Nullable [] value(int code) {
        int place = places[code];
        return place == 0 ? null : values[place - 1];
    }

    /** Everything, by code. */
    List<OptionEntry> entries() {
        return List.of(entries);
    }

    /**
     * Puts what the client asked for, in its order, and then what goes always; the subnet mask is put by the caller, since it
     * comes before all (RFC 2132 §3.3). A client that asks for nothing in particular is sent all.
     */
    void put(byte @Nullable [] asked, Options.Builder into) {
        int slot = asked == null ? 0 : Arrays.hashCode(asked) & (LISTS - 1);
        Selection selection = selections[slot];
        if (selection == null || !Arrays.equals(selection.asked, asked)) {
            selection = select(asked);
            if (asked == null || asked.length <= LONGEST_KEPT) {
                selections[slot] = selection;
            }
        }
        for (int i = 0; i < selection.codes.length; i++) {
            into.put(selection.codes[i], selection.values[i]);
        }
    }

    private Selection select(byte @Nullable [] asked) {
        BitSet put = new BitSet(256);
        put.set(OptionCode.SUBNET_MASK);
        int[] codes = new int[entries.length];
        int count = 0;
        if (asked != null) {
            boolean routes = contains(asked, OptionCode.CLASSLESS_ROUTES) && places[OptionCode.CLASSLESS_ROUTES] != 0;
            if (routes) {
                // RFC 3442: who asks for classless routes and gets them must not look at the routers.
                put.set(OptionCode.ROUTER);
            }
            for (byte each : asked) {
                int code = each & 0xff;
                if (places[code] != 0 && !put.get(code)) {
                    put.set(code);
                    codes[count++] = code;
                }
            }
        }
        for (OptionEntry entry : entries) {
            boolean goes = asked == null ? isForEverybody(entry) : entry.always();
            if (goes && !put.get(entry.code())) {
                put.set(entry.code());
                codes[count++] = entry.code();
            }
        }
        int[] chosen = Arrays.copyOf(codes, count);
        byte[][] their = new byte[count][];
        for (int i = 0; i < count; i++) {
            byte[] value = value(chosen[i]);
            their[i] = value == null ? new byte[0] : value;
        }
        return new Selection(asked, chosen, their);
    }

    /** IPv6-only goes to nobody who does not ask (RFC 8925 §3.3); the double of the routes is for those who know it. */
    private static boolean isForEverybody(OptionEntry entry) {
        return entry.code() != OptionCode.IPV6_ONLY && entry.code() != OptionCode.MICROSOFT_ROUTES;
    }

    private static boolean contains(byte[] codes, int wanted) {
        for (byte code : codes) {
            if ((code & 0xff) == wanted) {
                return true;
            }
        }
        return false;
    }
}
