package io.innkeeper.dns;

import io.innkeeper.wire.dns.AnswerWriter;
import io.innkeeper.wire.dns.DnsMessage;
import io.innkeeper.wire.dns.DnsRecord;
import io.innkeeper.wire.dns.Edns;
import io.innkeeper.wire.dns.EdnsOption;
import io.innkeeper.wire.dns.ExtendedError;
import io.innkeeper.wire.dns.QueryView;
import io.innkeeper.wire.dns.Question;
import io.innkeeper.wire.dns.Rcode;
import io.innkeeper.wire.dns.RecordType;
import io.innkeeper.wire.net.IpAddress;
import java.util.ArrayList;
import java.util.List;

/** Writes answers into an {@link Ask}. What is given often allocates nothing: kept answers, blocked names, errors. */
final class Reply {
    /** What we take by UDP (DNS flag day 2020). */
    static final int UDP_SIZE = 1232;

    /** How long a stale answer may be kept by others (RFC 8767 §4). */
    static final int STALE_TTL_S = 30;

    private static final int OPTION_HEAD = 4;
    private static final int ERROR_CODE = 2;

    /** RFC 8482 §4.2: "RFC8482" as the processor of a HINFO record, and an empty system. */
    private static final byte[] HINFO = {7, 'R', 'F', 'C', '8', '4', '8', '2', 0};

    private static final int HINFO_TYPE = 13;

    /** The DO bit, in the upper half of the time to live of OPT (RFC 3225 §3). */
    private static final int DNSSEC_OK = 0x8000;

    private final AnswerWriter writer = new AnswerWriter();
    private final byte[] code = new byte[ERROR_CODE];
    private int answerSize = UDP_SIZE;

    /** @param octets the most of an answer by UDP */
    void answerSize(int octets) {
        answerSize = octets;
    }

    /** The most octets that this client takes. */
    private int limit(Ask ask) {
        return ask.transport.isStream() ? DnsMessage.MAX_LENGTH : Math.min(ask.query.udpSize(), answerSize);
    }

    private static int ednsLength(Ask ask) {
        if (!ask.query.hasEdns()) {
            return 0;
        }
        return AnswerWriter.EDNS_LENGTH
                + (ask.hasCookie ? OPTION_HEAD + Cookies.WHOLE : 0)
                + (ask.extendedError >= 0 ? OPTION_HEAD + ERROR_CODE : 0);
    }

    private void edns(Ask ask) {
        if (!ask.query.hasEdns()) {
            return;
        }
        writer.edns(UDP_SIZE, ask.query.dnssecOk());
        if (ask.hasCookie) {
            writer.option(EdnsOption.COOKIE, ask.cookie, 0, Cookies.WHOLE);
        }
        if (ask.extendedError >= 0) {
            code[0] = (byte) (ask.extendedError >> 8);
            code[1] = (byte) ask.extendedError;
            writer.option(EdnsOption.EXTENDED_ERROR, code, 0, ERROR_CODE);
        }
    }

    private void start(Ask ask) {
        writer.start(ask.query, ask.out, 0, Math.max(DnsMessage.MIN_UDP_LENGTH, limit(ask) - ednsLength(ask)));
    }

    private void finish(Ask ask, int flags, int rcode) {
        edns(ask);
        ask.rcode = rcode;
        ask.outLength = writer.finish(flags | DnsMessage.RECURSION_AVAILABLE, rcode);
    }

    /** An answer without records. */
    void error(Ask ask, int rcode) {
        start(ask);
        finish(ask, 0, rcode);
    }

    /** "Come again by TCP." */
    void truncated(Ask ask) {
        start(ask);
        finish(ask, DnsMessage.TRUNCATED, Rcode.NOERROR);
    }

    /** The smallest answer to "everything" (RFC 8482). */
    void any(Ask ask, long ttl) {
        start(ask);
        writer.add(AnswerWriter.ANSWER, null, HINFO_TYPE, ttl, HINFO, 0, HINFO.length);
        finish(ask, 0, Rcode.NOERROR);
    }

    /** A no of our own, with the record that says how long it may be kept. */
    void negative(Ask ask, int rcode, DnsRecord soa) {
        records(ask, rcode, DnsMessage.AUTHORITATIVE, List.of(), List.of(soa));
    }

    /** Those of the addresses that are of the type asked for, as the addresses of the name; none is an answer without records. */
    void addresses(Ask ask, long ttl, List<IpAddress> addresses) {
        start(ask);
        for (int i = 0; i < addresses.size(); i++) {
            IpAddress address = addresses.get(i);
            if (ask.query.type() == (address.v6() ? RecordType.AAAA : RecordType.A)) {
                writer.add(AnswerWriter.ANSWER, null, ttl, address);
            }
        }
        finish(ask, 0, Rcode.NOERROR);
    }

    /** An answer of records; what does not fit sets TC. */
    void records(Ask ask, int rcode, int flags, List<DnsRecord> answers, List<DnsRecord> authorities) {
        QueryView query = ask.query;
        DnsMessage message = new DnsMessage(
                query.id(),
                DnsMessage.RESPONSE
                        | DnsMessage.RECURSION_AVAILABLE
                        | flags
                        | (query.flags() & (DnsMessage.RECURSION_DESIRED | DnsMessage.CHECKING_DISABLED))
                        | (rcode & 15),
                List.of(new Question(ask.name(), query.type(), query.dnsClass())),
                answers,
                authorities,
                List.of(),
                query.hasEdns() ? edns(ask, rcode) : null);
        byte[] written = message.write(limit(ask));
        System.arraycopy(written, 0, ask.out, 0, written.length);
        ask.rcode = rcode;
        ask.outLength = written.length;
    }

    private static Edns edns(Ask ask, int rcode) {
        List<EdnsOption> options = new ArrayList<>();
        if (ask.hasCookie) {
            options.add(new EdnsOption(EdnsOption.COOKIE, ask.cookie.clone()));
        }
        if (ask.extendedError >= 0) {
            options.add(ExtendedError.option(ask.extendedError, ""));
        }
        return new Edns(UDP_SIZE, 0, ask.query.dnssecOk(), rcode >> 4, options);
    }

    /** A kept answer, with the id, flags and name of the question, and times that are left. */
    void cached(Ask ask, CacheEntry entry) {
        int length = entry.message.length;
        if (length + ednsLength(ask) > limit(ask)) {
            truncated(ask);
            return;
        }
        QueryView query = ask.query;
        byte[] out = ask.out;
        System.arraycopy(entry.message, 0, out, 0, length);
        int id = query.id();
        out[0] = (byte) (id >> 8);
        out[1] = (byte) id;
        boolean wantsSecurity = query.dnssecOk() || query.authenticData();
        int said = entry.message[3] & (wantsSecurity ? DnsMessage.AUTHENTIC_DATA : 0);
        out[2] = (byte) ((DnsMessage.RESPONSE | (query.flags() & DnsMessage.RECURSION_DESIRED)) >> 8);
        out[3] = (byte) (DnsMessage.RECURSION_AVAILABLE
                | (query.flags() & DnsMessage.CHECKING_DISABLED)
                | said
                | (entry.message[3] & 15));
        System.arraycopy(query.bytes(), query.nameAt(), out, DnsCache.HEADER, entry.nameLength);
        times(ask, entry);
        ask.rcode = entry.message[3] & 15;
        ask.outLength = query.hasEdns() ? length + edns(ask, out, length) : length;
    }

    /** What is left of the times, and never more than until the entry ends: all of it is asked for anew together. */
    private static void times(Ask ask, CacheEntry entry) {
        byte[] out = ask.out;
        long ageS = (ask.nowMs - entry.storedAtMs) / 1000;
        long leftS = Math.max(0, (entry.expiresAtMs - ask.nowMs + 999) / 1000);
        for (int at : entry.ttls) {
            long rest = ask.stale ? STALE_TTL_S : Math.max(Math.min(1, leftS), u32(out, at) - ageS);
            u16(out, at, (int) (rest >> 16));
            u16(out, at + 2, (int) rest);
        }
    }

    /** Writes the OPT record behind an answer; returns its octets. */
    private int edns(Ask ask, byte[] out, int from) {
        int at = from;
        out[at] = 0;
        u16(out, at + 1, RecordType.OPT);
        u16(out, at + 3, UDP_SIZE);
        u16(out, at + 5, 0);
        u16(out, at + 7, ask.query.dnssecOk() ? DNSSEC_OK : 0);
        at += AnswerWriter.EDNS_LENGTH;
        if (ask.hasCookie) {
            u16(out, at, EdnsOption.COOKIE);
            u16(out, at + 2, Cookies.WHOLE);
            System.arraycopy(ask.cookie, 0, out, at + OPTION_HEAD, Cookies.WHOLE);
            at += OPTION_HEAD + Cookies.WHOLE;
        }
        if (ask.extendedError >= 0) {
            u16(out, at, EdnsOption.EXTENDED_ERROR);
            u16(out, at + 2, ERROR_CODE);
            u16(out, at + OPTION_HEAD, ask.extendedError);
            at += OPTION_HEAD + ERROR_CODE;
        }
        u16(out, from + 9, at - from - AnswerWriter.EDNS_LENGTH);
        int additional = ((out[10] & 0xff) << 8 | (out[11] & 0xff)) + 1;
        u16(out, 10, additional);
        return at - from;
    }

    private static long u32(byte[] out, int at) {
        long upper = (out[at] & 0xffL) << 24 | (out[at + 1] & 0xffL) << 16;
        return upper | (out[at + 2] & 0xff) << 8 | (out[at + 3] & 0xff);
    }

    private static void u16(byte[] out, int at, int value) {
        out[at] = (byte) (value >> 8);
        out[at + 1] = (byte) value;
    }
}
