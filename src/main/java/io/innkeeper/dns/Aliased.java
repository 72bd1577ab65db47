package io.innkeeper.dns;

import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.dns.DnsRecord;
import io.innkeeper.wire.dns.RecordType;
import java.util.ArrayList;
import java.util.List;

/** Answers that are those of another name. */
final class Aliased {
    private Aliased() {}

    /** The records of the other name behind the alias that leads to it; the alias alone where there are none. */
    static List<DnsRecord> records(Ask ask, List<DnsRecord> others, long ttlS) {
        DnsName target = ask.lookup();
        List<DnsRecord> all = new ArrayList<>();
        long ttl = others.stream().mapToLong(DnsRecord::ttl).min().orElse(ttlS);
        all.add(DnsRecord.host(ask.name(), RecordType.CNAME, Math.min(ttl, ttlS), target));
        all.addAll(others);
        return all;
    }
}
