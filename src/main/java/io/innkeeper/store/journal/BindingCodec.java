package io.innkeeper.store.journal;

import io.innkeeper.lease.Binding;
import io.innkeeper.lease.BindingChange;
import io.innkeeper.lease.LeaseState;
import io.innkeeper.lease.Traits;
import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.MacAddress;
import io.innkeeper.wire.net.Octets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A change of a binding ⇄ a record of octets, the same in journal and snapshot: length of the rest (4), address (4), kind (1),
 * time (8), then the binding. What is absent takes a bit of the flags and nothing else. A number here means the same in every
 * later version. Belongs to one thread.
 */
final class BindingCodec {
    /** Where the address stands in a record. */
    static final int ADDRESS_AT = 4;

    /** No record has fewer octets. */
    static final int LEAST = 41;

    private static final int CLIENT_ID_SENT = 1;
    private static final int FIXED = 1 << 1;
    private static final int MAC = 1 << 2;
    private static final int HOSTNAME = 1 << 3;
    private static final int VENDOR_CLASS = 1 << 4;
    private static final int USER_CLASS = 1 << 5;
    private static final int PARAMETERS = 1 << 6;
    private static final int RELAY_INFO = 1 << 7;

    /** In the octet of the state, for the flags have no bit left: the form of the client's message stands behind its parameters. */
    private static final int HAS_FORM = 1 << 7;

    /** Among the kinds of traits, where option 82 is none. */
    private static final int FORM = 1 << 7;

    /** Traits seen lately: many clients say the same, and a million bindings should not hold it a million times. */
    private static final int SHARED_TRAITS = 4_096;

    private static final class Shared {
        final byte[] raw;
        final Traits traits;

        Shared(byte[] raw, Traits traits) {
            this.raw = raw;
            this.traits = traits;
        }
    }

    private final @Nullable Shared[] shared = new @Nullable Shared[SHARED_TRAITS];

    static void write(RecordWriter out, BindingChange.Kind kind, long atMs, Binding binding) {
        int start = out.skip(4);
        out.fourOctets(binding.address());
        out.octet(number(kind));
        out.eightOctets(atMs);
        write(out, binding);
        out.setFourOctets(start, out.size() - start - 4);
    }

    private static void write(RecordWriter out, Binding binding) {
        Traits traits = binding.traits();
        Octets parameters = traits.parameterRequestList();
        MacAddress mac = binding.mac();
        Octets relayInfo = binding.relayInfo();
        out.octet(number(binding.state()) | (traits.form().length() == 0 ? 0 : HAS_FORM));
        out.octet((binding.clientIdSent() ? CLIENT_ID_SENT : 0)
                | (binding.fixed() ? FIXED : 0)
                | (mac == null ? 0 : MAC)
                | (binding.hostname() == null ? 0 : HOSTNAME)
                | (traits.vendorClass() == null ? 0 : VENDOR_CLASS)
                | (traits.userClass() == null ? 0 : USER_CLASS)
                | (parameters.length() == 0 ? 0 : PARAMETERS)
                | (relayInfo == null ? 0 : RELAY_INFO));
        out.eightOctets(binding.startedAtMs());
        out.eightOctets(binding.endsAtMs());
        out.fourOctets((int) binding.lifetimeS());
        ClientId client = binding.client();
        out.octet(client.length());
        int idAt = out.skip(client.length()); // before data(), which it may replace by a larger array
        client.copyTo(out.data(), idAt);
        if (mac != null) {
            out.twoOctets(mac.hardwareType());
            out.octet(mac.length());
            int from = out.skip(mac.length());
            mac.copyTo(out.data(), from);
        }
        text(out, binding.hostname());
        text(out, traits.vendorClass());
        text(out, traits.userClass());
        octets(out, parameters.length() == 0 ? null : parameters);
        octets(out, traits.form().length() == 0 ? null : traits.form());
        octets(out, relayInfo);
    }

    private static void text(RecordWriter out, @Nullable String text) {
        if (text != null) {
            out.text(text);
        }
    }

    private static void octets(RecordWriter out, @Nullable Octets octets) {
        if (octets != null) {
            out.count(octets.length());
            int from = out.skip(octets.length());
            octets.copyTo(out.data(), from);
        }
    }

    /**
     * The change whose record begins at the reader's position; its {@code before} is null.
     *
     * @throws DamagedException if it is not one that this version writes
     */
    BindingChange read(RecordReader in) {
        try {
            return change(in);
        } catch (IllegalArgumentException e) {
            throw new DamagedException("the lease journal holds what cannot be: " + e.getMessage());
        }
    }

    private BindingChange change(RecordReader in) {
        int length = in.fourOctets();
        int end = in.position() + length;
        int address = in.fourOctets();
        BindingChange.Kind kind = kind(in.octet());
        long atMs = in.eightOctets();
        Binding after = binding(in, address);
        if (in.position() != end) {
            throw new DamagedException("a record of the lease journal has another length than its content");
        }
        return new BindingChange(kind, null, after, atMs);
    }

    private Binding binding(RecordReader in, int address) {
        int stateAndForm = in.octet();
        LeaseState state = state(stateAndForm & ~HAS_FORM);
        int flags = in.octet();
        long startedAtMs = in.eightOctets();
        long endsAtMs = in.eightOctets();
        long lifetimeS = in.fourOctets() & 0xffff_ffffL;
        int idLength = in.octet();
        int idAt = in.skip(idLength);
        ClientId client = ClientId.of(Arrays.copyOfRange(in.data(), idAt, idAt + idLength));
        MacAddress mac = (flags & MAC) == 0 ? null : mac(in);
        String hostname = (flags & HOSTNAME) == 0 ? null : in.text();
        int kinds = (flags & (VENDOR_CLASS | USER_CLASS | PARAMETERS)) | ((stateAndForm & HAS_FORM) == 0 ? 0 : FORM);
        Traits traits = traits(in, kinds);
        Octets relayInfo = (flags & RELAY_INFO) == 0 ? null : Octets.of(in.octets());
        return new Binding(
                address,
                client,
                (flags & CLIENT_ID_SENT) != 0,
                mac,
                state,
                (flags & FIXED) != 0,
                startedAtMs,
                endsAtMs,
                lifetimeS,
                hostname,
                traits,
                relayInfo);
    }

    private static MacAddress mac(RecordReader in) {
        int type = in.twoOctets();
        int length = in.octet();
        int from = in.skip(length);
        return MacAddress.of(type, Arrays.copyOfRange(in.data(), from, from + length));
    }

    private Traits traits(RecordReader in, int kinds) {
        int from = in.position();
        if (kinds == 0) {
            return Traits.NONE;
        }
        int hash = kinds;
        for (int bit = VENDOR_CLASS; bit <= FORM; bit <<= 1) {
            if ((kinds & bit) != 0) {
                int length = in.count();
                for (int at = in.skip(length), i = 0; i < length; i++) {
                    hash = hash * 31 + in.data()[at + i];
                }
            }
        }
        int slot = (hash ^ hash >>> 16) & SHARED_TRAITS - 1;
        Shared known = shared[slot];
        byte[] data = in.data();
        if (known != null && same(known, kinds, data, from, in.position())) {
            return known.traits;
        }
        byte[] raw = new byte[in.position() - from + 1];
        System.arraycopy(data, from, raw, 0, raw.length - 1);
        raw[raw.length - 1] = (byte) kinds;
        Traits traits = traits(raw, kinds);
        shared[slot] = new Shared(raw, traits);
        return traits;
    }

    private static boolean same(Shared known, int kinds, byte[] data, int from, int to) {
        byte[] raw = known.raw;
        int length = raw.length - 1;
        return raw[length] == (byte) kinds && Arrays.equals(raw, 0, length, data, from, to);
    }

    private static Traits traits(byte[] raw, int kinds) {
        RecordReader in = new RecordReader();
        in.range(raw, 0, raw.length - 1);
        String vendorClass = (kinds & VENDOR_CLASS) == 0 ? null : in.text();
        String userClass = (kinds & USER_CLASS) == 0 ? null : in.text();
        Octets parameters = (kinds & PARAMETERS) == 0 ? Octets.EMPTY : Octets.of(in.octets());
        Octets form = (kinds & FORM) == 0 ? Octets.EMPTY : Octets.of(in.octets());
        return new Traits(vendorClass, userClass, parameters, form);
    }

    private static int number(BindingChange.Kind kind) {
        return switch (kind) {
            case GRANTED -> 1;
            case RENEWED -> 2;
            case RELEASED -> 3;
            case EXPIRED -> 4;
            case DECLINED -> 5;
            case FORGOTTEN -> 6;
        };
    }

    private static BindingChange.Kind kind(int number) {
        return switch (number) {
            case 1 -> BindingChange.Kind.GRANTED;
            case 2 -> BindingChange.Kind.RENEWED;
            case 3 -> BindingChange.Kind.RELEASED;
            case 4 -> BindingChange.Kind.EXPIRED;
            case 5 -> BindingChange.Kind.DECLINED;
            case 6 -> BindingChange.Kind.FORGOTTEN;
            default -> throw unknown("kind of change", number);
        };
    }

    private static int number(LeaseState state) {
        return switch (state) {
            case ACTIVE -> 1;
            case RELEASED -> 2;
            case EXPIRED -> 3;
            case DECLINED -> 4;
            case FORGOTTEN -> 5;
        };
    }

    private static LeaseState state(int number) {
        return switch (number) {
            case 1 -> LeaseState.ACTIVE;
            case 2 -> LeaseState.RELEASED;
            case 3 -> LeaseState.EXPIRED;
            case 4 -> LeaseState.DECLINED;
            case 5 -> LeaseState.FORGOTTEN;
            default -> throw unknown("state", number);
        };
    }

    private static DamagedException unknown(String what, int number) {
        return new DamagedException(
                "the lease journal holds a " + what + " of number " + number + ", which this version does not know");
    }

    /** The kind of change that leads to a binding in this state, for a binding whose story is not known. */
    static BindingChange.Kind kindOf(Binding binding) {
        return switch (binding.state()) {
            case ACTIVE -> BindingChange.Kind.GRANTED;
            case RELEASED, FORGOTTEN -> BindingChange.Kind.RELEASED;
            case EXPIRED -> BindingChange.Kind.EXPIRED;
            case DECLINED -> BindingChange.Kind.DECLINED;
        };
    }
}
