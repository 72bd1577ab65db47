package io.innkeeper.lease;

import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.MacAddress;
import io.innkeeper.wire.net.Octets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An IPv4 address that our own DHCP server bound to a client. Immutable, equal by content; times are milliseconds since 1970.
 * Not a record, because there may be millions: small fields share one, and a hardware address that is the client's identifier
 * is not kept twice.
 */
public final class Binding {
    /** The end of an infinite lease. */
    public static final long NEVER = Long.MAX_VALUE;

    /** The lifetime of an infinite lease on the wire, in seconds. */
    public static final long INFINITE_S = 0xffff_ffffL;

    private static final int STATE_BITS = 3;
    private static final int CLIENT_ID_SENT = 1 << STATE_BITS;
    private static final int FIXED = CLIENT_ID_SENT << 1;
    private static final int CLIENT_IS_MAC = FIXED << 1;
    private static final int FLAG_BITS = 8;

    /** Milliseconds in the upper 56 bits, flags and state in the lower 8. */
    private final long startAndFlags;

    private final long endsAtMs;
    private final int address;
    private final int lifetimeS;
    private final ClientId client;
    private final @Nullable MacAddress otherMac;
    private final @Nullable String hostname;
    private final Traits traits;
    private final @Nullable Octets relayInfo;

    /**
     * A binding.
     *
     * @param address the address, as 32 bits
     * @param client whose it is: the client identifier as sent, else hardware type and address (RFC 2131 §4.2)
     * @param clientIdSent true where the client sent an identifier
     * @param mac the client's hardware address; null where it sent none
     * @param state {@link LeaseState#ACTIVE}; {@link LeaseState#RELEASED} or {@link LeaseState#EXPIRED} where the address is
     *     free again but remembered for this client; {@link LeaseState#DECLINED} where it is set aside until {@code endsAtMs}
     * @param fixed true where a reservation gives this address to this client
     * @param startedAtMs when this binding began, -2⁵⁵ to 2⁵⁵-1
     * @param endsAtMs when it ends or ended; {@link #NEVER} for an infinite lease
     * @param lifetimeS the granted length in seconds, 0 to 4294967295 (RFC 2132 §9.2: the last one is infinite)
     * @param hostname the name the client has with us, where it has one
     * @param traits what it said of itself
     * @param relayInfo the content of option 82 (RFC 3046) of its last request; null where none came
     * @throws IllegalArgumentException if the beginning or the lifetime is out of range
     */
    public Binding(
            int address,
            ClientId client,
            boolean clientIdSent,
            @Nullable MacAddress mac,
            LeaseState state,
            boolean fixed,
            long startedAtMs,
            long endsAtMs,
            long lifetimeS,
            @Nullable String hostname,
            Traits traits,
            @Nullable Octets relayInfo) {
        if ((startedAtMs << FLAG_BITS) >> FLAG_BITS != startedAtMs) {
            throw new IllegalArgumentException("begins out of range: " + startedAtMs);
        }
        if (lifetimeS < 0 || lifetimeS > INFINITE_S) {
            throw new IllegalArgumentException("lifetime out of range: " + lifetimeS);
        }
        boolean clientIsMac = mac != null && client.isHardware(mac);
        this.startAndFlags = (startedAtMs << FLAG_BITS)
                | bits(state)
                | (clientIdSent ? CLIENT_ID_SENT : 0)
                | (fixed ? FIXED : 0)
                | (clientIsMac ? CLIENT_IS_MAC : 0);
        this.endsAtMs = endsAtMs;
        this.address = address;
        this.lifetimeS = (int) lifetimeS;
        this.client = client;
        this.otherMac = clientIsMac ? null : mac;
        this.hostname = hostname;
        this.traits = traits;
        this.relayInfo = relayInfo;
    }

    private static int bits(LeaseState state) {
        return switch (state) {
            case ACTIVE -> 0;
            case RELEASED -> 1;
            case EXPIRED -> 2;
            case DECLINED -> 3;
            case FORGOTTEN -> 4;
        };
    }

    /** The address, as 32 bits. */
    public int address() {
        return address;
    }

    /** Whose it is: the client identifier as sent, else hardware type and address (RFC 2131 §4.2). */
    public ClientId client() {
        return client;
    }

    /** True where the client sent an identifier. */
    public boolean clientIdSent() {
        return (startAndFlags & CLIENT_ID_SENT) != 0;
    }

    /** The client's hardware address; null where it sent none. */
    public @Nullable MacAddress mac() {
        return clientIsMac() ? client.hardware() : otherMac;
    }

    /** Where it stands; see the constructor. */
    public LeaseState state() {
        return switch ((int) startAndFlags & ((1 << STATE_BITS) - 1)) {
            case 0 -> LeaseState.ACTIVE;
            case 1 -> LeaseState.RELEASED;
            case 2 -> LeaseState.EXPIRED;
            case 3 -> LeaseState.DECLINED;
            default -> LeaseState.FORGOTTEN;
        };
    }

    /** True where a reservation gives this address to this client. */
    public boolean fixed() {
        return (startAndFlags & FIXED) != 0;
    }

    /** When this binding began. */
    public long startedAtMs() {
        return startAndFlags >> FLAG_BITS;
    }

    /** When it ends or ended; {@link #NEVER} for an infinite lease. */
    public long endsAtMs() {
        return endsAtMs;
    }

    /** The granted length in seconds, 0 to 4294967295 (RFC 2132 §9.2: the last one is infinite). */
    public long lifetimeS() {
        return Integer.toUnsignedLong(lifetimeS);
    }

    /** The name the client has with us, where it has one. */
    public @Nullable String hostname() {
        return hostname;
    }

    /** What the client said of itself. */
    public Traits traits() {
        return traits;
    }

    /** The content of option 82 (RFC 3046) of its last request; null where none came. */
    public @Nullable Octets relayInfo() {
        return relayInfo;
    }

    /** True while the address is the client's. */
    public boolean isActive() {
        return state() == LeaseState.ACTIVE;
    }

    /** True where the address is free again but remembered for the client. */
    public boolean isEnded() {
        LeaseState state = state();
        return state == LeaseState.RELEASED || state == LeaseState.EXPIRED;
    }

    /** True where the client is known by its hardware address: {@link ClientId#ofHardware} of it is its identifier. */
    boolean clientIsMac() {
        return (startAndFlags & CLIENT_IS_MAC) != 0;
    }

    /** True where both name the same hardware address, or none. */
    boolean sameMac(Binding other) {
        return (clientIsMac() || other.clientIsMac())
                ? Objects.equals(mac(), other.mac())
                : Objects.equals(otherMac, other.otherMac);
    }

    /** The same binding, ended in this way at this time. */
    public Binding ended(LeaseState how, long atMs) {
        return new Binding(
                address,
                client,
                clientIdSent(),
                mac(),
                how,
                fixed(),
                startedAtMs(),
                atMs,
                lifetimeS(),
                hostname,
                traits,
                relayInfo);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Binding that
                && address == that.address
                && startAndFlags == that.startAndFlags
                && endsAtMs == that.endsAtMs
                && lifetimeS == that.lifetimeS
                && client.equals(that.client)
                && Objects.equals(otherMac, that.otherMac)
                && Objects.equals(hostname, that.hostname)
                && traits.equals(that.traits)
                && Objects.equals(relayInfo, that.relayInfo);
    }

    @Override
    public int hashCode() {
        return Objects.hash(address, client, startAndFlags, endsAtMs, lifetimeS, hostname);
    }

    @Override
    public String toString() {
        return "Binding[address=%08x, client=%s, clientIdSent=%s, mac=%s, state=%s, fixed=%s, startedAtMs=%d, endsAtMs=%d, "
                        .formatted(address, client, clientIdSent(), mac(), state(), fixed(), startedAtMs(), endsAtMs)
                + "lifetimeS=%d, hostname=%s, traits=%s, relayInfo=%s]"
                        .formatted(lifetimeS(), hostname, traits, relayInfo);
    }
}
