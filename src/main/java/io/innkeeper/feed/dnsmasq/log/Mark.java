package io.innkeeper.feed.dnsmasq.log;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far a file was read, and by what it is known again: by its octets. A name says little about a file that is rotated, and
 * the number that the system gives it (the inode) is given to another one soon after.
 *
 * @param inode the system's number of the file
 * @param offset how many octets were read
 * @param changedUs when the file last changed, as far as was seen; microseconds since 1970
 * @param head fingerprints of the first 64, 128, 256, 512 and 1,024 octets, as far as so many were read
 * @param tail the fingerprint of the last octets that were read, 1,024 at most
 * @param done whether nothing more is expected in it
 */
record Mark(long inode, long offset, long changedUs, List<Long> head, long tail, boolean done) {
    /** How many octets before the offset, and at the beginning, say that it is this file. */
    static final int SPAN = 1_024;

    private static final int FIRST_STEP = 64;
    private static final int STEPS = 5;
    private static final String VERSION = "1";
    private static final int FIELDS = 6;

    /** What a file has to do with a mark. */
    enum Match {
        /** It is another one. */
        NONE,
        /** It begins in the same way, and is shorter than what was read: a copy that was made before the end was written. */
        SHORTER,
        /** It holds all that was read. */
        WHOLE
    }

    /** Copies the list. */
    Mark {
        head = List.copyOf(head);
    }

    /** The mark of one who has read nothing, and for whom all is new that changes after this time. */
    static Mark nothingBefore(long nowUs) {
        return new Mark(0, 0, nowUs, List.of(), 0, true);
    }

    /** Fingerprints of the beginning, of which {@code count} octets are known. */
    static List<Long> heads(byte[] octets, int from, int count) {
        List<Long> heads = new ArrayList<>();
        for (int i = 0, step = FIRST_STEP; i < STEPS && step <= count; i++, step *= 2) {
            heads.add(print(octets, from, from + step));
        }
        return heads;
    }

    /** A fingerprint (FNV-1a, 64 bits). */
    static long print(byte[] octets, int from, int to) {
        long hash = 0xcbf29ce484222325L;
        for (int i = from; i < to; i++) {
            hash = (hash ^ (octets[i] & 0xff)) * 0x100000001b3L;
        }
        return hash;
    }

    /** True where the heads of all lengths are known. */
    boolean headComplete() {
        return head.size() == STEPS;
    }

    /** Looks whether these octets are those that were read. */
    Match match(LogBytes bytes) throws IOException {
        if (offset == 0) {
            return Match.NONE;
        }
        byte[] octets = new byte[SPAN];
        int count = bytes.read(octets, 0, (int) Math.min(SPAN, offset), 0);
        List<Long> theirs = heads(octets, 0, count);
        int common = Math.min(theirs.size(), head.size());
        if (common > 0 && !theirs.get(common - 1).equals(head.get(common - 1))) {
            return Match.NONE;
        }
        Match shorter = common > 0 ? Match.SHORTER : Match.NONE;
        if (done && common > 0) {
            // Nothing will be read from it; its end need not be looked for.
            return shorter;
        }
        int span = (int) Math.min(SPAN, offset);
        if (bytes.read(octets, 0, span, offset - span) < span) {
            return shorter;
        }
        return print(octets, 0, span) == tail ? Match.WHOLE : Match.NONE;
    }

    /** The same, of which nothing more is expected. */
    Mark finished() {
        return new Mark(inode, offset, changedUs, head, tail, true);
    }

    /** All marks as one word, for the store. */
    static String text(List<Mark> marks) {
        StringBuilder text = new StringBuilder(VERSION);
        for (Mark mark : marks) {
            text.append(';').append(mark.inode).append(',').append(mark.offset);
            text.append(',').append(mark.changedUs).append(',').append(Long.toHexString(mark.tail));
            text.append(',').append(mark.done ? 'd' : 'r').append(',');
            for (int i = 0; i < mark.head.size(); i++) {
                text.append(i > 0 ? "." : "").append(Long.toHexString(mark.head.get(i)));
            }
        }
        return text.toString();
    }

    /** Reads what {@link #text} wrote; empty for anything else. */
    static Optional<List<Mark>> parse(String text) {
        String[] parts = text.split(";", -1);
        if (!parts[0].equals(VERSION) || parts.length < 2) {
            return Optional.empty();
        }
        List<Mark> marks = new ArrayList<>();
        try {
            for (int i = 1; i < parts.length; i++) {
                marks.add(one(parts[i].split(",", -1)));
            }
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        return Optional.of(marks);
    }

    private static Mark one(String[] fields) {
        if (fields.length != FIELDS) {
            throw new IllegalArgumentException("not a mark");
        }
        long offset = Long.parseLong(fields[1]);
        List<Long> heads = new ArrayList<>();
        for (String hash : fields[5].isEmpty() ? new String[0] : fields[5].split("\\.", -1)) {
            heads.add(Long.parseUnsignedLong(hash, 16));
        }
        if (offset < 0 || heads.size() > STEPS) {
            throw new IllegalArgumentException("not a mark");
        }
        return new Mark(
                Long.parseLong(fields[0]),
                offset,
                Long.parseLong(fields[2]),
                heads,
                Long.parseUnsignedLong(fields[3], 16),
                fields[4].equals("d"));
    }
}
