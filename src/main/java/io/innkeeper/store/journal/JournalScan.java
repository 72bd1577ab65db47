package io.innkeeper.store.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the segments at start and says which part of them counts. A commit that was cut short by a power cut or a failed write
 * leaves a torn group, and nothing after it: that is cut, it was never acknowledged. Where something whole follows, or numbers
 * are missing, acknowledged changes are gone: that is told, and nothing is touched.
 */
final class JournalScan {
    private final String folder;
    private final List<SegmentFile> found = new ArrayList<>();
    private final List<Path> empty = new ArrayList<>();
    private final long inSnapshot;
    private final @Nullable Long journal;
    private final GroupChecksum checksum;

    private JournalScan(JournalFolder folder, SnapshotReader.@Nullable Header snapshot) {
        this.folder = folder.path().toString();
        inSnapshot = snapshot == null ? 0 : snapshot.sequence();
        journal = snapshot == null ? null : snapshot.journal();
        checksum = new GroupChecksum(snapshot == null ? 0 : snapshot.journal());
    }

    /**
     * What the segments hold.
     *
     * @param segments those with changes, oldest first
     * @param empty those without
     */
    record Result(List<SegmentFile> segments, List<Path> empty) {}

    /** @throws DamagedException if acknowledged changes are missing */
    static Result of(JournalFolder folder, SnapshotReader.@Nullable Header snapshot) throws IOException {
        JournalScan scan = new JournalScan(folder, snapshot);
        for (Path path : folder.segments()) {
            scan.segment(path);
        }
        long last =
                scan.found.isEmpty() ? scan.inSnapshot : scan.found.getLast().last();
        if (last < scan.inSnapshot) {
            throw scan.damaged(
                    scan.found.getLast().path(), "ends before change " + scan.inSnapshot + ", which the snapshot has");
        }
        return new Result(scan.found, scan.empty);
    }

    static String damaged(String folder, String what, String why) {
        return "the lease journal in " + folder + " is damaged: " + what + ": " + why
                + ". Leases that clients were granted may be missing, so that their addresses could be given to others. Nothing"
                + " was changed. Restore the folder from a backup; or move it away, and Innkeeper starts with the leases that"
                + " the database has, which may lack the last seconds";
    }

    private DamagedException damaged(Path file, String why) {
        return new DamagedException(damaged(folder, "the file " + JournalFolder.name(file), why));
    }

    private void segment(Path path) throws IOException {
        byte[] data = Files.readAllBytes(path);
        SegmentFormat.Header header = SegmentFormat.readHeader(data, path.toString());
        if (journal == null) {
            withoutSnapshot(path, data);
            return;
        }
        if (header == null) {
            if (SegmentFormat.wholeGroupAfter(data, 0, 0, checksum)) {
                throw damaged(path, "its beginning cannot be read, and changes follow");
            }
            empty.add(path);
            return;
        }
        if (journal != header.journal()) {
            throw damaged(path, "it belongs to another journal than the snapshot");
        }
        before(header, path);
        SegmentFile segment = groups(path, header, data);
        if (segment.isEmpty()) {
            empty.add(path);
        } else {
            found.add(segment);
        }
    }

    /** A journal has its snapshot before it has its first segment; one that was prepared and not used yet is all zeros. */
    private void withoutSnapshot(Path path, byte[] data) {
        for (byte octet : data) {
            if (octet != 0) {
                throw damaged(path, "the snapshot is missing, and each journal has one");
            }
        }
        empty.add(path);
    }

    /** What was there before must reach up to this segment; what it has beyond was never acknowledged. */
    private void before(SegmentFormat.Header header, Path path) throws IOException {
        long have = found.isEmpty() ? inSnapshot : found.getLast().last();
        if (header.first() > have + 1) {
            throw damaged(path, "it begins with change " + header.first() + ", and " + (have + 1) + " is missing");
        }
        while (!found.isEmpty() && header.first() <= found.getLast().last()) {
            SegmentFile cut = cut(found.removeLast(), header.first());
            if (!cut.isEmpty()) {
                found.add(cut);
                return;
            }
            empty.add(cut.path());
        }
    }

    private SegmentFile cut(SegmentFile segment, long next) throws IOException {
        byte[] data = Files.readAllBytes(segment.path());
        int at = SegmentFormat.HEADER;
        long sequence = segment.first();
        while (sequence < next) {
            SegmentFormat.Group group = SegmentFormat.group(data, at, checksum);
            if (group == null || group.nextSequence() > next) {
                throw damaged(segment.path(), "the file after it begins in the middle of a commit");
            }
            at = group.to();
            sequence = group.nextSequence();
        }
        return new SegmentFile(segment.path(), segment.number(), segment.first(), next - 1, at, segment.octets());
    }

    private SegmentFile groups(Path path, SegmentFormat.Header header, byte[] data) {
        int at = SegmentFormat.HEADER;
        long next = header.first();
        SegmentFormat.Group group = SegmentFormat.group(data, at, checksum);
        while (group != null && group.sequence() == next) {
            at = group.to();
            next = group.nextSequence();
            group = SegmentFormat.group(data, at, checksum);
        }
        if (SegmentFormat.wholeGroupAfter(data, at, next, checksum)) {
            throw damaged(path, "change " + next + " at octet " + at + " cannot be read, and later ones can");
        }
        return new SegmentFile(path, header.number(), header.first(), next - 1, at, data.length);
    }
}
