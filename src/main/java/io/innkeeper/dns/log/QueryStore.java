package io.innkeeper.dns.log;

import io.innkeeper.config.DnsLog;
import io.innkeeper.config.DnsLogMode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows of the query log: the newest in memory, as columns that are being filled; the others as packed blocks in files. Every
 * few seconds the rows that are new in memory are appended to one more file, so that a killed process loses no others.
 *
 * <p>One thread writes; any may search. The lock is held for moments, not while files are read.
 */
final class QueryStore {
    private static final Logger LOG = LoggerFactory.getLogger(QueryStore.class);

    /** A block is written when its first row is this old, even if it is not full: a part of how long rows are kept. */
    private static final int PARTS_OF_AGE = 32;

    private static final long LONGEST_OPEN_MS = 3_600_000;

    private final LogFolder folder;
    private final BlockWriter writer = new BlockWriter();

    /** Guarded by this, as all below. */
    private RowColumns open = new RowColumns(RowColumns.MAX_ROWS);

    /** Rows of {@code open} that are in the file of the newest rows. */
    private int flushed;

    private long nextSequence;
    private long keepMs = Long.MAX_VALUE;
    private long lost;
    private @Nullable String problem;

    QueryStore(Path path) {
        folder = new LogFolder(path);
    }

    /** Reads what is there. */
    synchronized void open(DnsLog settings, long nowMs) throws IOException {
        folder.open();
        nextSequence = folder.lastSequence() + 1;
        for (QueryRow row : folder.newestRows()) {
            if (row.sequence() >= nextSequence && !open.isFull()) {
                open.add(row);
                nextSequence = row.sequence() + 1;
            }
        }
        flushed = open.size();
        tidy(settings, nowMs);
    }

    synchronized long nextSequence() {
        return nextSequence;
    }

    /** Appends rows, whose numbers begin with the next one. */
    synchronized void add(List<QueryRow> rows) {
        for (QueryRow row : rows) {
            open.add(row);
            nextSequence = row.sequence() + 1;
            if (open.isFull()) {
                closeBlock();
            }
        }
    }

    /** Writes what is not on disk yet, as a block where it is time. */
    synchronized void flush(DnsLog settings, long nowMs) {
        if (open.size() == 0) {
            return;
        }
        long longest = Math.min(LONGEST_OPEN_MS, settings.keep().toMillis() / PARTS_OF_AGE);
        if (Math.abs(nowMs - open.atMs[0]) >= longest) {
            closeBlock();
        } else if (open.size() > flushed) {
            flushNewest();
        }
    }

    private void flushNewest() {
        RowColumns part = new RowColumns(open.size() - flushed);
        for (int i = flushed; i < open.size(); i++) {
            part.add(open.row(i));
        }
        try {
            folder.appendNewest(writer.write(part));
            flushed = open.size();
            problem = null;
        } catch (IOException e) {
            failed(e);
        }
    }

    /** Writes the open rows as a block. Where that fails they are lost: to keep them would fill the memory. */
    private void closeBlock() {
        try {
            folder.append(writer.write(open));
            problem = null;
        } catch (IOException e) {
            lost += open.size();
            failed(e);
        }
        open = new RowColumns(RowColumns.MAX_ROWS);
        flushed = 0;
        try {
            folder.clearNewest();
        } catch (IOException e) {
            failed(e);
        }
    }

    private void failed(IOException e) {
        if (problem == null) {
            LOG.warn("The query log cannot be written: {}", e.toString());
        }
        problem = e.toString();
    }

    /** Removes what is too old or too much. */
    synchronized void tidy(DnsLog settings, long nowMs) {
        keepMs = settings.keep().toMillis();
        try {
            folder.limits(settings.size().bytes(), keepMs);
            folder.tidy(nowMs - keepMs);
        } catch (IOException e) {
            failed(e);
        }
    }

    /** Removes all rows; says how many. */
    synchronized long forgetAll() throws IOException {
        long rows = folder.rows() + open.size();
        open = new RowColumns(RowColumns.MAX_ROWS);
        flushed = 0;
        folder.clear();
        return rows;
    }

    /** Removes rows that match; says how many. Searches meanwhile may miss rows. */
    long forget(QueryFilter what) throws IOException {
        long removed = forgetOpen(what);
        for (LogSegment segment : segments()) {
            LogSegment rest = folder.without(segment, what, writer);
            if (!rest.equals(segment)) {
                removed += segment.rows() - rest.rows();
                replace(segment, rest);
            }
        }
        return removed;
    }

    private synchronized void replace(LogSegment former, LogSegment by) throws IOException {
        folder.replace(former, by);
    }

    private synchronized List<LogSegment> segments() {
        return folder.segments();
    }

    private synchronized long forgetOpen(QueryFilter what) throws IOException {
        RowColumns rest = new RowColumns(RowColumns.MAX_ROWS);
        for (int i = 0; i < open.size(); i++) {
            QueryRow row = open.row(i);
            if (!what.matches(row)) {
                rest.add(row);
            }
        }
        long removed = (long) open.size() - rest.size();
        open = rest;
        flushed = 0;
        folder.clearNewest();
        if (open.size() > 0) {
            flushNewest();
        }
        return removed;
    }

    /** The newest rows that match. */
    QueryPage search(QueryFilter filter, long nowMs) {
        List<QueryRow> found = new ArrayList<>();
        List<LogSegment.Place> places;
        QuerySearch search;
        synchronized (this) {
            search = new QuerySearch(filter, keepMs == Long.MAX_VALUE ? 0 : nowMs - keepMs);
            search.rows(open, found);
            places = folder.places();
        }
        try (search) {
            return search.blocks(places, found, folder::damaged);
        }
    }

    synchronized LogState state(DnsLogMode mode, long dropped) {
        long oldest = folder.oldestMs();
        if (oldest == Long.MAX_VALUE && open.size() > 0) {
            oldest = open.atMs[0];
        }
        return new LogState(
                mode,
                folder.rows() + open.size(),
                folder.bytes(),
                oldest == Long.MAX_VALUE ? null : Instant.ofEpochMilli(oldest),
                dropped,
                lost,
                folder.damages(),
                problem);
    }

    /** Writes what is not on disk yet, and closes the files. */
    synchronized void close(DnsLog settings, long nowMs) {
        flush(settings, nowMs);
        writer.close();
    }
}
