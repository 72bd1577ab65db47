package io.innkeeper.dns.log;

import io.innkeeper.dns.log.BlockInput.BadBlockException;
import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One search. Goes from the newest block to the oldest, leaves out those whose headers or dictionaries say that nothing in them
 * can match, and stops where it has enough.
 */
final class QuerySearch implements AutoCloseable {
    /** The most blocks that one search unpacks: some eight million rows. */
    static final int MAX_BLOCKS = 2000;

    private final QueryFilter filter;
    private final long fromMs;
    private final long toMs;
    private final long before;
    private final BlockReader reader = new BlockReader();

    /** Of the block that is looked at: the numbers that match, -1 for any. */
    private int device;

    private int client;
    private boolean @Nullable [] names;

    private @Nullable Path openFile;
    private @Nullable FileChannel channel;

    /** @param oldestMs older rows are not shown */
    QuerySearch(QueryFilter filter, long oldestMs) {
        this.filter = filter;
        Instant from = filter.from();
        Instant to = filter.to();
        fromMs = Math.max(oldestMs, from == null ? Long.MIN_VALUE : from.toEpochMilli());
        toMs = to == null ? Long.MAX_VALUE : to.toEpochMilli();
        Long sequence = filter.before();
        before = sequence == null ? Long.MAX_VALUE : sequence;
    }

    /** Enters the rows of these columns that match, the last one first, one more than the limit at most. */
    void rows(RowColumns rows, List<QueryRow> found) {
        if (prepare(rows)) {
            scan(rows, found);
        }
    }

    private void scan(RowColumns rows, List<QueryRow> found) {
        for (int i = rows.size() - 1; i >= 0 && found.size() <= filter.limit(); i--) {
            if (matches(rows, i)) {
                found.add(rows.row(i));
            }
        }
    }

    /** False where the dictionaries say that no row can match. */
    private boolean prepare(RowColumns rows) {
        MacAddress wantedDevice = filter.device();
        IpAddress wantedClient = filter.client();
        device = wantedDevice == null ? -1 : rows.devices.find(wantedDevice);
        client = wantedClient == null ? -1 : rows.clients.find(wantedClient);
        if ((wantedDevice != null && device < 0) || (wantedClient != null && client < 0)) {
            return false;
        }
        names = filter.under() == null && filter.containing() == null ? null : matching(rows.names);
        return names == null || names[0];
    }

    /** Which names match, by number; the place 0, which no name has, says whether any does. */
    private boolean[] matching(RowDictionary<DnsName> dictionary) {
        boolean[] matching = new boolean[dictionary.size() + 1];
        for (int i = 1; i < matching.length; i++) {
            DnsName name = dictionary.value(i);
            matching[i] = name != null && filter.matches(name);
            matching[0] |= matching[i];
        }
        return matching;
    }

    private boolean matches(RowColumns rows, int i) {
        return rows.sequence[i] < before
                && rows.atMs[i] >= fromMs
                && rows.atMs[i] < toMs
                && (device < 0 || rows.device[i] == device)
                && (client < 0 || rows.client[i] == client)
                && (names == null || (rows.name[i] > 0 && names[rows.name[i]]))
                && (filter.step() == null || filter.step() == RowColumns.step(rows.step[i]))
                && (filter.type() == null || filter.type() == rows.type[i])
                && (filter.rcode() == null || filter.rcode() == rows.rcode[i]);
    }

    /**
     * Goes on with these blocks, the last one first.
     *
     * @param found what was found in newer rows
     * @param damaged is told of blocks that cannot be read
     */
    QueryPage blocks(List<LogSegment.Place> places, List<QueryRow> found, Consumer<String> damaged) {
        int looked = 0;
        for (int i = places.size() - 1; i >= 0 && found.size() <= filter.limit(); i--) {
            LogSegment.Place place = places.get(i);
            if (!canMatch(place.header())) {
                continue;
            }
            if (looked++ == MAX_BLOCKS) {
                return new QueryPage(found, place.header().lastSequence() + 1);
            }
            block(place, found, damaged);
        }
        if (found.size() <= filter.limit()) {
            return new QueryPage(found, null);
        }
        List<QueryRow> page = found.subList(0, filter.limit());
        return new QueryPage(page, page.getLast().sequence());
    }

    private boolean canMatch(BlockHeader header) {
        QueryStep step = filter.step();
        return header.firstSequence() < before
                && header.toMs() >= fromMs
                && header.fromMs() < toMs
                && (step == null || (header.steps() & 1 << step.number()) != 0);
    }

    private void block(LogSegment.Place place, List<QueryRow> found, Consumer<String> damaged) {
        try {
            RowColumns rows = reader.dictionaries(place.header(), LogSegment.body(channel(place.file()), place));
            if (prepare(rows)) {
                scan(reader.columns(), found);
            }
        } catch (BadBlockException e) {
            damaged.accept(e.why());
        } catch (IOException goneOrTorn) {
            // Removed while we looked: too old, or forgotten. What remains is searched on.
            closeChannel();
        }
    }

    private FileChannel channel(Path file) throws IOException {
        FileChannel current = channel;
        if (current != null && file.equals(openFile)) {
            return current;
        }
        closeChannel();
        current = FileChannel.open(file, StandardOpenOption.READ);
        channel = current;
        openFile = file;
        return current;
    }

    private void closeChannel() {
        FileChannel current = channel;
        channel = null;
        openFile = null;
        if (current != null) {
            try {
                current.close();
            } catch (IOException e) {
                // It was only read.
            }
        }
    }

    @Override
    public void close() {
        closeChannel();
        reader.close();
    }
}
