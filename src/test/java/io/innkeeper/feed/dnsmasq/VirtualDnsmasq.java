package io.innkeeper.feed.dnsmasq;

import io.innkeeper.property.Samples;
import io.innkeeper.wire.dnsmasq.LeaseFile;
import io.innkeeper.wire.dnsmasq.LeaseFileContent;
import io.innkeeper.wire.dnsmasq.LeaseLine;
import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * dnsmasq as a reader of its lease file meets it, in virtual milliseconds: it keeps its leases newest first, writes the file
 * in place after every event (cut to nothing, then in pieces, sometimes held up in between), and reverses the order when it
 * starts anew.
 */
final class VirtualDnsmasq {
    /** The longest time between cutting the file and finishing it. */
    static final int MAX_STALL_MS = 250;

    private static final long EPOCH_SECOND = 1_700_000_000L;

    private final Samples samples;
    private final boolean withDuid;
    private List<LeaseLine> leases = new ArrayList<>();
    private final Set<LeaseLine> everWritten = new HashSet<>();

    /** What the file becomes, and when: the rest of the writing under way. */
    private final List<Stage> stages = new ArrayList<>();

    private byte[] file = new byte[0];
    private byte[] fileBefore = new byte[0];
    private long modifiedMs;
    private int inode = 1;
    private int births;
    private long absentUntilMs;

    private record Stage(long atMs, Supplier<byte[]> bytes) {}

    VirtualDnsmasq(Samples samples) {
        this.samples = samples;
        this.withDuid = samples.oneIn(2);
    }

    /** The leases it holds now. */
    List<LeaseLine> leases() {
        return leases;
    }

    /** True where this very line, or a renewed form of it, is held: the name tells one lease from the next. */
    boolean holds(LeaseLine line) {
        return leases.stream()
                .anyMatch(lease ->
                        lease.address().equals(line.address()) && birth(lease).equals(birth(line)));
    }

    private static String birth(LeaseLine line) {
        String name = line.name() == null ? "" : line.name();
        return name.substring(0, name.indexOf('-'));
    }

    /** True where dnsmasq wrote this line at some time. */
    boolean everWrote(LeaseLine line) {
        return everWritten.stream().anyMatch(written -> sameText(written, line));
    }

    private static boolean sameText(LeaseLine written, LeaseLine read) {
        return written.expires() == read.expires()
                && written.address().equals(read.address())
                && String.valueOf(written.name()).equals(read.name());
    }

    /** True while the file is being written. */
    boolean isWriting() {
        return !stages.isEmpty();
    }

    boolean isAbsent(long ms) {
        return ms < absentUntilMs;
    }

    /** The file is away for a moment and comes back as another one, as where somebody replaces it. */
    void replaceFile(long ms) {
        absentUntilMs = ms + samples.below(400);
        inode++;
        modifiedMs = ms;
    }

    void add(long ms) {
        IpAddress address = samples.oneIn(3)
                ? new IpAddress(true, 0xfd00L << 48, 1 + samples.below(8))
                : IpAddress.v4(0x0a000001 + samples.below(10));
        if (leases.stream().noneMatch(lease -> lease.address().equals(address))) {
            leases.addFirst(line(address, ms, "b" + ++births + "-n"));
        }
    }

    private LeaseLine line(IpAddress address, long ms, String name) {
        long expires = samples.oneIn(8) ? 0 : EPOCH_SECOND + ms / 1000 + samples.pick(2, 5, 3_600, 43_200);
        return new LeaseLine(
                expires,
                address.v6() ? null : MacAddress.of(1, new byte[] {2, 0, 0, 0, 0, (byte) address.low()}),
                address,
                name,
                samples.oneIn(2) ? null : ClientId.of(new byte[] {1, 2, (byte) address.low()}),
                address.v6() ? 7L : null,
                false);
    }

    void renew(long ms) {
        if (!leases.isEmpty()) {
            int at = samples.below(leases.size());
            LeaseLine old = leases.get(at);
            LeaseLine next = line(old.address(), ms, birth(old) + "-" + samples.pick("n", "m", "x"));
            leases.set(at, next);
        }
    }

    void release() {
        if (!leases.isEmpty()) {
            leases.remove(samples.below(leases.size()));
        }
    }

    void release(IpAddress address) {
        leases.removeIf(lease -> lease.address().equals(address));
    }

    void expire(long ms) {
        leases.removeIf(lease -> lease.expires() != 0 && lease.expires() <= EPOCH_SECOND + ms / 1000);
    }

    void restart() {
        leases = new ArrayList<>(leases.reversed());
    }

    /** Begins to write the file anew. */
    void write(long ms) {
        finishNow();
        leases.forEach(everWritten::add);
        fileBefore = file;
        byte[] whole = LeaseFile.write(new LeaseFileContent(
                leases, withDuid ? ClientId.of(new byte[] {0, 3, 0, 1}) : null, Map.of(), List.of(), 0, false));
        long at = ms;
        stages.add(new Stage(at, () -> new byte[0]));
        for (int cut : cuts(whole)) {
            at = Math.min(ms + MAX_STALL_MS, at + samples.pick(0, 0, 1, 1, 3, 20, MAX_STALL_MS));
            stages.add(new Stage(at, () -> Arrays.copyOf(whole, cut)));
        }
        at = Math.min(ms + MAX_STALL_MS, at + samples.pick(0, 1, 1, 5, 60, MAX_STALL_MS));
        stages.add(new Stage(at, () -> whole));
    }

    /** Where writing pauses: anywhere, or at the end of a line. */
    private List<Integer> cuts(byte[] whole) {
        List<Integer> cuts = samples.list(3, () -> {
            int cut = samples.below(whole.length + 1);
            while (samples.oneIn(2) && cut < whole.length && (cut == 0 || whole[cut - 1] != '\n')) {
                cut++;
            }
            return cut;
        });
        cuts.sort(null);
        return cuts;
    }

    private void finishNow() {
        stages.forEach(stage -> file = stage.bytes().get());
        stages.clear();
    }

    /** Lets time pass; true where the file changed. */
    boolean advance(long ms) {
        boolean changed = ms == absentUntilMs;
        while (!stages.isEmpty() && stages.getFirst().atMs() <= ms) {
            file = stages.removeFirst().bytes().get();
            modifiedMs = ms;
            changed = true;
        }
        return changed;
    }

    /** What a reader sees now; torn now and then while the file is being written. */
    Look look() {
        boolean torn = isWriting() && samples.oneIn(10);
        byte[] bytes = file;
        if (torn) {
            int seam = samples.below(Math.min(file.length, fileBefore.length) + 1);
            bytes = Arrays.copyOf(fileBefore, Math.max(seam, file.length));
            System.arraycopy(file, seam, bytes, seam, file.length - seam);
        }
        Look.FileStamp stamp =
                new Look.FileStamp("inode" + inode, bytes.length, modifiedMs * 1_000_000 + 1, Arrays.hashCode(bytes));
        return new Look(stamp, torn, false, LeaseFile.parse(bytes));
    }
}
