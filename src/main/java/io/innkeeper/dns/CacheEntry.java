package io.innkeeper.dns;

import io.innkeeper.wire.dns.DnsClass;
import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.dns.RecordType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One kept answer: the message as it came, without OPT record, and where its times to live are. It is patched on its way out:
 * id, flags, the case of the name, times. Owners of its records point to the question, so they have the asker's case too.
 */
final class CacheEntry {
    /** What an entry takes besides its bytes: the object, its arrays' headers, its place in the table. */
    static final int OVERHEAD = 176;

    /** Where the header counts the records about authority (RFC 1035 §4.1.1). */
    private static final int AUTHORITY = 8;

    final long hash;
    final int type;
    final int dnsClass;

    /** See {@link DnsCache#flags}. */
    final int flags;

    /** Header, question, records; no OPT. */
    final byte[] message;

    final int nameLength;

    /** Where the times to live are in {@link #message}. */
    final int[] ttls;

    final Kind kind;

    /** The names that the question is another name for, by CNAME records; empty for none. */
    final List<DnsName> aliases;

    final long storedAtMs;

    /** From then on it is stale. */
    final long expiresAtMs;

    /** By which version of the rules {@link #clean} was found; 0 for never. */
    long checkedVersion;

    /** True where no rule of any kind names it, whoever asks: neither the name nor those that it leads to. */
    boolean clean;

    /** How often it was given since it was stored. */
    int hits;

    /** True where it was asked for since it was last to go. */
    boolean used;

    /** True from when it is asked for anew until an answer is there. */
    boolean renewing;

    /** Until then upstreams need not be asked again before the stale answer is given (RFC 8767 §5). */
    long troubledUntilMs;

    @Nullable
    CacheEntry next;

    @Nullable
    CacheEntry older;

    @Nullable
    CacheEntry newer;

    /** What it says. */
    enum Kind {
        POSITIVE,
        NO_DATA,
        NO_NAME,
        /** SERVFAIL and the like. */
        FAILURE
    }

    CacheEntry(
            long hash,
            int type,
            int dnsClass,
            int flags,
            int nameLength,
            byte[] message,
            int[] ttls,
            Kind kind,
            List<DnsName> aliases,
            long storedAtMs,
            long expiresAtMs) {
        this.hash = hash;
        this.type = type;
        this.dnsClass = dnsClass;
        this.flags = flags;
        this.nameLength = nameLength;
        this.message = message;
        this.ttls = ttls;
        this.kind = kind;
        this.aliases = aliases;
        this.storedAtMs = storedAtMs;
        this.expiresAtMs = expiresAtMs;
    }

    /** True for an alias that comes without what it leads to, and without a record that says that this is all. */
    boolean isBareAlias() {
        boolean isAll = message[AUTHORITY] != 0 || message[AUTHORITY + 1] != 0;
        return kind == Kind.NO_DATA && !aliases.isEmpty() && !isAll;
    }

    /** The memory it takes, about. */
    int size() {
        return OVERHEAD + message.length + 4 * ttls.length;
    }

    boolean isFresh(long nowMs) {
        return nowMs < expiresAtMs;
    }

    /** Whether the steps before the cache would let the question pass, as they did when this was kept. */
    boolean isPlainFor(Ask ask) {
        if (ask.isExplained() || ask.query.dnsClass() != DnsClass.IN || ask.query.type() == RecordType.ANY) {
            return false;
        }
        Policy policy = ask.policy();
        if (!policy.modifies()) {
            return true;
        }
        boolean filtered = policy.filterAaaa() && type == RecordType.AAAA;
        return clean && checkedVersion == ask.version && !filtered;
    }

    /** Whether it answers this question. */
    boolean matches(
            long askedHash, int askedType, int askedClass, int askedFlags, byte[] bytes, int nameAt, int length) {
        if (hash != askedHash
                || type != askedType
                || dnsClass != askedClass
                || flags != askedFlags
                || nameLength != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (message[DnsCache.HEADER + i] != bytes[nameAt + i]
                    && lower(message[DnsCache.HEADER + i]) != lower(bytes[nameAt + i])) {
                return false;
            }
        }
        return true;
    }

    private static int lower(int octet) {
        return octet >= 'A' && octet <= 'Z' ? octet | 0x20 : octet;
    }
}
