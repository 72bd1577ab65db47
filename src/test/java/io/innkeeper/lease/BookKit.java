package io.innkeeper.lease;

import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.MacAddress;
import org.jspecify.annotations.Nullable;

/** Short words for tests of {@link BindingBook}. */
public final class BookKit {
    private BookKit() {}

    /** {@code 10.0.0.0} and so many. */
    public static int address(int number) {
        return 0x0a00_0000 + number;
    }

    /** An Ethernet address with this number. */
    public static MacAddress mac(int number) {
        return MacAddress.of(
                MacAddress.ETHERNET,
                new byte[] {2, 0, (byte) (number >> 24), (byte) (number >> 16), (byte) (number >> 8), (byte) number});
    }

    /** The client with that hardware address, which sends no other identifier. */
    public static ClientId client(int number) {
        return ClientId.ofHardware(mac(number));
    }

    /** An active binding from 0 to {@code endsAtMs}. */
    public static Binding binding(int address, int client, long endsAtMs) {
        return binding(address, client, endsAtMs, null);
    }

    /** An active binding with a host name. */
    public static Binding binding(int address, int client, long endsAtMs, @Nullable String hostname) {
        return new Binding(
                address,
                client(client),
                true,
                mac(client),
                LeaseState.ACTIVE,
                false,
                0,
                endsAtMs,
                3600,
                hostname,
                Traits.NONE,
                null);
    }
}
