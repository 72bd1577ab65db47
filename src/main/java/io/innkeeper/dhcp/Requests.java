package io.innkeeper.dhcp;

import io.innkeeper.dhcp.Outcome.Verdict;
import io.innkeeper.lease.Binding;
import io.innkeeper.lease.BindingBook;
import io.innkeeper.wire.dhcp4.DhcpMessage;
import io.innkeeper.wire.dhcp4.OptionCode;
import org.jspecify.annotations.Nullable;

/** Answers REQUEST: RFC 2131 §4.3.2, told apart by table 4. */
final class Requests {
    /** What a REQUEST is. */
    enum Kind {
        SELECTING,
        INIT_REBOOT,
        /** By unicast, before T2. */
        RENEWING,
        /** By broadcast or a relay, after T2. */
        REBINDING,
        /** Neither an address asked for nor one of its own; or two different ones. */
        CONTRADICTORY
    }

    private final BindingBook book;
    private final boolean authoritative;
    private final AddressChoice choice;
    private final Grants grants;
    private final Replies replies;

    Requests(BindingBook book, boolean authoritative, AddressChoice choice, Grants grants, Replies replies) {
        this.book = book;
        this.authoritative = authoritative;
        this.choice = choice;
        this.grants = grants;
        this.replies = replies;
    }

    /** Tells the kinds apart. Clients that name us again when they renew are understood by their {@code ciaddr}. */
    static Kind kind(Request request) {
        DhcpMessage message = request.message;
        int asked = message.options().address(OptionCode.REQUESTED_ADDRESS);
        boolean server = message.options().has(OptionCode.SERVER_ID);
        if (asked != 0 && message.ciaddr() != 0 && asked != message.ciaddr()) {
            return Kind.CONTRADICTORY;
        }
        if (message.ciaddr() != 0) {
            return request.isUnicast() ? Kind.RENEWING : Kind.REBINDING;
        }
        return asked == 0 ? Kind.CONTRADICTORY : server ? Kind.SELECTING : Kind.INIT_REBOOT;
    }

    /** Answers a client that chose us, or no server by name. */
    Outcome answer(Situation s, Kind kind, long nowMs) {
        DhcpMessage message = s.request().message;
        return switch (kind) {
            case SELECTING -> selecting(s, message.options().address(OptionCode.REQUESTED_ADDRESS), nowMs);
            case INIT_REBOOT -> again(s, message.options().address(OptionCode.REQUESTED_ADDRESS), nowMs);
            case RENEWING, REBINDING -> again(s, message.ciaddr(), nowMs);
            case CONTRADICTORY -> Outcome.without(Verdict.INVALID, "REQUEST for no address, or for two");
        };
    }

    /** It chose our offer. An offer that we forgot is as good as one that we remember, while the address is free. */
    private Outcome selecting(Situation s, int address, long nowMs) {
        String refusal = choice.refusal(s, address);
        if (refusal != null) {
            return refuse(s, refusal);
        }
        return grant(s, address, nowMs);
    }

    private Outcome grant(Situation s, int address, long nowMs) {
        Binding before = book.at(address);
        boolean holds = before != null && before.isActive();
        String limit = holds ? null : choice.overLimit(s);
        return limit == null ? grants.grant(s, address, nowMs) : Outcome.without(Verdict.OVER_LIMIT, limit);
    }

    /** It believes to have an address. Of a client that nothing is known of another server may know more. */
    private Outcome again(Situation s, int address, long nowMs) {
        String refusal = choice.refusal(s, address);
        if (refusal == null && choice.shouldMove(s, address)) {
            refusal = "a reservation gives another address";
        }
        Binding known = book.own(s.client(), s.subnet().network::contains);
        if (refusal == null && known != null && known.isActive() && known.address() != address) {
            refusal = "the client holds another address";
        }
        boolean ours = known != null
                || authoritative
                || s.reservedAddress() == address
                || !book.of(s.client()).isEmpty();
        if (!ours) {
            return Outcome.without(Verdict.UNKNOWN_CLIENT, refusal == null ? "no record of this client" : refusal);
        }
        return refusal == null ? grant(s, address, nowMs) : refuse(s, refusal);
    }

    private Outcome refuse(Situation s, @Nullable String reason) {
        book.withdraw(s.client(), s.subnet().network::contains);
        int serverId = Replies.serverId(s.request(), s.subnet().subnet);
        return replies.refuse(s, serverId, reason == null ? "" : reason);
    }
}
