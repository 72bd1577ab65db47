package io.innkeeper.store.journal;

import io.innkeeper.lease.Binding;
import io.innkeeper.lease.BindingChange;
import io.innkeeper.lease.LeaseState;
import io.innkeeper.lease.Traits;
import io.innkeeper.property.Samples;
import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.MacAddress;
import io.innkeeper.wire.net.Octets;
import java.util.ArrayList;
import java.util.List;

/** Bindings to store: plain ones by number, odd ones from a seed. */
final class TestingBindings {
    static final long START_MS = 1_795_244_400_123L;

    private TestingBindings() {}

    /** What a client with one usual set of options gets: its number decides address, client and name. */
    static Binding plain(int number) {
        MacAddress mac = MacAddress.of(
                MacAddress.ETHERNET,
                new byte[] {2, 0, (byte) (number >> 24), (byte) (number >> 16), (byte) (number >> 8), (byte) number});
        byte[] client = new byte[7];
        client[0] = 1;
        mac.copyTo(client, 1);
        return new Binding(
                0x0a00_0000 + number,
                ClientId.of(client),
                false,
                mac,
                LeaseState.ACTIVE,
                false,
                START_MS + number,
                START_MS + 43_200_000,
                43_200,
                "client" + number,
                new Traits("android-dhcp-13", null, Octets.of(new byte[] {1, 3, 6, 15, 26, 28, 51, 58, 59, 43})),
                null);
    }

    static Binding renewed(Binding binding, long endsAtMs) {
        return new Binding(
                binding.address(),
                binding.client(),
                binding.clientIdSent(),
                binding.mac(),
                LeaseState.ACTIVE,
                binding.fixed(),
                binding.startedAtMs(),
                endsAtMs,
                binding.lifetimeS(),
                binding.hostname(),
                binding.traits(),
                binding.relayInfo());
    }

    static BindingChange granted(int number) {
        Binding binding = plain(number);
        return new BindingChange(BindingChange.Kind.GRANTED, null, binding, binding.startedAtMs());
    }

    /** A lease of a client whose relay put these octets into option 82. */
    static BindingChange saying(int number, byte[] relayInfo) {
        Binding binding = plain(number);
        Binding said = new Binding(
                binding.address(),
                binding.client(),
                binding.clientIdSent(),
                binding.mac(),
                binding.state(),
                binding.fixed(),
                binding.startedAtMs(),
                binding.endsAtMs(),
                binding.lifetimeS(),
                binding.hostname(),
                binding.traits(),
                Octets.of(relayInfo));
        return new BindingChange(BindingChange.Kind.GRANTED, null, said, said.startedAtMs());
    }

    static List<BindingChange> granted(int from, int to) {
        List<BindingChange> changes = new ArrayList<>();
        for (int i = from; i < to; i++) {
            changes.add(granted(i));
        }
        return changes;
    }

    /** Anything a client may have said, at one of a few hundred addresses on both sides of the sign bit. */
    static BindingChange odd(Samples samples) {
        long startedAtMs = START_MS + samples.below(1_000_000);
        Traits traits = samples.oneIn(3)
                ? Traits.NONE
                : new Traits(
                        samples.oneIn(2) ? samples.text(30).replaceAll("\\p{Cs}", "?") : null,
                        samples.oneIn(2) ? samples.pick("", "iPXE", "日本", "x".repeat(300)) : null,
                        Octets.of(samples.octets(samples.below(20))),
                        Octets.of(samples.octets(samples.below(20))));
        Binding binding = new Binding(
                samples.pick(0x0a00_0000, 0xc0a8_0000, 0, -1 << 9) + samples.below(200),
                samples.clientId(),
                samples.oneIn(2),
                samples.oneIn(5) ? null : samples.mac(),
                samples.pick(LeaseState.values()),
                samples.oneIn(5),
                startedAtMs,
                samples.oneIn(5) ? Binding.NEVER : startedAtMs + samples.below(100_000_000),
                samples.oneIn(5) ? Binding.INFINITE_S : samples.below(1 << 30),
                samples.oneIn(3) ? null : samples.pick("nas", "zoë", "日本", "", "a b\0c", "x".repeat(255)),
                traits,
                samples.oneIn(2) ? null : Octets.of(samples.octets(samples.below(40))));
        return new BindingChange(
                samples.pick(BindingChange.Kind.values()), null, binding, startedAtMs + samples.below(1_000));
    }
}
