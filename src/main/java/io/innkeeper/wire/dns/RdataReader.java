package io.innkeeper.wire.dns;

import io.innkeeper.wire.dns.Rdata.Svcb.Parameter;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.Octets;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Octets → {@link Rdata}. The reader is confined to the data of one record; what is wrong is kept there. */
final class RdataReader {
    private final WireReader in;

    RdataReader(WireReader in) {
        this.in = in;
    }

    /** The data of a record of that type. */
    Rdata read(int type, int dnsClass) {
        return switch (type) {
            case RecordType.A -> dnsClass == DnsClass.IN ? address(4) : unknown();
            case RecordType.AAAA -> dnsClass == DnsClass.IN ? address(16) : unknown();
            case RecordType.NS,
                    RecordType.CNAME,
                    RecordType.PTR,
                    RecordType.DNAME,
                    RecordType.MB,
                    RecordType.MD,
                    RecordType.MF,
                    RecordType.MG,
                    RecordType.MR -> new Rdata.Host(in.name());
            case RecordType.MX -> new Rdata.Mx(in.u16(), in.name());
            case RecordType.TXT, RecordType.SPF -> txt();
            case RecordType.SRV -> new Rdata.Srv(in.u16(), in.u16(), in.u16(), in.name());
            case RecordType.SOA ->
                new Rdata.Soa(in.name(), in.name(), in.u32(), in.u32(), in.u32(), in.u32(), in.u32());
            case RecordType.CAA -> caa();
            case RecordType.SVCB, RecordType.HTTPS -> svcb();
            default -> OldTypes.hasNames(type) ? new Rdata.Unknown(OldTypes.expand(in, type)) : unknown();
        };
    }

    private Rdata unknown() {
        return new Rdata.Unknown(in.octets(in.remaining()));
    }

    private Rdata address(int length) {
        byte[] octets = in.array(length);
        return new Rdata.Address(octets.length == length ? IpAddress.of(octets) : IpAddress.v4(0));
    }

    private Rdata txt() {
        List<Octets> strings = new ArrayList<>();
        do {
            strings.add(in.string());
        } while (in.fine() && in.remaining() > 0);
        return new Rdata.Txt(strings);
    }

    /** No names can be compressed in it, so that one which is wrong is carried on like those of unknown types. */
    private Rdata caa() {
        int place = in.at();
        int flags = in.u8();
        Octets tag = in.string();
        Octets value = in.octets(in.remaining());
        boolean plain = tag.length() > 0;
        for (int i = 0; i < tag.length(); i++) {
            plain &= Character.isLetterOrDigit(tag.at(i)) && tag.at(i) < 0x80;
        }
        return in.fine() && plain
                ? new Rdata.Caa(flags, new String(tag.toArray(), StandardCharsets.US_ASCII), value)
                : asItIs(place);
    }

    /** Likewise. */
    private Rdata svcb() {
        int place = in.at();
        int priority = in.u16();
        DnsName target = in.plainName();
        List<Parameter> parameters = new ArrayList<>();
        int last = -1;
        boolean ascending = true;
        while (in.fine() && in.remaining() > 0) {
            int key = in.u16();
            parameters.add(new Parameter(key, in.octets(in.u16())));
            ascending &= key > last;
            last = key;
        }
        return in.fine() && ascending ? new Rdata.Svcb(priority, target, parameters) : asItIs(place);
    }

    private Rdata asItIs(int place) {
        in.again(place);
        return unknown();
    }
}
