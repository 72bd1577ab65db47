package io.innkeeper.wire.dns;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@link DnsMessage} → octets. What was written and turns out too long is taken back by whole record sets. */
final class MessageWriter {
    private static final int FIRST_SIZE = 512;

    private final DnsMessage message;

    /** The octets of all but the OPT record. */
    private final int limit;

    private final @Nullable Edns edns;
    private final CompressionTable names = new CompressionTable();
    private final RdataWriter data = new RdataWriter(this);
    private byte[] bytes = new byte[FIRST_SIZE];
    private int at = WireReader.HEADER;
    private boolean cut;

    MessageWriter(DnsMessage message, int maxLength) {
        this.message = message;
        this.edns = fitting(message, maxLength);
        this.limit = maxLength - (edns == null ? 0 : length(edns));
    }

    /** The OPT record with those options that leave room for the first question. */
    private static @Nullable Edns fitting(DnsMessage message, int maxLength) {
        Edns edns = message.edns();
        if (edns == null) {
            return null;
        }
        Question question = message.question();
        int taken = WireReader.HEADER + (question == null ? 0 : question.name().length() + 4);
        Edns fits = edns;
        while (!fits.options().isEmpty() && taken + length(fits) > maxLength) {
            fits = fits.withOptions(fits.options().subList(0, fits.options().size() - 1));
        }
        return fits;
    }

    private static int length(Edns edns) {
        return Edns.MIN_LENGTH
                + edns.options().stream().mapToInt(EdnsOption::length).sum();
    }

    byte[] write() {
        int questions = questions();
        int answers = cut ? 0 : records(message.answers());
        boolean answersCut = cut || answers < message.answers().size();
        int authorities = answersCut ? 0 : records(message.authorities());
        cut = answersCut || authorities < message.authorities().size();
        int additionals = cut ? 0 : records(message.additionals());
        if (edns != null) {
            opt(edns);
            additionals++;
        }
        int end = at;
        at = 0;
        u16(message.id());
        u16(message.flags() | (cut ? DnsMessage.TRUNCATED : 0));
        u16(questions);
        u16(answers);
        u16(authorities);
        u16(additionals);
        return Arrays.copyOf(bytes, end);
    }

    private int questions() {
        int written = 0;
        for (Question question : message.questions()) {
            int start = at;
            int known = names.count();
            name(question.name(), true, false);
            u16(question.type());
            u16(question.dnsClass());
            if (at > limit) {
                cut = true;
                at = start;
                names.cutTo(known);
                break;
            }
            written++;
        }
        return written;
    }

    /** Writes whole record sets as long as they fit; how many records that are. */
    private int records(List<DnsRecord> records) {
        int written = 0;
        while (written < records.size()) {
            int start = at;
            int known = names.count();
            DnsRecord first = records.get(written);
            int next = written;
            while (next < records.size() && at <= limit && first.sameSet(records.get(next))) {
                record(records.get(next++));
            }
            if (at > limit) {
                at = start;
                names.cutTo(known);
                break;
            }
            written = next;
        }
        return written;
    }

    private void record(DnsRecord record) {
        name(record.name(), true, false);
        u16(record.type());
        u16(record.dnsClass());
        u32(record.ttl());
        int lengthAt = at;
        u16(0);
        data.write(record.type(), record.data());
        int end = at;
        at = lengthAt;
        u16(end - lengthAt - 2);
        at = end;
    }

    private void opt(Edns opt) {
        u8(0);
        u16(RecordType.OPT);
        u16(opt.udpSize());
        u8(opt.extendedRcode());
        u8(opt.version());
        u16(opt.dnssecOk() ? Edns.DNSSEC_OK : 0);
        u16(length(opt) - Edns.MIN_LENGTH);
        for (EdnsOption option : opt.options()) {
            u16(option.code());
            u16(option.data().length());
            octets(option.data().toArray());
        }
    }

    /**
     * Writes a name.
     *
     * @param compress whether it may end in a pointer
     * @param exact whether it may only point to a name of the same case: owners take that of the question, data keep theirs
     */
    void name(DnsName name, boolean compress, boolean exact) {
        byte[] wire = name.octets();
        if (!compress) {
            octets(wire);
            return;
        }
        int[] labels = name.labels();
        long[] hashes = new long[labels.length + 1];
        hashes[labels.length] = NameHash.ROOT;
        for (int i = labels.length - 1; i >= 0; i--) {
            hashes[i] = NameHash.extend(hashes[i + 1], wire, labels[i]);
        }
        int place = at;
        for (int i = 0; i < labels.length; i++) {
            int target = names.find(hashes[i], bytes, wire, labels[i], exact);
            if (target >= 0) {
                octets(wire, labels[i]);
                u16(0xc000 | target);
                remember(labels, hashes, i, place);
                return;
            }
        }
        octets(wire);
        remember(labels, hashes, labels.length, place);
    }

    /** The first so many labels of a name are written now, and can be pointed to. */
    private void remember(int[] labels, long[] hashes, int count, int place) {
        for (int i = 0; i < count; i++) {
            names.add(hashes[i], place + labels[i]);
        }
    }

    private void room(int octets) {
        if (at + octets > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(at + octets, 2 * bytes.length));
        }
    }

    void u8(int value) {
        room(1);
        bytes[at++] = (byte) value;
    }

    void u16(int value) {
        room(2);
        bytes[at++] = (byte) (value >> 8);
        bytes[at++] = (byte) value;
    }

    void u32(long value) {
        u16((int) (value >> 16));
        u16((int) value);
    }

    void octets(byte[] octets) {
        octets(octets, octets.length);
    }

    private void octets(byte[] octets, int count) {
        room(count);
        System.arraycopy(octets, 0, bytes, at, count);
        at += count;
    }
}
