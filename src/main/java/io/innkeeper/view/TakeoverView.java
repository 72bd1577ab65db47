package io.innkeeper.view;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes, or became, of the leases of a dnsmasq when its clients are taken over.
 *
 * @param done false where this is only the plan
 * @param mode of our own server
 * @param from the dnsmasqs whose leases are looked at
 * @param adopted leases that our own list did not have
 * @param extended leases that it had with an earlier end
 * @param known leases that it had already
 * @param refused leases that it cannot have
 * @param v6 leases of IPv6, which are not concerned
 * @param leases each of those of IPv4, by address; those that are refused first where there are more than 10,000
 * @param answering what speaks for it that dnsmasq still answers clients; empty where nothing does
 * @param next what to do now
 */
public record TakeoverView(
        boolean done,
        String mode,
        List<String> from,
        long adopted,
        long extended,
        long known,
        long refused,
        long v6,
        List<Item> leases,
        List<String> answering,
        List<String> next) {
    /**
     * A lease of a dnsmasq.
     *
     * @param address the address leased
     * @param mac the holder's hardware address
     * @param clientId the client identifier, in hex
     * @param hostname the name
     * @param source the dnsmasq
     * @param outcome adopted, extended, known or refused
     * @param reason why it is refused
     * @param expiresAt when it ends in our own list; null where it never does, or is refused
     */
    public record Item(
            String address,
            @Nullable String mac,
            @Nullable String clientId,
            @Nullable String hostname,
            String source,
            String outcome,
            @Nullable String reason,
            @Nullable Instant expiresAt) {}

    /** Copies the lists. */
    public TakeoverView {
        from = List.copyOf(from);
        leases = List.copyOf(leases);
        answering = List.copyOf(answering);
        next = List.copyOf(next);
    }
}
