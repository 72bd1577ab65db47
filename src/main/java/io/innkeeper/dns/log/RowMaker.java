package io.innkeeper.dns.log;

import io.innkeeper.config.DnsLogMode;
import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes rows of what the server wrote, and counts them: says what numbers mean, whose addresses those are, and leaves out what the mode says. */
final class RowMaker {
    private final ClientVisits visits;
    private final NameCache known = new NameCache();

    RowMaker(Function<IpAddress, Optional<MacAddress>> devices) {
        visits = new ClientVisits(devices);
    }

    ClientVisits visits() {
        return visits;
    }

    /** The rows of a chunk; none where the log is off. */
    List<QueryRow> read(
            TapeChunk chunk, DnsLogMode mode, DetailNames names, long firstSequence, QueryStatistics statistics) {
        List<QueryRow> rows = new ArrayList<>(mode == DnsLogMode.OFF ? 0 : chunk.count());
        long sequence = firstSequence;
        while (chunk.advance()) {
            ClientVisits.Visit visit = visits.note(chunk.client(), chunk.atMs());
            if (mode == DnsLogMode.OFF) {
                statistics.add(chunk.atMs(), chunk.step(), chunk.micros(), null, null);
                continue;
            }
            boolean full = mode == DnsLogMode.FULL;
            LoggedName name = chunk.name(known);
            statistics.add(chunk.atMs(), chunk.step(), chunk.micros(), name, full ? visit.client : null);
            rows.add(row(chunk, sequence++, name.name(), full ? visit : null, names));
        }
        return rows;
    }

    private static QueryRow row(
            TapeChunk chunk, long sequence, DnsName name, ClientVisits.@Nullable Visit visit, DetailNames names) {
        return new QueryRow(
                sequence,
                chunk.atMs(),
                visit == null ? null : chunk.client(),
                visit == null ? null : visit.device,
                name,
                chunk.type(),
                chunk.rcode(),
                chunk.step(),
                names.text(chunk.step(), chunk.detail()),
                chunk.micros(),
                chunk.transport(),
                chunk.security());
    }
}
