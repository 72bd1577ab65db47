package io.innkeeper.tell;

import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.dns.DnsRecord;
import io.innkeeper.wire.dns.Question;
import io.innkeeper.wire.dns.Rdata;
import io.innkeeper.wire.dns.RecordType;
import io.innkeeper.wire.net.IpAddress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds where a service listens by the records of RFC 6763: PTR names its instances, SRV (RFC 2782) host and port of each, A and AAAA the
 * addresses of the host.
 */
final class ServiceLookup {
    /** More instances than this are not looked at. */
    private static final int MOST = 16;

    /** Who answers questions about names. */
    @FunctionalInterface
    interface Resolver {
        /** The records that answer a question, and what came with them; none where there is no such name. */
        List<DnsRecord> ask(Question question) throws IOException;
    }

    /** Where an instance listens. */
    record Place(IpAddress address, int port) {}

    private final Resolver resolver;

    ServiceLookup(Resolver resolver) {
        this.resolver = resolver;
    }

    /**
     * All places of all instances, those to try first first.
     *
     * @throws IOException where nobody answers, or there are none
     */
    List<Place> find(DnsName service) throws IOException {
        List<DnsRecord> known = new ArrayList<>(resolver.ask(Question.in(service, RecordType.PTR)));
        List<Rdata.Srv> targets = new ArrayList<>();
        for (Rdata.Host instance :
                of(known, service, RecordType.PTR, Rdata.Host.class).toList()) {
            targets.addAll(records(known, instance.name(), RecordType.SRV, Rdata.Srv.class));
        }
        targets.sort(Comparator.comparingInt(Rdata.Srv::priority)
                .thenComparing(Comparator.comparingInt(Rdata.Srv::weight).reversed()));
        List<Place> places = new ArrayList<>();
        for (Rdata.Srv target : targets) {
            for (int type : List.of(RecordType.A, RecordType.AAAA)) {
                records(known, target.target(), type, Rdata.Address.class)
                        .forEach(host -> places.add(new Place(host.address(), target.port())));
            }
        }
        if (places.isEmpty()) {
            throw new IOException("the DNS knows nobody who offers " + service.text());
        }
        return places.stream().distinct().toList();
    }

    /** Those that came already, or else those that are asked for now. */
    private <T extends Rdata> List<T> records(List<DnsRecord> known, DnsName name, int type, Class<T> data)
            throws IOException {
        List<T> found = of(known, name, type, data).toList();
        if (found.isEmpty()) {
            known.addAll(resolver.ask(Question.in(name, type)));
            found = of(known, name, type, data).toList();
        }
        return found;
    }

    private static <T extends Rdata> Stream<T> of(List<DnsRecord> records, DnsName name, int type, Class<T> data) {
        return records.stream()
                .filter(one -> one.type() == type && one.name().equals(name))
                .map(DnsRecord::data)
                .filter(data::isInstance)
                .map(data::cast)
                .limit(MOST);
    }
}
