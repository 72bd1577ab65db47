package io.innkeeper.dns.block;

import io.innkeeper.wire.dns.NameHash;
import io.innkeeper.wire.dns.QueryView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The exceptions for a while that users make: an immutable book. Whoever owns it keeps it on disk ({@link BlockException#text})
 * and swaps it; it takes away what is over by {@link #at}.
 */
public final class Exceptions {
    /** The most at a time. */
    public static final int MAX = 10_000;

    /** None. */
    public static final Exceptions NONE = new Exceptions(List.of());

    private final List<BlockException> all;
    private final long[] hashes;
    private final long[] untilMs;

    private Exceptions(List<BlockException> all) {
        this.all = List.copyOf(all);
        this.hashes = all.stream().mapToLong(one -> NameHash.of(one.name())).toArray();
        this.untilMs = all.stream().mapToLong(one -> one.until().toEpochMilli()).toArray();
    }

    /** These; of those with one id the last, and no more than {@link #MAX}. */
    public static Exceptions of(List<BlockException> some) {
        Exceptions all = NONE;
        for (BlockException one : some) {
            all = all.with(one).orElse(all);
        }
        return all;
    }

    /** With one more, in place of one with its id; empty where there is no room. */
    public Optional<Exceptions> with(BlockException one) {
        List<BlockException> more = new ArrayList<>(without(one.id()).all);
        more.add(one);
        return more.size() > MAX ? Optional.empty() : Optional.of(new Exceptions(more));
    }

    /** Without the one of this id. */
    public Exceptions without(String id) {
        return new Exceptions(all.stream().filter(one -> !one.id().equals(id)).toList());
    }

    /** Without those that are over; itself where none is. */
    public Exceptions at(Instant now) {
        List<BlockException> holding =
                all.stream().filter(one -> one.until().isAfter(now)).toList();
        return holding.size() == all.size() ? this : new Exceptions(holding);
    }

    /** All, in the order they were made. */
    public List<BlockException> all() {
        return all;
    }

    /** When the next one ends; empty where there is none. */
    public Optional<Instant> nextEnd() {
        return all.stream().map(BlockException::until).min(Instant::compareTo);
    }

    /** Whether one holds for the name of a query and this client. Allocates nothing. */
    public boolean allows(QueryView query, BlockClient client, long nowMs) {
        for (int i = 0; i < hashes.length; i++) {
            if (untilMs[i] > nowMs && isUnder(query, hashes[i]) && all.get(i).isFor(client)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isUnder(QueryView query, long hash) {
        for (int label = 0; label <= query.labelCount(); label++) {
            if (query.nameHash(label) == hash) {
                return true;
            }
        }
        return false;
    }
}
