package io.innkeeper.dns;

import io.innkeeper.dns.log.QueryStep;
import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.dns.DnsRecord;
import io.innkeeper.wire.dns.Rcode;
import io.innkeeper.wire.dns.RecordType;
import io.innkeeper.wire.net.IpAddress;
import java.util.List;
import java.util.Optional;

/** The fourth step: names that are answered otherwise, and IPv6 addresses that are left out. */
final class RewriteStep implements Step {
    private final Reply reply;
    private final LocalNames names;
    private Rewrites rewrites = new Rewrites(List.of());
    private long ttlS = 60;

    RewriteStep(Reply reply, LocalNames names) {
        this.reply = reply;
        this.names = names;
    }

    void rules(Rewrites next, long ttl) {
        rewrites = next;
        ttlS = ttl;
    }

    @Override
    public Next take(Ask ask) {
        Policy policy = ask.policy();
        if (!policy.modifies()) {
            ask.note("rewriting: not in mode pass-through");
            return Next.GO_ON;
        }
        if (rewrites.names(ask.query)) {
            ask.clean = false;
            Rewrite rule = ask.target == null ? rewrites.find(ask.query, policy) : null;
            if (rule != null) {
                return rewrite(ask, rule);
            }
        }
        if (policy.filterAaaa() && ask.query.type() == RecordType.AAAA) {
            ask.step = QueryStep.REWRITTEN;
            ask.note("rewriting: no IPv6 addresses for this client");
            reply.negative(ask, Rcode.NOERROR, names.soa(ask.name()));
            return Next.ANSWERED;
        }
        ask.note("rewriting: no rule names it");
        return Next.GO_ON;
    }

    private Next rewrite(Ask ask, Rewrite rule) {
        DnsName target = rule.target();
        if (target == null) {
            return addresses(ask, rule.addresses());
        }
        if (target.equals(ask.name())) {
            ask.note("rewriting: left as it is");
            return Next.GO_ON;
        }
        ask.step = QueryStep.REWRITTEN;
        ask.target = target;
        ask.note("rewriting: the answer of " + target);
        Optional<List<DnsRecord>> local = names.records(target, ask.query.type(), ask.nowMs);
        if (local.isEmpty()) {
            return Next.GO_ON;
        }
        reply.records(ask, Rcode.NOERROR, 0, Aliased.records(ask, local.get(), ttlS), List.of());
        return Next.ANSWERED;
    }

    private Next addresses(Ask ask, List<IpAddress> addresses) {
        int type = ask.query.type();
        boolean address = type == RecordType.A || type == RecordType.AAAA;
        ask.step = QueryStep.REWRITTEN;
        ask.note("rewriting: " + addresses);
        boolean some = addresses.stream().anyMatch(one -> type == (one.v6() ? RecordType.AAAA : RecordType.A));
        if (address && some) {
            reply.addresses(ask, ttlS, addresses);
        } else {
            reply.negative(ask, Rcode.NOERROR, names.soa(ask.name()));
        }
        return Next.ANSWERED;
    }
}
