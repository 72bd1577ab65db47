package io.innkeeper.dns.log;

import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The statistics on disk: one small packed file, written as a whole. A file that makes no sense counts as none. */
final class StatisticsFile {
    private static final Logger LOG = LoggerFactory.getLogger(StatisticsFile.class);

    /** {@code IKS} and the form's number. */
    private static final int MARK = 0x494b5301;

    private static final int HEADER = 8;
    private static final int MAX_SIZE = 16 * 1024 * 1024;
    private static final int MAX_ENTRIES = 10_000;

    private final Path file;
    private final Path next;
    private boolean failing;

    StatisticsFile(Path folder) {
        file = folder.resolve("statistics");
        next = folder.resolve("statistics.new");
    }

    /** Adds what was saved; nothing where there is no file, or a damaged one. */
    void read(QueryStatistics into) {
        try {
            if (Files.exists(file) && Files.size(file) <= MAX_SIZE) {
                parse(Files.readAllBytes(file), into);
            }
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("The statistics of the DNS server cannot be read and begin anew: {}", e.toString());
            into.clear();
        }
    }

    static void parse(byte[] octets, QueryStatistics into) throws IOException {
        ByteBuffer header = ByteBuffer.wrap(octets);
        if (octets.length < HEADER
                || header.getInt() != MARK
                || header.getInt() != BlockHeader.crc(octets, HEADER, octets.length - HEADER)) {
            throw new IOException("not what was written");
        }
        ByteArrayInputStream body = new ByteArrayInputStream(octets, HEADER, octets.length - HEADER);
        try (DataInputStream in = new DataInputStream(new InflaterInputStream(body))) {
            series(in, into::enterMinute);
            series(in, into::enterHour);
            for (StatisticsWindow window : StatisticsWindow.values()) {
                for (int slices = count(in); slices > 0; slices--) {
                    into.enter(window, slice(in));
                }
            }
        }
    }

    /** Takes the counts of a step in a minute or an hour. */
    private interface CountTaker {
        void take(long atMs, QueryStep step, int count);
    }

    private static int count(DataInputStream in) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > MAX_ENTRIES) {
            throw new IOException("a count is out of its range");
        }
        return count;
    }

    private static void series(DataInputStream in, CountTaker taker) throws IOException {
        for (int places = count(in); places > 0; places--) {
            long atMs = in.readLong();
            for (int steps = count(in); steps > 0; steps--) {
                taker.take(atMs, RowColumns.step(in.readByte()), in.readInt());
            }
        }
    }

    private static StatisticsSlice slice(DataInputStream in) throws IOException {
        StatisticsSlice slice = new StatisticsSlice(in.readLong());
        for (TopSketch<LoggedName> names : List.of(slice.names, slice.blocked)) {
            for (int entries = count(in); entries > 0; entries--) {
                byte[] wire = in.readNBytes(in.readUnsignedByte());
                names.add(LoggedName.of(DnsName.ofWire(wire, 0, wire.length)), in.readLong(), in.readLong());
            }
        }
        for (int entries = count(in); entries > 0; entries--) {
            slice.clients.add(client(in), in.readLong(), in.readLong());
        }
        for (int steps = count(in); steps > 0; steps--) {
            times(in, slice.timesOf(RowColumns.step(in.readByte())));
        }
        return slice;
    }

    private static QueryClient client(DataInputStream in) throws IOException {
        int hardwareType = in.readInt();
        byte[] octets = in.readNBytes(in.readUnsignedByte());
        return hardwareType < 0
                ? new QueryClient(null, IpAddress.of(octets))
                : new QueryClient(MacAddress.of(hardwareType, octets), null);
    }

    private static void times(DataInputStream in, MicrosHistogram into) throws IOException {
        into.sum += in.readLong();
        for (int buckets = count(in); buckets > 0; buckets--) {
            int bucket = in.readUnsignedByte();
            int answers = in.readInt();
            if (bucket >= MicrosHistogram.BUCKETS) {
                throw new IOException("a time is out of its range");
            }
            into.counts[bucket] += answers;
            into.count += answers;
        }
    }

    /** Writes them; a failure is logged once, and tried again the next time. */
    void write(QueryStatistics statistics) {
        try {
            Files.write(next, octets(statistics));
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            failing = false;
        } catch (IOException e) {
            if (!failing) {
                LOG.warn("The statistics of the DNS server cannot be saved: {}", e.toString());
            }
            failing = true;
        }
    }

    static byte[] octets(QueryStatistics statistics) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        octets.writeBytes(new byte[HEADER]);
        try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(octets))) {
            synchronized (statistics) {
                series(out, statistics.minutes(Instant.EPOCH));
                series(out, statistics.hours(Instant.EPOCH));
                for (StatisticsWindow window : StatisticsWindow.values()) {
                    List<StatisticsSlice> slices = statistics.slices(window).reversed();
                    out.writeInt(slices.size());
                    for (StatisticsSlice slice : slices) {
                        slice(out, slice);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
        byte[] all = octets.toByteArray();
        ByteBuffer.wrap(all).putInt(MARK).putInt(BlockHeader.crc(all, HEADER, all.length - HEADER));
        return all;
    }

    private static void series(DataOutputStream out, List<StepCounts> series) throws IOException {
        out.writeInt(series.size());
        for (StepCounts counts : series) {
            out.writeLong(counts.from().toEpochMilli());
            out.writeInt(counts.counts().size());
            for (Map.Entry<QueryStep, Long> entry : counts.counts().entrySet()) {
                out.writeByte(entry.getKey().number());
                out.writeInt(Math.toIntExact(entry.getValue()));
            }
        }
    }

    private static void slice(DataOutputStream out, StatisticsSlice slice) throws IOException {
        out.writeLong(slice.startMs);
        for (TopSketch<LoggedName> names : List.of(slice.names, slice.blocked)) {
            out.writeInt(names.entries().size());
            for (TopEntry<LoggedName> entry : names.entries()) {
                octets(out, entry.key().name().wire());
                counts(out, entry);
            }
        }
        out.writeInt(slice.clients.entries().size());
        for (TopEntry<QueryClient> entry : slice.clients.entries()) {
            client(out, entry.key());
            counts(out, entry);
        }
        times(out, slice);
    }

    private static void octets(DataOutputStream out, byte[] octets) throws IOException {
        out.writeByte(octets.length);
        out.write(octets);
    }

    private static void counts(DataOutputStream out, TopEntry<?> entry) throws IOException {
        out.writeLong(entry.count());
        out.writeLong(entry.error());
    }

    private static void client(DataOutputStream out, QueryClient client) throws IOException {
        MacAddress device = client.device();
        IpAddress address = client.address();
        out.writeInt(device == null ? -1 : device.hardwareType());
        octets(out, device != null ? device.octets() : address == null ? new byte[4] : address.octets());
    }

    private static void times(DataOutputStream out, StatisticsSlice slice) throws IOException {
        List<QueryStep> steps = List.of(QueryStep.values()).stream()
                .filter(step -> slice.times(step) != null)
                .toList();
        out.writeInt(steps.size());
        for (QueryStep step : steps) {
            @Nullable MicrosHistogram histogram = slice.times(step);
            out.writeByte(step.number());
            times(out, histogram == null ? new MicrosHistogram() : histogram);
        }
    }

    private static void times(DataOutputStream out, MicrosHistogram histogram) throws IOException {
        out.writeLong(histogram.sum);
        int used = 0;
        for (int count : histogram.counts) {
            used += count == 0 ? 0 : 1;
        }
        out.writeInt(used);
        for (int bucket = 0; bucket < MicrosHistogram.BUCKETS; bucket++) {
            if (histogram.counts[bucket] != 0) {
                out.writeByte(bucket);
                out.writeInt(histogram.counts[bucket]);
            }
        }
    }
}
