package io.innkeeper.lan;

import io.innkeeper.property.Samples;
import io.innkeeper.wire.dhcp4.DhcpMessage;
import io.innkeeper.wire.dhcp4.MessageType;
import io.innkeeper.wire.dhcp4.OptionCode;
import io.innkeeper.wire.dhcp4.Options;
import io.innkeeper.wire.net.MacAddress;
import org.jspecify.annotations.Nullable;

/** A client by RFC 2131 §4.4, figure 5; reboots, moves and gives up as its owner likes. */
final class LanClient {
    enum State {
        OFF,
        INIT,
        SELECTING,
        REQUESTING,
        REBOOTING,
        BOUND,
        RENEWING,
        REBINDING
    }

    private static final long RETRY_MS = 4_000;

    /** Longer than any packet is under way: what it sent before has arrived by then, or never will. */
    static final long QUIET_MS = 2 * Lan.LONGEST_MS;

    private final Samples samples;
    private final Lan lan;
    private final boolean sendsId;

    final MacAddress mac;
    State state = State.OFF;
    int link;

    /** The address of its lease; 0 for none. */
    int address;

    /** The end of its lease by its own reckoning: from the time when it first asked (RFC 2131 §4.4.1). */
    long leaseUntilMs;

    private long renewAtMs;
    private long rebindAtMs;
    private int serverId;
    private int offered;
    private int xid;
    private long askedAtMs;
    private int tries;
    private long nextMs;

    LanClient(MacAddress mac, int link, Samples samples, Lan lan) {
        this.mac = mac;
        this.link = link;
        this.samples = samples;
        this.lan = lan;
        this.sendsId = samples.oneIn(3);
        this.nextMs = samples.below(60_000);
    }

    /** True while it may use its address. */
    boolean holds(long nowMs) {
        return address != 0 && nowMs < leaseUntilMs;
    }

    /** Something may be due. */
    void tick(long nowMs) {
        if (address != 0 && nowMs >= leaseUntilMs) {
            address = 0;
            if (state != State.OFF) {
                begin(State.INIT, nowMs);
            }
        }
        if (nowMs < nextMs) {
            return;
        }
        switch (state) {
            case OFF -> begin(address == 0 ? State.INIT : State.REBOOTING, nowMs);
            case INIT -> begin(State.SELECTING, nowMs);
            case SELECTING, REQUESTING, REBOOTING -> retry(nowMs);
            case BOUND -> whim(nowMs);
            case RENEWING, REBINDING -> {
                State next = nowMs >= rebindAtMs ? State.REBINDING : State.RENEWING;
                if (next == state) {
                    send(nowMs);
                } else {
                    begin(next, nowMs);
                }
            }
        }
    }

    private void begin(State next, long nowMs) {
        state = next;
        tries = 0;
        xid = samples.below(Integer.MAX_VALUE);
        askedAtMs = nowMs;
        nextMs = nowMs;
        if (next != State.INIT) {
            send(nowMs);
        }
    }

    private void retry(long nowMs) {
        if (++tries > 3) {
            // RFC 2131 §3.2: who hears nothing after a reboot may go on with its lease.
            if (state == State.REBOOTING && holds(nowMs)) {
                state = State.BOUND;
                nextMs = nowMs + 1_000;
            } else {
                begin(State.INIT, nowMs);
            }
        } else {
            send(nowMs);
        }
    }

    /** Bound: waits for T1, or its owner does something. */
    private void whim(long nowMs) {
        if (nowMs >= renewAtMs) {
            begin(State.RENEWING, nowMs);
            return;
        }
        nextMs = Math.min(renewAtMs, nowMs + 20_000);
        switch (samples.below(40)) {
            case 0 -> {
                lan.toServer(message(MessageType.RELEASE), this, true, nowMs);
                address = 0;
                off(nowMs + QUIET_MS + samples.below(60_000));
            }
            case 1, 2 -> off(nowMs + samples.below(90_000));
            case 3 -> {
                link = 1 - link;
                // On another link its address is no use; it remembers it and asks for it (INIT-REBOOT).
                off(nowMs + samples.below(10_000));
            }
            default -> {}
        }
    }

    private void off(long untilMs) {
        state = State.OFF;
        nextMs = untilMs;
    }

    private void send(long nowMs) {
        nextMs = nowMs + RETRY_MS + samples.below(1_000);
        MessageType type = state == State.SELECTING ? MessageType.DISCOVER : MessageType.REQUEST;
        lan.toServer(message(type), this, state == State.RENEWING, nowMs);
    }

    private DhcpMessage message(MessageType type) {
        Options.Builder options = Options.builder();
        options.put(OptionCode.MESSAGE_TYPE, new byte[] {(byte) type.code()});
        if (sendsId) {
            options.put(OptionCode.CLIENT_ID, ("client " + mac).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        }
        boolean decline = type == MessageType.DECLINE;
        if (state == State.REQUESTING || decline) {
            options.put(OptionCode.REQUESTED_ADDRESS, decline ? address : offered);
            options.put(OptionCode.SERVER_ID, serverId);
        } else if (state == State.REBOOTING) {
            options.put(OptionCode.REQUESTED_ADDRESS, address);
        } else if (type == MessageType.RELEASE) {
            options.put(OptionCode.SERVER_ID, serverId);
        }
        boolean named = state == State.RENEWING || state == State.REBINDING || type == MessageType.RELEASE;
        return new DhcpMessage(
                DhcpMessage.REQUEST,
                1,
                mac,
                0,
                xid,
                0,
                0,
                named && !decline ? address : 0,
                0,
                0,
                0,
                "",
                "",
                options.build());
    }

    /** A reply reaches it. */
    void hears(DhcpMessage reply, long nowMs) {
        MessageType type = reply.type();
        if (reply.xid() != xid || type == null) {
            return;
        }
        if (type == MessageType.OFFER && state == State.SELECTING) {
            serverId = reply.options().address(OptionCode.SERVER_ID);
            offered = reply.yiaddr();
            begin(State.REQUESTING, nowMs);
        } else if (type == MessageType.ACK && asks()) {
            acknowledged(reply, nowMs);
        } else if (type == MessageType.NAK && asks()) {
            address = 0;
            begin(State.INIT, nowMs);
        }
    }

    private boolean asks() {
        return switch (state) {
            case REQUESTING, REBOOTING, RENEWING, REBINDING -> true;
            case OFF, INIT, SELECTING, BOUND -> false;
        };
    }

    private void acknowledged(DhcpMessage ack, long nowMs) {
        long lifetimeMs = 1_000 * ack.options().u32(OptionCode.LEASE_TIME, 0);
        serverId = ack.options().address(OptionCode.SERVER_ID);
        if (nowMs >= askedAtMs + lifetimeMs) {
            return;
        }
        if (lan.isSquatted(ack.yiaddr())) {
            address = ack.yiaddr();
            lan.toServer(message(MessageType.DECLINE), this, false, nowMs);
            address = 0;
            begin(State.INIT, nowMs);
            nextMs = nowMs + 10_000;
            return;
        }
        address = ack.yiaddr();
        leaseUntilMs = askedAtMs + lifetimeMs;
        renewAtMs = askedAtMs + lifetimeMs / 2;
        rebindAtMs = askedAtMs + lifetimeMs * 7 / 8;
        state = State.BOUND;
        nextMs = nowMs + 1;
    }

    @Override
    public String toString() {
        return mac + " " + state + " on link " + link;
    }

    /** Its lease in words, for a failure. */
    @Nullable
    String lease(long nowMs) {
        return holds(nowMs) ? "until " + leaseUntilMs : null;
    }
}
