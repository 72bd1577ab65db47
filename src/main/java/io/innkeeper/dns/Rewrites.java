package io.innkeeper.dns;

import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.dns.NameHash;
import io.innkeeper.wire.dns.QueryView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All rewriting rules, found by name. Immutable. */
final class Rewrites {
    private final HashIndex<List<Rewrite>> exact = new HashIndex<>();
    private final HashIndex<List<Rewrite>> below = new HashIndex<>();

    Rewrites(List<Rewrite> rules) {
        for (Rewrite rule : rules) {
            HashIndex<List<Rewrite>> index = rule.wildcard() ? below : exact;
            long hash = NameHash.of(rule.name());
            List<Rewrite> known = index.get(hash);
            List<Rewrite> all = known == null ? new ArrayList<>() : known;
            all.add(rule);
            index.put(hash, all);
        }
    }

    /** True where some rule names it, whoever asks for whatever. */
    boolean names(QueryView query) {
        if (!exact.isEmpty() && exact.get(query.nameHash(0)) != null) {
            return true;
        }
        for (int label = 1; label <= query.labelCount() && !below.isEmpty(); label++) {
            if (below.get(query.nameHash(label)) != null) {
                return true;
            }
        }
        return false;
    }

    /** The rule for a question: of the name itself before those of its parents; null for none. */
    @Nullable
    Rewrite find(QueryView query, Policy policy) {
        if (!names(query)) {
            return null;
        }
        DnsName name = query.name();
        Rewrite own = first(exact.get(query.nameHash(0)), name, query.type(), policy);
        for (int label = 1; label <= query.labelCount() && own == null; label++) {
            own = first(below.get(query.nameHash(label)), name, query.type(), policy);
        }
        return own;
    }

    private static @Nullable Rewrite first(@Nullable List<Rewrite> rules, DnsName name, int type, Policy policy) {
        if (rules == null) {
            return null;
        }
        for (Rewrite rule : rules) {
            boolean fits =
                    rule.wildcard() ? name.isUnder(rule.name()) && !name.equals(rule.name()) : name.equals(rule.name());
            if (fits && rule.isFor(type, policy)) {
                return rule;
            }
        }
        return null;
    }
}
