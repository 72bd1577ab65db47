package io.innkeeper.dhcp;

import io.innkeeper.lease.Binding;
import io.innkeeper.lease.LeaseState;
import io.innkeeper.wire.dhcp4.DhcpMessage;
import io.innkeeper.wire.dhcp4.MessageType;
import io.innkeeper.wire.dhcp4.OptionCode;
import io.innkeeper.wire.net.ClientId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A request that the real server is expected to answer, and what we would have answered. */
final class ShadowedRequest {
    /** What was asked, as far as the answer depends on it. */
    enum Asked {
        DISCOVER,
        REQUEST,
        INFORM,
        BOOTP;

        /** Null for what is not answered. */
        static @Nullable Asked of(DhcpMessage message) {
            return switch (message.type()) {
                case null -> message.options().has(OptionCode.MESSAGE_TYPE) ? null : BOOTP;
                case DISCOVER -> DISCOVER;
                case REQUEST -> REQUEST;
                case INFORM -> INFORM;
                default -> null;
            };
        }
    }

    final Asked asked;
    final Outcome ours;
    final Request request;
    final ClientId client;
    boolean answered;

    ShadowedRequest(Asked asked, Request request, ClientId client, Outcome ours) {
        this.asked = asked;
        this.request = request;
        this.client = client;
        this.ours = ours;
    }

    /** The key of the client among the results. */
    String key() {
        return request.mac != null ? request.mac.toString() : client.toString();
    }

    /** Our answer for people: a message and its address, or silence and why. */
    String oursText() {
        DhcpMessage reply = ours.reply();
        if (reply != null) {
            return ReplyComparison.words(reply);
        }
        String verdict = ours.verdict().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return "silence: " + verdict + (ours.detail().isEmpty() ? "" : ", " + ours.detail());
    }

    /** The lease that an answer of the real server grants; null where it grants none. */
    @Nullable
    Binding granted(DhcpMessage reply, boolean reserved, long nowMs) {
        long lifetimeS = reply.options().u32(OptionCode.LEASE_TIME, -1);
        boolean leases = asked == Asked.REQUEST || asked == Asked.DISCOVER;
        if (!leases || reply.type() != MessageType.ACK || reply.yiaddr() == 0 || lifetimeS < 0) {
            return null;
        }
        return new Binding(
                reply.yiaddr(),
                client,
                request.clientIdSent,
                request.mac,
                LeaseState.ACTIVE,
                reserved,
                nowMs,
                lifetimeS == Binding.INFINITE_S ? Binding.NEVER : nowMs + lifetimeS * 1_000,
                lifetimeS,
                request.hostname(),
                request.traits(),
                request.relayInfo());
    }
}
