package io.innkeeper.dns;

import io.innkeeper.dns.CacheEntry.Kind;
import io.innkeeper.wire.dns.DnsMessage;
import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.dns.NameHash;
import io.innkeeper.wire.dns.QueryView;
import io.innkeeper.wire.dns.ResponseView;
import io.innkeeper.wire.net.Hash64;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers that are kept, each as the bytes it came in. Bounded by bytes: the oldest go first, but for those that were
 * asked for since they were last looked at. Finding allocates nothing, and writes to the entry alone: to put it in order would
 * touch two more. Pure; for one thread.
 */
public final class DnsCache {
    /** DO was set: signatures are in the answer. */
    static final int DNSSEC_OK = 1;

    /** CD was set: nobody checked it. */
    static final int CHECKING_DISABLED = 2;

    /** The octets before the question of a message. */
    static final int HEADER = 12;

    private static final int FIRST_BUCKETS = 1024;
    private static final long MAX_TTL_S = 7 * 86_400;

    /** So many entries may be spared for one that comes, so that it does not take long. */
    private static final int MOST_SPARED = 64;

    /**
     * How long answers are kept.
     *
     * @param maxBytes the most memory for all; 0 for none
     * @param minTtlS at least, whatever they say
     * @param maxTtlS at most
     * @param negativeTtlS at most for "there is no such name" (RFC 2308)
     * @param failureTtlS for failures (RFC 9520)
     * @param staleMs how long after their time they are kept to be served where no upstream answers (RFC 8767)
     */
    public record Settings(
            long maxBytes, long minTtlS, long maxTtlS, long negativeTtlS, long failureTtlS, long staleMs) {}

    private Settings settings;
    private @Nullable CacheEntry[] buckets = new CacheEntry[FIRST_BUCKETS];
    private @Nullable CacheEntry oldest;
    private @Nullable CacheEntry newest;
    private int count;
    private long bytes;
    private long evicted;

    public DnsCache(Settings settings) {
        this.settings = settings;
    }

    /** Takes other settings; what is too much then goes. */
    public void settings(Settings next) {
        settings = next;
        shrink();
    }

    /** What the flags of a question mean for what it can be answered with. */
    static int flags(boolean dnssecOk, boolean checkingDisabled) {
        return (dnssecOk ? DNSSEC_OK : 0) | (checkingDisabled ? CHECKING_DISABLED : 0);
    }

    static int flags(QueryView query) {
        return flags(query.dnssecOk(), query.checkingDisabled());
    }

    private static long key(long nameHash, int type, int dnsClass, int flags) {
        return Hash64.mix(nameHash ^ (((long) type << 20) | ((long) dnsClass << 4) | flags));
    }

    /** What is kept for a question, fresh or stale; null for nothing. */
    @Nullable
    CacheEntry find(QueryView query) {
        int flags = flags(query);
        long hash = key(query.nameHash(0), query.type(), query.dnsClass(), flags);
        return find(hash, query.type(), query.dnsClass(), flags, query.bytes(), query.nameAt(), query.nameLength());
    }

    @Nullable
    CacheEntry find(DnsName name, int type, int dnsClass, int flags) {
        byte[] wire = name.wire();
        return find(key(NameHash.of(name), type, dnsClass, flags), type, dnsClass, flags, wire, 0, wire.length);
    }

    private @Nullable CacheEntry find(
            long hash, int type, int dnsClass, int flags, byte[] octets, int nameAt, int length) {
        CacheEntry entry = buckets[bucket(hash)];
        while (entry != null) {
            if (entry.matches(hash, type, dnsClass, flags, octets, nameAt, length)) {
                entry.used = true;
                return entry;
            }
            entry = entry.next;
        }
        return null;
    }

    private int bucket(long hash) {
        return (int) hash & (buckets.length - 1);
    }

    /**
     * Keeps an answer instead of the one before. Where it is not to be kept (no time to live, no room), the entry is returned
     * all the same.
     *
     * @param response the whole message of an upstream that answers {@code name}
     * @param aliases the names that it leads to by CNAME records
     * @return the entry; empty where the message is none that could be given to anybody
     */
    Optional<CacheEntry> put(
            DnsName name, int type, int dnsClass, int flags, byte[] response, List<DnsName> aliases, long nowMs) {
        Optional<ResponseView> looked = ResponseView.of(response, 0, response.length);
        if (looked.isEmpty() || !looked.get().question().name().equals(name)) {
            return Optional.empty();
        }
        ResponseView view = looked.get();
        int behindOpt = view.optOffset() + view.optLength();
        if (view.optOffset() >= 0 && behindOpt < view.length()) {
            // Names behind it may point to names behind it: they would point astray once it is out.
            return parsed(response)
                    .flatMap(message -> put(
                            name,
                            type,
                            dnsClass,
                            flags,
                            message.withEdns(null).write(DnsMessage.MAX_LENGTH),
                            aliases,
                            nowMs));
        }
        Kind kind = Kind.valueOf(view.kind().name());
        long ttlS = ttl(view, kind);
        CacheEntry made = new CacheEntry(
                key(NameHash.of(name), type, dnsClass, flags),
                type,
                dnsClass,
                flags,
                name.length(),
                withoutOpt(response, view),
                ttls(view),
                kind,
                aliases,
                nowMs,
                nowMs + 1000 * ttlS);
        CacheEntry before = find(name, type, dnsClass, flags);
        boolean keepsOld = kind == Kind.FAILURE && before != null && isServable(before, nowMs);
        if (ttlS > 0 && settings.maxBytes() > 0 && !keepsOld) {
            if (before != null) {
                made.hits = before.hits / 2;
                remove(before);
            }
            insert(made);
            shrink();
        } else if (before != null && !keepsOld) {
            // What is newer is not kept; what is older is not true any more.
            remove(before);
        }
        return Optional.of(made);
    }

    private static Optional<DnsMessage> parsed(byte[] response) {
        return DnsMessage.parse(response, 0, response.length) instanceof DnsMessage message
                ? Optional.of(message)
                : Optional.empty();
    }

    private long ttl(ResponseView view, Kind kind) {
        long said = switch (kind) {
            case POSITIVE -> view.smallestTtl();
            case NO_DATA, NO_NAME -> Math.min(view.negativeTtl(), settings.negativeTtlS());
            case FAILURE -> settings.failureTtlS();
        };
        if (kind == Kind.FAILURE || said < 0) {
            return Math.max(0, said);
        }
        return Math.min(Math.max(said, settings.minTtlS()), Math.min(settings.maxTtlS(), MAX_TTL_S));
    }

    /** OPT belongs to one hop (RFC 6891 §6.1.1); it is written anew for each client. */
    private static byte[] withoutOpt(byte[] response, ResponseView view) {
        if (view.optOffset() < 0) {
            return Arrays.copyOf(response, view.length());
        }
        byte[] bare = new byte[view.length() - view.optLength()];
        System.arraycopy(response, 0, bare, 0, view.optOffset());
        int behind = view.optOffset() + view.optLength();
        System.arraycopy(response, behind, bare, view.optOffset(), view.length() - behind);
        int additional = (bare[10] & 0xff) << 8 | (bare[11] & 0xff);
        bare[10] = (byte) ((additional - 1) >> 8);
        bare[11] = (byte) (additional - 1);
        return bare;
    }

    private static int[] ttls(ResponseView view) {
        int[] offsets = view.ttlOffsets().clone();
        for (int i = 0; i < offsets.length && view.optOffset() >= 0; i++) {
            if (offsets[i] > view.optOffset()) {
                offsets[i] -= view.optLength();
            }
        }
        return offsets;
    }

    private void insert(CacheEntry entry) {
        if (count >= buckets.length) {
            grow();
        }
        int bucket = bucket(entry.hash);
        entry.next = buckets[bucket];
        buckets[bucket] = entry;
        link(entry);
        count++;
        bytes += entry.size();
    }

    private void grow() {
        @Nullable CacheEntry[] old = buckets;
        buckets = new CacheEntry[old.length * 2];
        for (CacheEntry first : old) {
            CacheEntry entry = first;
            while (entry != null) {
                CacheEntry following = entry.next;
                int bucket = bucket(entry.hash);
                entry.next = buckets[bucket];
                buckets[bucket] = entry;
                entry = following;
            }
        }
    }

    private void remove(CacheEntry entry) {
        int bucket = bucket(entry.hash);
        CacheEntry at = buckets[bucket];
        if (at == entry) {
            buckets[bucket] = entry.next;
        } else {
            while (at != null && at.next != entry) {
                at = at.next;
            }
            if (at != null) {
                at.next = entry.next;
            }
        }
        unlink(entry);
        count--;
        bytes -= entry.size();
    }

    private void link(CacheEntry entry) {
        entry.older = newest;
        entry.newer = null;
        if (newest != null) {
            newest.newer = entry;
        }
        newest = entry;
        if (oldest == null) {
            oldest = entry;
        }
    }

    private void unlink(CacheEntry entry) {
        CacheEntry older = entry.older;
        CacheEntry newer = entry.newer;
        if (older == null) {
            oldest = newer;
        } else {
            older.newer = newer;
        }
        if (newer == null) {
            newest = older;
        } else {
            newer.older = older;
        }
    }

    private void shrink() {
        int spared = 0;
        CacheEntry first = oldest;
        while (bytes > settings.maxBytes() && first != null) {
            if (first.used && spared < MOST_SPARED) {
                first.used = false;
                unlink(first);
                link(first);
                spared++;
            } else {
                remove(first);
                evicted++;
            }
            first = oldest;
        }
    }

    /** True where a stale entry may still be given. */
    boolean isServable(CacheEntry entry, long nowMs) {
        return entry.kind != Kind.FAILURE && nowMs < entry.expiresAtMs + settings.staleMs();
    }

    /**
     * Forgets a name and all below it.
     *
     * @return how many answers that were
     */
    public int flush(DnsName name) {
        int before = count;
        CacheEntry entry = oldest;
        while (entry != null) {
            CacheEntry following = entry.newer;
            if (DnsName.ofWire(entry.message, HEADER, entry.nameLength).isUnder(name)) {
                remove(entry);
            }
            entry = following;
        }
        return before - count;
    }

    /** What is worth writing down, those first that were not asked for longest. The messages are those of the cache. */
    public List<KeptAnswer> written(long nowMs) {
        List<KeptAnswer> answers = new ArrayList<>(count);
        for (CacheEntry entry = oldest; entry != null; entry = entry.newer) {
            if (isServable(entry, nowMs)) {
                answers.add(new KeptAnswer(
                        entry.type, entry.dnsClass, entry.flags, entry.storedAtMs, entry.expiresAtMs, entry.message));
            }
        }
        return answers;
    }

    /**
     * Takes back what was written down, but for what is too old, has no room, or is known anew.
     *
     * @return how many it took
     */
    public int restore(List<KeptAnswer> answers, long nowMs) {
        int before = count;
        for (KeptAnswer answer : answers) {
            ResponseView.of(answer.message(), 0, answer.message().length)
                    .ifPresent(view -> restore(answer, view, nowMs));
        }
        return count - before;
    }

    private void restore(KeptAnswer answer, ResponseView view, long nowMs) {
        DnsName name = view.question().name();
        long lifeMs = answer.expiresAtMs() - answer.storedAtMs();
        boolean sense = view.question().type() == answer.type()
                && view.question().dnsClass() == answer.dnsClass()
                && view.optOffset() < 0
                && view.length() == answer.message().length
                && answer.flags() == (answer.flags() & (DNSSEC_OK | CHECKING_DISABLED))
                && answer.storedAtMs() <= nowMs
                && lifeMs >= 0
                && lifeMs <= 1000 * MAX_TTL_S;
        if (!sense || find(name, answer.type(), answer.dnsClass(), answer.flags()) != null) {
            return;
        }
        CacheEntry entry = new CacheEntry(
                key(NameHash.of(name), answer.type(), answer.dnsClass(), answer.flags()),
                answer.type(),
                answer.dnsClass(),
                answer.flags(),
                name.length(),
                answer.message(),
                view.ttlOffsets(),
                Kind.valueOf(view.kind().name()),
                aliases(answer.message()),
                answer.storedAtMs(),
                answer.expiresAtMs());
        if (isServable(entry, nowMs) && bytes + entry.size() <= settings.maxBytes()) {
            insert(entry);
        }
    }

    /** As {@link Answers} finds them. */
    private static List<DnsName> aliases(byte[] message) {
        return Answers.aliases(
                DnsMessage.parse(message, 0, message.length) instanceof DnsMessage whole ? whole.answers() : List.of());
    }

    /** How many answers there are. */
    public int count() {
        return count;
    }

    /** The memory they take, about, in octets. */
    public long bytes() {
        return bytes;
    }

    /** How many had to go for want of room, since the start. */
    public long evicted() {
        return evicted;
    }

    /** An entry as a message, for answers that are not given as they came. */
    static DnsMessage message(CacheEntry entry) {
        if (DnsMessage.parse(entry.message, 0, entry.message.length) instanceof DnsMessage message) {
            return message;
        }
        throw new IllegalStateException("what is kept was looked through before");
    }
}
