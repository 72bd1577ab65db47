package io.innkeeper.dns;

import io.innkeeper.wire.dns.DnsMessage;
import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.dns.DnsRecord;
import io.innkeeper.wire.dns.Question;
import io.innkeeper.wire.dns.Rcode;
import io.innkeeper.wire.dns.Rdata;
import io.innkeeper.wire.dns.RecordType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** What scripted upstreams know: records, one a line; a SOA record of a minute for everything else. */
final class TestingZone {
    private static final long SOA_TTL_S = 600;
    private static final int NEGATIVE_S = 60;

    /** Names below it are those of a server that knows its own zone only: it gives an alias alone. */
    private static final DnsName BARE = DnsName.of("bare.example");

    private final List<DnsRecord> records = new ArrayList<>();

    /** {@code www.example. 300 A 192.0.2.1}, all names absolute. */
    static DnsRecord record(String line) {
        String[] words = line.strip().split("\\s+", 4);
        try {
            Name owner = Name.fromString(words[0], Name.root);
            Record record = Record.fromString(
                    owner, Type.value(words[2]), DClass.IN, Long.parseLong(words[1]), words[3], Name.root);
            Message carrier = new Message();
            carrier.addRecord(record, Section.ANSWER);
            byte[] wire = carrier.toWire();
            return ((DnsMessage) DnsMessage.parse(wire, 0, wire.length))
                    .answers()
                    .getFirst();
        } catch (IOException e) {
            throw new IllegalArgumentException(line, e);
        }
    }

    void add(String line) {
        records.add(record(line));
    }

    void remove(DnsName name) {
        records.removeIf(record -> record.name().equals(name));
    }

    /** The answer to a question, as a careful name server gives it: with the whole chain of aliases. */
    DnsMessage answer(DnsMessage query) {
        Question question = query.questions().getFirst();
        List<DnsRecord> answers = new ArrayList<>();
        DnsName name = question.name();
        for (int hops = 0; hops < 40; hops++) {
            DnsName at = name;
            List<DnsRecord> here =
                    records.stream().filter(record -> record.name().equals(at)).toList();
            List<DnsRecord> fitting = here.stream()
                    .filter(record -> record.type() == question.type())
                    .map(record -> new DnsRecord(at, record.type(), record.dnsClass(), record.ttl(), record.data()))
                    .toList();
            answers.addAll(fitting);
            DnsRecord alias = here.stream()
                    .filter(record -> record.type() == RecordType.CNAME)
                    .findFirst()
                    .orElse(null);
            if (!fitting.isEmpty()) {
                return query.answer(DnsMessage.RECURSION_AVAILABLE, Rcode.NOERROR, query.edns())
                        .withAnswers(answers);
            }
            if (alias == null || !(alias.data() instanceof Rdata.Host(DnsName target))) {
                boolean there =
                        records.stream().anyMatch(record -> record.name().isUnder(at));
                return query.answer(
                                DnsMessage.RECURSION_AVAILABLE, there ? Rcode.NOERROR : Rcode.NXDOMAIN, query.edns())
                        .withAnswers(answers)
                        .withAuthorities(List.of(soa()));
            }
            answers.add(new DnsRecord(at, alias.type(), alias.dnsClass(), alias.ttl(), alias.data()));
            if (at.isUnder(BARE)) {
                return query.answer(DnsMessage.RECURSION_AVAILABLE, Rcode.NOERROR, query.edns())
                        .withAnswers(answers);
            }
            name = target;
        }
        return query.answer(DnsMessage.RECURSION_AVAILABLE, Rcode.NOERROR, query.edns())
                .withAnswers(answers);
    }

    private static DnsRecord soa() {
        DnsName root = DnsName.ROOT;
        return new DnsRecord(root, RecordType.SOA, 1, SOA_TTL_S, new Rdata.Soa(root, root, 1, 1, 1, 1, NEGATIVE_S));
    }
}
