package io.innkeeper.feed.dnsmasq.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A file that is being read, and how far that is. For one thread. */
final class Followed implements Closeable {
    /** The most octets of lines in one reading. */
    static final int CHUNK = 256 << 10;

    /** A longer line is handed on cut. */
    static final int MAX_LINE = 8_192;

    /** What a buffer for {@link #read} holds. */
    static final int BUFFER = Mark.SPAN + CHUNK;

    /** What came of reading. */
    enum Got {
        /** Whole lines; see {@link #from} and {@link #to}. */
        LINES,
        /** No whole line beyond those that were taken. */
        NOTHING,
        /** It is not what it was: it was cut, and perhaps written anew. */
        CUT
    }

    private final Path name;
    private final LogBytes bytes;
    private final long inode;
    private long offset;
    private long changedUs;
    private List<Long> head;
    private long tail;

    private int from;
    private int to;
    private boolean cutLine;
    private long nextOffset;
    private long searchedTo;
    private long lastDataNanos;

    private Followed(Path name, LogBytes bytes, long inode, Mark at) {
        this.name = name;
        this.bytes = bytes;
        this.inode = inode;
        this.offset = at.offset();
        this.changedUs = at.changedUs();
        this.head = at.head();
        this.tail = at.tail();
    }

    /** One that was read before, as far as the mark says; it must match. */
    static Followed on(Path name, LogBytes bytes, long inode, Mark mark) {
        return new Followed(name, bytes, inode, mark);
    }

    /** One that is read from its beginning. */
    static Followed whole(Path name, LogBytes bytes, FileLook look) {
        return new Followed(
                name,
                bytes,
                look.inode(),
                new Mark(look.inode(), 0, look.changedUs(), List.of(), Mark.print(new byte[0], 0, 0), false));
    }

    /** One whose present lines were written before anybody watched; a line that is being written is read whole. */
    static Followed atEnd(Path name, LogBytes bytes, FileLook look) throws IOException {
        byte[] octets = new byte[MAX_LINE];
        int span = (int) Math.min(MAX_LINE, look.size());
        int count = bytes.read(octets, 0, span, look.size() - span);
        int end = lastFeed(octets, 0, count) + 1;
        long offset = count < span ? 0 : look.size() - span + (end == 0 ? span : end);
        Followed followed = whole(name, bytes, look);
        followed.nextOffset = offset;
        followed.cutLine = true;
        followed.advance(followed.after(octets), 0);
        return followed;
    }

    /** Looks for whole lines behind those that were taken. */
    Got read(byte[] buffer) throws IOException {
        int span = (int) Math.min(Mark.SPAN, offset);
        int count = bytes.read(buffer, 0, span + CHUNK, offset - span);
        if (count < span || Mark.print(buffer, 0, span) != tail) {
            return Got.CUT;
        }
        int end = lastFeed(buffer, span, count) + 1;
        cutLine = false;
        if (end == 0 && count < span + CHUNK) {
            return Got.NOTHING;
        }
        if (end == 0) {
            return giant(buffer, span);
        }
        from = span;
        while (from < end && buffer[from] == 0) {
            // Who writes on behind where the file was cut off leaves a hole, which reads as NULs.
            from++;
        }
        to = end;
        nextOffset = offset + end - span;
        return Got.LINES;
    }

    /** True where it is not any more what was read of it. */
    boolean isCut() throws IOException {
        byte[] octets = new byte[Mark.SPAN];
        int span = (int) Math.min(Mark.SPAN, offset);
        return bytes.read(octets, 0, span, offset - span) < span || Mark.print(octets, 0, span) != tail;
    }

    /** A line that is longer than the buffer: its beginning, once its end is there. */
    private Got giant(byte[] buffer, int span) throws IOException {
        byte[] further = new byte[CHUNK];
        long position = Math.max(offset + CHUNK, searchedTo);
        while (true) {
            int count = bytes.read(further, 0, CHUNK, position);
            int feed = 0;
            while (feed < count && further[feed] != '\n') {
                feed++;
            }
            if (feed < count) {
                nextOffset = position + feed + 1;
                break;
            }
            position += count;
            searchedTo = position;
            if (count == 0) {
                return Got.NOTHING;
            }
        }
        cutLine = true;
        from = span;
        to = span + MAX_LINE + 1;
        buffer[to - 1] = '\n';
        return Got.LINES;
    }

    /** What is behind the last whole line, when nothing will be added: as a line, which its writer did not end. */
    Got readRest(byte[] buffer) throws IOException {
        int span = (int) Math.min(Mark.SPAN, offset);
        int count = bytes.read(buffer, 0, span + MAX_LINE, offset - span);
        if (count <= span || Mark.print(buffer, 0, span) != tail) {
            return Got.NOTHING;
        }
        from = span;
        to = count + 1;
        buffer[count] = '\n';
        cutLine = true;
        nextOffset = offset + count - span;
        return Got.LINES;
    }

    private static int lastFeed(byte[] octets, int from, int to) {
        int at = to - 1;
        while (at >= from && octets[at] != '\n') {
            at--;
        }
        return at < from ? -1 : at;
    }

    /** The lines of the last reading begin here in its buffer. */
    int from() {
        return from;
    }

    /** They end here. */
    int to() {
        return to;
    }

    /** True where the last reading is a line that was cut. */
    boolean isCutLine() {
        return cutLine;
    }

    /** How far it is read once the lines of the last reading are taken. */
    Mark after(byte[] buffer) throws IOException {
        int span = (int) Math.min(Mark.SPAN, nextOffset);
        if (cutLine) {
            byte[] octets = new byte[Mark.SPAN];
            List<Long> heads = Mark.heads(octets, 0, bytes.read(octets, 0, span, 0));
            long end = Mark.print(octets, 0, bytes.read(octets, 0, span, nextOffset - span));
            return new Mark(inode, nextOffset, changedUs, heads, end, false);
        }
        // As long as little was read, the buffer begins where the file begins.
        List<Long> heads = offset < Mark.SPAN ? Mark.heads(buffer, 0, span) : head;
        return new Mark(inode, nextOffset, changedUs, heads, Mark.print(buffer, to - span, to), false);
    }

    /** The lines of the last reading are taken; this is what {@link #after} said. */
    void advance(Mark mark, long nanos) {
        offset = mark.offset();
        head = mark.head();
        tail = mark.tail();
        lastDataNanos = nanos;
    }

    /** How far it was read. */
    Mark mark() {
        return new Mark(inode, offset, changedUs, head, tail, false);
    }

    /** The octets at its beginning, {@value Mark#SPAN} at most. */
    byte[] beginning() throws IOException {
        byte[] octets = new byte[Mark.SPAN];
        return Arrays.copyOf(octets, bytes.read(octets, 0, octets.length, 0));
    }

    Path name() {
        return name;
    }

    long inode() {
        return inode;
    }

    long offset() {
        return offset;
    }

    LogBytes bytes() {
        return bytes;
    }

    /** When it had last changed when it was last read. */
    long changedUs() {
        return changedUs;
    }

    /** It had changed then when it was read. */
    void changed(long us) {
        changedUs = us;
    }

    /** When lines were last taken of it, or reading it began. */
    long lastDataNanos() {
        return lastDataNanos;
    }

    /** Nothing was taken of it before this. */
    void begun(long nanos) {
        lastDataNanos = nanos;
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
