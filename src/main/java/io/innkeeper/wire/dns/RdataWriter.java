package io.innkeeper.wire.dns;

import io.innkeeper.wire.net.Octets;
import java.nio.charset.StandardCharsets;

/** {@link Rdata} → octets. Names are compressed in the types of RFC 1035 only (RFC 3597 §4). */
final class RdataWriter {
    private final MessageWriter out;

    RdataWriter(MessageWriter out) {
        this.out = out;
    }

    void write(int type, Rdata data) {
        switch (data) {
            case Rdata.Address address -> out.octets(address.address().octets());
            case Rdata.Host host -> out.name(host.name(), type != RecordType.DNAME, true);
            case Rdata.Mx mx -> {
                out.u16(mx.preference());
                out.name(mx.exchange(), true, true);
            }
            case Rdata.Txt txt -> txt.strings().forEach(this::string);
            case Rdata.Srv srv -> {
                out.u16(srv.priority());
                out.u16(srv.weight());
                out.u16(srv.port());
                out.name(srv.target(), false, true);
            }
            case Rdata.Soa soa -> soa(soa);
            case Rdata.Caa caa -> {
                out.u8(caa.flags());
                string(Octets.of(caa.tag().getBytes(StandardCharsets.US_ASCII)));
                out.octets(caa.value().toArray());
            }
            case Rdata.Svcb svcb -> svcb(svcb);
            case Rdata.Unknown unknown -> out.octets(unknown.data().toArray());
        }
    }

    private void string(Octets octets) {
        out.u8(octets.length());
        out.octets(octets.toArray());
    }

    private void soa(Rdata.Soa soa) {
        out.name(soa.primary(), true, true);
        out.name(soa.mailbox(), true, true);
        out.u32(soa.serial());
        out.u32(soa.refresh());
        out.u32(soa.retry());
        out.u32(soa.expire());
        out.u32(soa.minimum());
    }

    private void svcb(Rdata.Svcb svcb) {
        out.u16(svcb.priority());
        out.name(svcb.target(), false, true);
        for (Rdata.Svcb.Parameter parameter : svcb.parameters()) {
            out.u16(parameter.key());
            out.u16(parameter.value().length());
            out.octets(parameter.value().toArray());
        }
    }
}
