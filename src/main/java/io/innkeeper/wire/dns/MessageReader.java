package io.innkeeper.wire.dns;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Octets → {@link DnsMessage}. Lists grow as records are found, whatever the header promises. */
final class MessageReader {
    private final WireReader in;
    private final RdataReader data;
    private @Nullable Edns edns;

    MessageReader(byte[] bytes, int from, int length) {
        in = new WireReader(bytes, from, length);
        data = new RdataReader(in);
    }

    Parsed message() {
        int id = in.u16();
        int flags = in.u16();
        int questionCount = in.u16();
        int answerCount = in.u16();
        int authorityCount = in.u16();
        int additionalCount = in.u16();
        List<Question> questions = questions(questionCount);
        List<DnsRecord> answers = records(answerCount, false);
        List<DnsRecord> authorities = records(authorityCount, false);
        List<DnsRecord> additionals = records(additionalCount, true);
        Malformed wrong = in.wrong();
        return wrong != null ? wrong : new DnsMessage(id, flags, questions, answers, authorities, additionals, edns);
    }

    private List<Question> questions(int count) {
        List<Question> questions = new ArrayList<>();
        for (int i = 0; i < count && in.fine(); i++) {
            questions.add(new Question(in.name(), in.u16(), in.u16()));
        }
        return questions;
    }

    private List<DnsRecord> records(int count, boolean additional) {
        List<DnsRecord> records = new ArrayList<>();
        for (int i = 0; i < count && in.fine(); i++) {
            DnsName name = in.name();
            int type = in.u16();
            if (type == RecordType.OPT) {
                opt(name, additional);
            } else {
                records.add(record(name, type));
            }
        }
        return records;
    }

    private DnsRecord record(DnsName name, int type) {
        int dnsClass = in.u16();
        long ttl = in.u32();
        Rdata rdata = in.confine(in.u16()) ? data.read(type, dnsClass) : new Rdata.Unknown(new byte[0]);
        in.release();
        // A TTL with the uppermost bit set is 0 (RFC 2181 §8).
        return new DnsRecord(name, type, dnsClass, ttl > DnsRecord.MAX_TTL ? 0 : ttl, rdata);
    }

    private void opt(DnsName name, boolean additional) {
        if (!additional || name.length() != 1 || edns != null) {
            in.fail(Malformed.BAD_EDNS);
        }
        int udpSize = in.u16();
        int extendedRcode = in.u8();
        int version = in.u8();
        boolean dnssecOk = (in.u16() & Edns.DNSSEC_OK) != 0;
        List<EdnsOption> options = new ArrayList<>();
        if (in.confine(in.u16())) {
            options(options);
        }
        in.release();
        edns = new Edns(udpSize, version, dnssecOk, extendedRcode, options);
    }

    private void options(List<EdnsOption> options) {
        while (in.fine() && in.remaining() > 0) {
            int code = in.remaining() >= 4 ? in.u16() : -1;
            int length = code < 0 ? 0 : in.u16();
            if (code < 0 || length > in.remaining()) {
                in.fail(Malformed.BAD_EDNS);
            } else {
                options.add(new EdnsOption(code, in.octets(length)));
            }
        }
    }
}
