package io.innkeeper.dhcp;

import io.innkeeper.lease.Allocation;
import io.innkeeper.lease.Expiry;
import io.innkeeper.lease.LeaseFact;
import io.innkeeper.wire.dhcp4.DhcpMessage;
import io.innkeeper.wire.dhcp4.Ja4d;
import io.innkeeper.wire.dhcp4.MessageType;
import io.innkeeper.wire.dhcp4.OptionCode;
import io.innkeeper.wire.dhcp4.Options;
import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.Prefix;
import io.innkeeper.wire.net.PrintableText;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** What is kept of a request that was handed on, to understand its reply: short, whatever the client sent. */
final class PassedRequest {
    private static final int MAX_TEXT = 255;
    private static final int MAX_OFFERS = 8;
    private static final long INFINITE_S = 0xffff_ffffL;

    final MessageType type;
    final Arrival.Link link;
    final int ciaddr;

    /** Which server offered which address; shared by the messages of one transaction. */
    private final Map<Integer, LearnedLeases.Origin> offers;

    private final LearnedLeases.Client client;
    private final @Nullable String hostname;
    private final boolean rapidCommit;
    private final Map<String, String> details = new HashMap<>();

    private PassedRequest(MessageType type, DhcpMessage request, Arrival.Link link, @Nullable PassedRequest earlier) {
        this.type = type;
        this.link = link;
        this.ciaddr = request.ciaddr();
        offers = earlier == null ? new HashMap<>(2) : earlier.offers;
        client = client(request);
        hostname = HostNames.of(request.options());
        rapidCommit = request.options().has(OptionCode.RAPID_COMMIT);
        byte[] vendorClass = request.options().get(OptionCode.VENDOR_CLASS);
        if (vendorClass != null) {
            details.put("vendorClass", PrintableText.of(vendorClass, 0, Math.min(vendorClass.length, MAX_TEXT)));
        }
        byte[] asked = request.options().get(OptionCode.PARAMETER_REQUEST_LIST);
        if (asked != null) {
            details.put("requestedOptions", numbers(asked));
        }
        Ja4d ja4d = Ja4d.of(request.options());
        // A renewal is built otherwise than the request for an address: what that one told stays.
        if ((vendorClass != null || asked != null)
                && (type == MessageType.DISCOVER || Ja4d.requestsAddress(ja4d.form()))) {
            ja4d.text().ifPresent(text -> details.put("ja4d", text));
        }
    }

    /** Keeps what is needed, and what servers answered to an earlier message of the transaction. */
    static PassedRequest of(MessageType type, DhcpMessage request, Arrival.Link link, @Nullable PassedRequest earlier) {
        return new PassedRequest(type, request, link, earlier);
    }

    /** Takes down which server gave an address. */
    void answered(int address, LearnedLeases.Origin origin) {
        if (address != 0 && (offers.size() < MAX_OFFERS || offers.containsKey(address))) {
            offers.put(address, origin);
        }
    }

    /** The server that offered the address; null where none did. */
    LearnedLeases.@Nullable Origin offered(int address) {
        return offers.get(address);
    }

    private static String numbers(byte[] octets) {
        StringJoiner numbers = new StringJoiner(",");
        for (int i = 0; i < octets.length && i < MAX_TEXT; i++) {
            numbers.add(Integer.toString(octets[i] & 0xff));
        }
        return numbers.toString();
    }

    /** Who sent a message. */
    static LearnedLeases.Client client(DhcpMessage message) {
        byte[] id = message.options().get(OptionCode.CLIENT_ID);
        boolean usable = id != null && id.length > 0 && id.length <= ClientId.MAX_LENGTH;
        return new LearnedLeases.Client(message.chaddr(), usable && id != null ? ClientId.of(id) : null);
    }

    /** The lease that a reply to this request grants; null where it grants none. */
    @Nullable
    LeaseFact granted(DhcpMessage reply, long nowMs) {
        boolean asked = type == MessageType.REQUEST
                || (type == MessageType.DISCOVER
                        && rapidCommit
                        && reply.options().has(OptionCode.RAPID_COMMIT));
        long lifetimeS = reply.options().u32(OptionCode.LEASE_TIME, -1);
        if (!asked || reply.type() != MessageType.ACK || reply.yiaddr() == 0 || lifetimeS < 0) {
            return null;
        }
        IpAddress address = IpAddress.v4(reply.yiaddr());
        String named = HostNames.of(reply.options());
        Map<String, String> all = new HashMap<>(details);
        int identifier = reply.options().address(OptionCode.SERVER_ID);
        if (identifier != 0) {
            all.put("server", IpAddress.v4(identifier).toString());
        }
        return new LeaseFact(
                address,
                reply.chaddr(),
                client.id(),
                named != null ? named : hostname,
                expiry(lifetimeS, nowMs),
                null,
                false,
                Allocation.DYNAMIC,
                null,
                subnet(address, reply.options()),
                all);
    }

    private static Expiry expiry(long lifetimeS, long nowMs) {
        return lifetimeS == INFINITE_S
                ? Expiry.INFINITE
                : new Expiry(
                        Expiry.Kind.AT, Instant.ofEpochMilli(nowMs + lifetimeS * 1_000), Duration.ofSeconds(lifetimeS));
    }

    private static @Nullable Prefix subnet(IpAddress address, Options options) {
        int mask = options.address(OptionCode.SUBNET_MASK);
        return mask == 0 ? null : Prefix.ofMask(address, IpAddress.v4(mask)).orElse(null);
    }
}
