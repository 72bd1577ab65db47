package io.innkeeper.dns;

import io.innkeeper.dns.LocalNames.Found;
import io.innkeeper.dns.log.QueryStep;
import io.innkeeper.wire.dns.DnsMessage;
import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.dns.DnsRecord;
import io.innkeeper.wire.dns.Rcode;
import io.innkeeper.wire.dns.Rdata;
import io.innkeeper.wire.dns.RecordType;
import java.util.List;

/** The second step: names of this network. */
final class LocalStep implements Step {
    private final LocalNames names;
    private final Reply reply;

    LocalStep(LocalNames names, Reply reply) {
        this.names = names;
        this.reply = reply;
    }

    @Override
    public Next take(Ask ask) {
        if (!ask.policy().modifies()) {
            ask.note("local names: not in mode pass-through");
            return Next.GO_ON;
        }
        return switch (names.find(ask.query, ask.nowMs)) {
            case Found.Foreign _ -> {
                ask.note("local names: not one of ours");
                yield Next.GO_ON;
            }
            case Found.NoName none -> {
                ask.note("local names: there is no such name in " + none.zone());
                yield no(ask, Rcode.NXDOMAIN, none.zone());
            }
            case Found.Records found -> records(ask, found);
        };
    }

    private Next no(Ask ask, int rcode, DnsName zone) {
        ask.step = QueryStep.LOCAL;
        ask.clean = false;
        reply.negative(ask, rcode, names.soa(zone));
        return Next.ANSWERED;
    }

    private Next records(Ask ask, Found.Records found) {
        List<DnsRecord> records = found.records();
        if (records.isEmpty()) {
            ask.note("local names: the name is ours, and has no such record");
            return no(ask, Rcode.NOERROR, found.zone());
        }
        ask.step = QueryStep.LOCAL;
        ask.clean = false;
        DnsRecord last = records.getLast();
        boolean leadsOut = last.type() == RecordType.CNAME
                && ask.query.type() != RecordType.CNAME
                && last.data() instanceof Rdata.Host;
        if (leadsOut && last.data() instanceof Rdata.Host(DnsName target)) {
            ask.note("local names: an alias of " + target);
            ask.target = target;
            return Next.GO_ON;
        }
        ask.note("local names: " + records.size() + " records");
        reply.records(ask, Rcode.NOERROR, DnsMessage.AUTHORITATIVE, records, List.of());
        return Next.ANSWERED;
    }
}
