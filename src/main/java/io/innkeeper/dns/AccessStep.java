package io.innkeeper.dns;

import io.innkeeper.dns.log.QueryStep;
import io.innkeeper.wire.dns.DnsClass;
import io.innkeeper.wire.dns.ExtendedError;
import io.innkeeper.wire.dns.Rcode;
import io.innkeeper.wire.dns.RecordType;

/** The first step: who may ask, how much, and what can be asked at all. */
final class AccessStep implements Step {
    private static final int IXFR = 251;
    private static final int AXFR = 252;
    private static final int FIRST_META = 128;
    private static final int ANY_TTL_S = 3600;

    private final Reply reply;
    private int perClient;
    private boolean slips;

    AccessStep(Reply reply) {
        this.reply = reply;
    }

    void perClient(int questionsPerSecond) {
        perClient = questionsPerSecond;
    }

    @Override
    public Next take(Ask ask) {
        if (!mayAsk(ask)) {
            return refused(ask, QueryStep.REFUSED, ExtendedError.PROHIBITED);
        }
        if (!withinRate(ask)) {
            return limited(ask);
        }
        return asksForRecords(ask);
    }

    static boolean mayAsk(Ask ask) {
        return ask.client().allowed;
    }

    /** Within the rate of the client. Who shows a cookie, or uses a stream, is who he says, and may have twice as much. */
    boolean withinRate(Ask ask) {
        int rate = ask.trusted ? 2 * perClient : perClient;
        return perClient == 0 || ask.client().bucket.take(rate, ask.nowMs);
    }

    /** Every other question gets a short "come by TCP", which a client can and a forged address cannot; the rest nothing. */
    private Next limited(Ask ask) {
        ask.step = QueryStep.LIMITED;
        ask.note("the client asked more than " + perClient + " questions a second");
        slips = !slips;
        if (ask.trusted) {
            return refused(ask, QueryStep.LIMITED, ExtendedError.PROHIBITED);
        }
        if (!slips) {
            return Next.DROPPED;
        }
        reply.truncated(ask);
        return Next.ANSWERED;
    }

    private Next refused(Ask ask, QueryStep step, int why) {
        ask.step = step;
        ask.extendedError = why;
        ask.note(step == QueryStep.REFUSED ? "the client may not ask: dns.access" : "refused");
        reply.error(ask, Rcode.REFUSED);
        return Next.ANSWERED;
    }

    private Next asksForRecords(Ask ask) {
        int type = ask.query.type();
        if (ask.query.dnsClass() != DnsClass.IN || type == AXFR || type == IXFR) {
            return refused(ask, QueryStep.REFUSED, ExtendedError.NOT_SUPPORTED);
        }
        if (type == RecordType.ANY) {
            ask.step = QueryStep.LOCAL;
            ask.note("questions for everything get the least (RFC 8482)");
            reply.any(ask, ANY_TTL_S);
            return Next.ANSWERED;
        }
        boolean meta = type >= FIRST_META && type < RecordType.ANY;
        if (type == RecordType.OPT || type == 0 || meta) {
            ask.step = QueryStep.REFUSED;
            reply.error(ask, Rcode.FORMERR);
            return Next.ANSWERED;
        }
        return Next.GO_ON;
    }
}
