package io.innkeeper.dns;

import io.innkeeper.config.DnsBlockAnswer;
import io.innkeeper.dns.block.BlockClient;
import io.innkeeper.dns.block.BlockDecision;
import io.innkeeper.dns.block.Exceptions;
import io.innkeeper.dns.block.PolicyAnswer;
import io.innkeeper.dns.block.RuleSet;
import io.innkeeper.dns.log.QueryStep;
import io.innkeeper.wire.dns.DnsClass;
import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.dns.DnsRecord;
import io.innkeeper.wire.dns.ExtendedError;
import io.innkeeper.wire.dns.Rcode;
import io.innkeeper.wire.dns.Rdata;
import io.innkeeper.wire.dns.RecordType;
import io.innkeeper.wire.net.IpAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The third step: block lists. */
final class BlockStep implements Step {
    private static final List<IpAddress> ZERO = List.of(IpAddress.v4(0), new IpAddress(true, 0, 0));

    private final Reply reply;
    private final LocalNames names;

    private Exceptions exceptions = Exceptions.NONE;
    private RuleSet rules = RuleSet.EMPTY;
    private DnsPlan.Blocked blocked = new DnsPlan.Blocked(DnsBlockAnswer.ZERO, List.of(), 60);

    BlockStep(Reply reply, LocalNames names) {
        this.reply = reply;
        this.names = names;
    }

    void rules(RuleSet next) {
        rules = next;
    }

    void exceptions(Exceptions some) {
        exceptions = some;
    }

    void blocked(DnsPlan.Blocked how) {
        blocked = how;
    }

    @Override
    public Next take(Ask ask) {
        if (!ask.policy().blocks()) {
            ask.note("block lists: not in this mode");
            if (ask.policy().modifies()) {
                // Others who find the answer in the cache may be in a mode that blocks.
                rules.find(ask.query, ask.match);
                ask.clean &= ask.match.isEmpty();
            }
            return Next.GO_ON;
        }
        rules.find(ask.query, ask.match);
        if (ask.match.isEmpty()) {
            ask.note("block lists: none knows it");
            return Next.GO_ON;
        }
        ask.clean = false;
        return decided(ask, null);
    }

    /** As {@link #take}, for a name that the question leads to. */
    Next alias(Ask ask, DnsName alias) {
        rules.find(alias.wire(), 0, ask.match);
        if (ask.match.isEmpty()) {
            return Next.GO_ON;
        }
        ask.clean = false;
        return ask.policy().blocks() ? decided(ask, alias) : Next.GO_ON;
    }

    /** @param alias null for the name that was asked for */
    private Next decided(Ask ask, @Nullable DnsName alias) {
        BlockClient who = ask.client().forRules;
        BlockDecision decision = rules.decide(ask.match, ask.policy().listsOn(), ask.query.type(), who);
        if (!decision.blocked()) {
            if (ask.isExplained()) {
                ask.note("block lists: not blocked, " + decision.outcome());
            }
            return Next.GO_ON;
        }
        if (exceptions.allows(ask.query, who, ask.nowMs)) {
            ask.note("block lists: blocked, but for an exception");
            return Next.GO_ON;
        }
        if (ask.isExplained()) {
            ask.note("block lists: " + (alias == null ? ask.name() : alias) + " is blocked by list " + decision.list());
        }
        return answer(ask, decision);
    }

    private Next answer(Ask ask, BlockDecision decision) {
        ask.step = QueryStep.BLOCKED;
        ask.detail = decision.list();
        ask.extendedError = ExtendedError.BLOCKED;
        PolicyAnswer answer = decision.answer();
        switch (answer) {
            case null -> asConfigured(ask);
            case PolicyAnswer.NoName _ -> no(ask, Rcode.NXDOMAIN);
            case PolicyAnswer.NoData _ -> no(ask, Rcode.NOERROR);
            case PolicyAnswer.Drop _ -> {
                return Next.DROPPED;
            }
            case PolicyAnswer.TcpOnly _ -> {
                if (ask.transport.isStream()) {
                    ask.step = QueryStep.DROPPED;
                    ask.detail = -1;
                    ask.extendedError = -1;
                    return Next.GO_ON;
                }
                reply.truncated(ask);
            }
            case PolicyAnswer.Records local -> {
                return local(ask, local);
            }
        }
        return Next.ANSWERED;
    }

    private void asConfigured(Ask ask) {
        switch (blocked.answer()) {
            case NXDOMAIN -> no(ask, Rcode.NXDOMAIN);
            case REFUSED -> reply.error(ask, Rcode.REFUSED);
            case ZERO -> addresses(ask, ZERO);
            case CUSTOM -> addresses(ask, blocked.addresses());
        }
    }

    private void addresses(Ask ask, List<IpAddress> addresses) {
        int type = ask.query.type();
        if (type == RecordType.A || type == RecordType.AAAA) {
            reply.addresses(ask, blocked.ttlS(), addresses);
        } else {
            no(ask, Rcode.NOERROR);
        }
    }

    private void no(Ask ask, int rcode) {
        reply.records(ask, rcode, 0, List.of(), List.of(names.soa(ask.name(), blocked.ttlS())));
    }

    private Next local(Ask ask, PolicyAnswer.Records local) {
        List<DnsRecord> records = local.records().stream()
                .filter(record -> record.type() == ask.query.type() || record.type() == RecordType.CNAME)
                .map(record -> new DnsRecord(ask.name(), record.type(), DnsClass.IN, record.ttl(), record.data()))
                .toList();
        if (records.isEmpty()) {
            no(ask, Rcode.NOERROR);
            return Next.ANSWERED;
        }
        DnsRecord first = records.getFirst();
        boolean alias = first.type() == RecordType.CNAME && ask.query.type() != RecordType.CNAME;
        if (alias && first.data() instanceof Rdata.Host(DnsName target)) {
            ask.target = target;
            ask.hops++;
            return Next.GO_ON;
        }
        reply.records(ask, Rcode.NOERROR, 0, records, List.of());
        return Next.ANSWERED;
    }
}
