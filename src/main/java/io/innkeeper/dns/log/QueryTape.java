package io.innkeeper.dns.log;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What the thread of the DNS server writes and the thread of the query log reads: chunks of rows that go back and forth, so that
 * a question costs some copied octets and nothing is allocated. One thread writes, another reads.
 *
 * <p>Full chunks are handed on at once. Others are handed on where the reader has nothing left to do, so that it looks when it
 * likes and the writer wakes nobody. Where all chunks wait for the reader, rows are dropped and counted.
 */
public final class QueryTape {
    /** The most chunks: 4 MiB, some 60,000 rows. */
    static final int MAX_CHUNKS = 64;

    /** Rows of a chunk that is not full are handed on after this long, even if there is no time to flush. */
    private static final long PATIENCE_MS = 500;

    private final int maxChunks;
    private final ArrayBlockingQueue<TapeChunk> filled;
    private final ArrayBlockingQueue<TapeChunk> free;

    /** Written by the writer, read by all. */
    private final AtomicLong dropped = new AtomicLong();

    /** The reader has read everything. */
    private volatile boolean hungry = true;

    /** Of the writer from here on. */
    private @Nullable TapeChunk current;

    private int made;

    /** An empty tape. */
    public QueryTape() {
        this(MAX_CHUNKS);
    }

    QueryTape(int maxChunks) {
        this.maxChunks = maxChunks;
        filled = new ArrayBlockingQueue<>(maxChunks);
        free = new ArrayBlockingQueue<>(maxChunks);
    }

    /**
     * Writes down one question that has its answer; quick, never waits, and keeps nothing of the arrays.
     *
     * @param clientHigh with {@code clientLow} the client's address, IPv4 in its IPv6 form
     * @param bytes holds the name, as in a message
     * @param detail the number of the list or upstream; -1 for none
     * @param micros from question to answer
     * @param transport 0 UDP, 1 TCP, 2 TLS, 3 HTTPS
     * @param security the place in {@link io.innkeeper.dns.forward.Security}
     */
    public void add(
            long atMs,
            long clientHigh,
            long clientLow,
            byte[] bytes,
            int nameAt,
            int nameLength,
            int type,
            int rcode,
            QueryStep step,
            int detail,
            int micros,
            int transport,
            int security) {
        TapeChunk chunk = room();
        if (chunk == null) {
            dropped.incrementAndGet();
            return;
        }
        chunk.add(
                atMs,
                clientHigh,
                clientLow,
                bytes,
                nameAt,
                nameLength,
                type,
                rcode,
                step.number(),
                detail,
                micros,
                transport,
                security);
        if (hungry && atMs - chunk.firstAtMs() >= PATIENCE_MS) {
            handOn(chunk);
        }
    }

    /** A chunk with room for a row; null where all of them wait for the reader. */
    private @Nullable TapeChunk room() {
        TapeChunk chunk = current;
        if (chunk != null && chunk.isFull()) {
            handOn(chunk);
            chunk = null;
        }
        if (chunk == null) {
            chunk = free.poll();
            if (chunk == null && made < maxChunks) {
                chunk = new TapeChunk();
                made++;
            }
            current = chunk;
        }
        return chunk;
    }

    /** Hands on what was gathered, for a reader that has nothing left to do; called when the writer has nothing to do. */
    public void flush() {
        TapeChunk chunk = current;
        if (chunk != null && chunk.count() > 0 && hungry) {
            handOn(chunk);
        }
    }

    private void handOn(TapeChunk chunk) {
        hungry = false;
        // There are not more chunks than places.
        filled.add(chunk);
        current = null;
    }

    /** For the reader: the next chunk, null for none; to be given back. */
    @Nullable
    TapeChunk next() {
        TapeChunk chunk = filled.poll();
        if (chunk == null) {
            hungry = true;
        }
        return chunk;
    }

    /** For the reader: a chunk that was read. */
    void giveBack(TapeChunk chunk) {
        chunk.clear();
        free.add(chunk);
    }

    /** For the reader, when the writer's thread has ended: what it did not hand on; null for nothing. */
    @Nullable
    TapeChunk rest() {
        TapeChunk chunk = current;
        current = null;
        return chunk;
    }

    /** Rows that were lost since there was no room. */
    public long dropped() {
        return dropped.get();
    }
}
