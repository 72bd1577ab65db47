package io.innkeeper.dns;

import io.innkeeper.config.DnsSafeSearch;
import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.net.IpAddress;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One rule that answers a name otherwise.
 *
 * @param name the name; with {@code wildcard}, all below it
 * @param wildcard whether it is for all below the name, and not for the name itself
 * @param addresses to be answered; empty where it leads to a name
 * @param target a name whose answer is given; null for addresses
 * @param types the types of questions it is for; empty for those that it can answer
 * @param groups the numbers of the groups that it counts for; empty for everybody
 * @param engine the search engine that it pins; null for a rule by hand
 */
public record Rewrite(
        DnsName name,
        boolean wildcard,
        List<IpAddress> addresses,
        @Nullable DnsName target,
        Set<Integer> types,
        Set<Integer> groups,
        @Nullable DnsSafeSearch engine) {
    /** Copies the collections. */
    public Rewrite {
        addresses = List.copyOf(addresses);
        types = Set.copyOf(types);
        groups = Set.copyOf(groups);
    }

    /** Whether it counts for a question of this type by a client of this kind. */
    boolean isFor(int type, Policy policy) {
        boolean client = engine == null
                ? groups.isEmpty() || groups.contains(policy.group())
                : policy.safeSearch().contains(engine);
        return client && (types.isEmpty() || types.contains(type));
    }
}
