package io.innkeeper.dns.block;

import io.innkeeper.wire.dns.Rdata;
import java.util.ArrayList;
import java.util.List;

/** What a policy zone wants to be answered (draft-vixie-dnsop-dns-rpz §3). */
public sealed interface PolicyAnswer {
    /** There is no such name: {@code CNAME .}. */
    record NoName() implements PolicyAnswer {}

    /** There is the name, without records: {@code CNAME *.}. */
    record NoData() implements PolicyAnswer {}

    /** No answer at all: {@code CNAME rpz-drop.}. */
    record Drop() implements PolicyAnswer {}

    /** A truncated answer over UDP, so that the client comes again over TCP, where it is not blocked: {@code CNAME rpz-tcp-only.}. */
    record TcpOnly() implements PolicyAnswer {}

    /** These records; for types that are not among them there is the name without records, unless one is a CNAME. */
    record Records(List<LocalRecord> records) implements PolicyAnswer {
        /** Copies the list. */
        public Records {
            records = List.copyOf(records);
        }

        Records and(Records more) {
            List<LocalRecord> all = new ArrayList<>(records);
            all.addAll(more.records);
            return new Records(all);
        }
    }

    /**
     * A record of the name that was asked for.
     *
     * @param type see {@link io.innkeeper.wire.dns.RecordType}: A, AAAA or CNAME
     * @param ttl seconds
     */
    record LocalRecord(int type, long ttl, Rdata data) {}
}
