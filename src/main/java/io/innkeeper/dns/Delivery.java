package io.innkeeper.dns;

import io.innkeeper.dns.CacheEntry.Kind;
import io.innkeeper.dns.Step.Next;
import io.innkeeper.dns.log.QueryStep;
import io.innkeeper.wire.dns.DnsMessage;
import io.innkeeper.wire.dns.DnsRecord;
import io.innkeeper.wire.dns.ExtendedError;
import io.innkeeper.wire.dns.Rdata;
import io.innkeeper.wire.dns.RecordType;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.Prefix;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives a kept answer to one client: as it is where nothing stands against it, else with what the rules make of it. */
final class Delivery {
    private static final long ALIAS_TTL_S = 60;

    private final Reply reply;
    private final BlockStep block;
    private @Nullable Prefix dns64;

    Delivery(Reply reply, BlockStep block) {
        this.reply = reply;
        this.block = block;
    }

    void dns64(@Nullable Prefix prefix) {
        dns64 = prefix;
    }

    /**
     * Writes the answer.
     *
     * @return ANSWERED or DROPPED; or GO_ON where the IPv4 addresses of the name have to be found first (DNS64), or where a rule or
     *     an alias leads to yet another name: then {@link Ask#hops} has grown
     */
    Next give(Ask ask, CacheEntry entry) {
        if (ask.stale) {
            ask.extendedError =
                    entry.kind == Kind.NO_NAME ? ExtendedError.STALE_NXDOMAIN_ANSWER : ExtendedError.STALE_ANSWER;
        }
        int hops = ask.hops;
        for (int i = 0; i < entry.aliases.size() && ask.policy().modifies(); i++) {
            Next next = block.alias(ask, entry.aliases.get(i));
            if (next != Next.GO_ON || ask.hops > hops) {
                return next;
            }
        }
        if (leadsOn(ask, entry)) {
            return Next.GO_ON;
        }
        if (ask.synthesizes) {
            return synthesized(ask, entry);
        }
        if (wantsSynthesis(ask, entry)) {
            return Next.GO_ON;
        }
        if (ask.target != null) {
            DnsMessage message = DnsCache.message(entry);
            reply.records(
                    ask,
                    message.rcode(),
                    0,
                    Aliased.records(ask, aged(message.answers(), entry, ask), ALIAS_TTL_S),
                    message.answers().isEmpty() ? aged(message.authorities(), entry, ask) : List.of());
        } else {
            reply.cached(ask, entry);
        }
        return Next.ANSWERED;
    }

    /**
     * Where the upstream gives an alias alone, as a server does that only knows its own zones: then what the alias leads to is
     * asked for in its place.
     */
    private static boolean leadsOn(Ask ask, CacheEntry entry) {
        if (!entry.isBareAlias() || ask.query.type() == RecordType.CNAME) {
            return false;
        }
        ask.target = entry.aliases.getLast();
        ask.hops++;
        ask.note("the upstream gives an alias of " + ask.target + " alone");
        return true;
    }

    private boolean wantsSynthesis(Ask ask, CacheEntry entry) {
        boolean without = dns64 != null
                && ask.policy().modifies()
                && ask.query.type() == RecordType.AAAA
                && entry.kind == Kind.NO_DATA
                && !ask.query.checkingDisabled();
        ask.clean &= !without;
        return without;
    }

    /** The IPv4 addresses of the name as IPv6 ones (RFC 6147 §5.1.7). */
    private Next synthesized(Ask ask, CacheEntry entry) {
        Prefix prefix = dns64;
        DnsMessage message = DnsCache.message(entry);
        List<DnsRecord> answers = new ArrayList<>();
        for (DnsRecord record : aged(message.answers(), entry, ask)) {
            if (prefix != null && record.data() instanceof Rdata.Address(IpAddress address)) {
                answers.add(DnsRecord.address(record.name(), record.ttl(), embedded(prefix, address)));
            } else if (record.type() == RecordType.CNAME) {
                answers.add(record);
            }
        }
        ask.step = QueryStep.REWRITTEN;
        List<DnsRecord> all = ask.target == null ? answers : Aliased.records(ask, answers, ALIAS_TTL_S);
        reply.records(ask, message.rcode(), 0, all, aged(message.authorities(), entry, ask));
        return Next.ANSWERED;
    }

    /** RFC 6052 §2.2: the octets of the address behind the prefix, but for octet 8, which is zero. */
    static IpAddress embedded(Prefix prefix, IpAddress v4) {
        byte[] octets = new byte[16];
        long high = prefix.network().high();
        long low = prefix.network().low();
        for (int i = 0; i < 8; i++) {
            octets[i] = (byte) (high >>> (56 - 8 * i));
            octets[8 + i] = (byte) (low >>> (56 - 8 * i));
        }
        int at = prefix.length() / 8;
        for (int i = 0; i < 4; i++) {
            at += at == 8 ? 1 : 0;
            octets[at++] = (byte) (v4.low() >>> (24 - 8 * i));
        }
        return IpAddress.of(octets);
    }

    private static List<DnsRecord> aged(List<DnsRecord> records, CacheEntry entry, Ask ask) {
        long age = (ask.nowMs - entry.storedAtMs) / 1000;
        return records.stream()
                .map(record -> record.withTtl(ask.stale ? Reply.STALE_TTL_S : Math.max(0, record.ttl() - age)))
                .toList();
    }
}
