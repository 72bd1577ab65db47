package io.innkeeper.wire.dns;

import java.util.Arrays;

/** Goes over the records of an answer and notes what {@link ResponseView} tells. */
final class ResponseWalk {
    static final int ANSWER = 0;
    static final int AUTHORITY = 1;
    static final int ADDITIONAL = 2;

    private static final int FIRST_SIZE = 16;

    private final WireReader in;
    private final RdataReader data;
    private final Question question;
    private int[] ttls = new int[FIRST_SIZE];
    private int ttlCount;
    private long smallestTtl = ResponseView.NONE;
    private long smallestAnswerTtl = ResponseView.NONE;
    private long negativeTtl = ResponseView.NONE;
    private boolean answered;
    private int optOffset = -1;
    private int optLength;
    private int extendedRcode;

    ResponseWalk(WireReader in, Question question) {
        this.in = in;
        this.data = new RdataReader(in);
        this.question = question;
    }

    void section(int section, int count) {
        for (int i = 0; i < count && in.fine(); i++) {
            int place = in.at();
            in.skipName();
            boolean root = in.at() == place + 1;
            int type = in.u16();
            if (type == RecordType.OPT) {
                opt(place, root && section == ADDITIONAL);
            } else {
                record(section, type);
            }
        }
    }

    private void record(int section, int type) {
        int dnsClass = in.u16();
        int ttlAt = in.at();
        long sent = in.u32();
        long ttl = sent > DnsRecord.MAX_TTL ? 0 : sent;
        note(ttlAt);
        smallestTtl = smaller(smallestTtl, ttl);
        if (section == ANSWER) {
            smallestAnswerTtl = smaller(smallestAnswerTtl, ttl);
            answered |= type == question.type() || question.type() == RecordType.ANY;
        }
        if (in.confine(in.u16())) {
            Rdata read = data.read(type, dnsClass);
            if (section == AUTHORITY && read instanceof Rdata.Soa soa) {
                negativeTtl = smaller(negativeTtl, Math.min(ttl, soa.minimum()));
            }
        }
        in.release();
    }

    private static long smaller(long known, long ttl) {
        return known == ResponseView.NONE ? ttl : Math.min(known, ttl);
    }

    private void note(int ttlAt) {
        if (ttlCount == ttls.length) {
            ttls = Arrays.copyOf(ttls, 2 * ttls.length);
        }
        ttls[ttlCount++] = ttlAt;
    }

    private void opt(int place, boolean inPlace) {
        if (!inPlace || optOffset >= 0) {
            in.fail(Malformed.BAD_EDNS);
        }
        in.u16();
        extendedRcode = in.u8();
        in.u8();
        in.u16();
        if (in.confine(in.u16())) {
            while (in.fine() && in.remaining() > 0) {
                in.u16();
                in.skip(in.u16());
            }
        }
        in.release();
        optOffset = place;
        optLength = in.at() - place;
    }

    boolean answered() {
        return answered;
    }

    int extendedRcode() {
        return extendedRcode;
    }

    int end() {
        return in.at();
    }

    int ttlCount() {
        return ttlCount;
    }

    int ttlOffset(int index) {
        return ttls[index];
    }

    int[] ttlOffsets() {
        return Arrays.copyOf(ttls, ttlCount);
    }

    long smallestTtl() {
        return smallestTtl;
    }

    long smallestAnswerTtl() {
        return smallestAnswerTtl;
    }

    long negativeTtl() {
        return negativeTtl;
    }

    int optOffset() {
        return optOffset;
    }

    int optLength() {
        return optLength;
    }
}
