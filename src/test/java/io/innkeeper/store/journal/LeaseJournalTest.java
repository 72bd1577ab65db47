package io.innkeeper.store.journal;

import static io.innkeeper.store.journal.TestingJournal.commit;
import static io.innkeeper.store.journal.TestingJournal.content;
import static io.innkeeper.store.journal.TestingJournal.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.innkeeper.lease.Binding;
import io.innkeeper.lease.BindingChange;
import io.innkeeper.lease.BindingStore.NotStoredException;
import io.innkeeper.property.Property;
import io.innkeeper.property.Samples;
import io.innkeeper.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaseJournalTest {
    @TempDir
    private Path temporary;

    private final Map<Integer, Binding> memory = new HashMap<>();

    private Path folder() {
        return temporary.resolve("journal");
    }

    @Test
    void whatWasCommittedIsThereAfterARestart() {
        LeaseJournal journal = open(folder(), SegmentDisk.REAL, new HashMap<>());
        commit(journal, TestingBindings.granted(0, 10), memory);
        commit(journal, TestingBindings.granted(5, 12), memory);
        assertThat(journal.committed()).isEqualTo(17);
        journal.close();
        assertThat(content(folder())).isEqualTo(memory).hasSize(12);
        LeaseJournal again = open(folder(), SegmentDisk.REAL, new HashMap<>());
        assertThat(again.committed()).isEqualTo(17);
        assertThat(again.id()).isEqualTo(journal.id());
        again.close();
    }

    @Test
    void aNewJournalBeginsWithWhatIsKnownFromElsewhere() {
        List<Binding> known = List.of(TestingBindings.plain(1), TestingBindings.plain(2));
        List<Binding> handed = new ArrayList<>();
        LeaseJournal.open(folder(), TestingJournal.SMALL, SegmentDisk.REAL, known, handed::add)
                .close();
        assertThat(handed).isEqualTo(known);
        assertThat(content(folder()).values()).containsExactlyElementsOf(known);
        LeaseJournal.open(folder(), TestingJournal.SMALL, SegmentDisk.REAL, List.of(TestingBindings.plain(3)), b -> {})
                .close();
        assertThat(content(folder())).as("only a new one").hasSize(2);
    }

    @Test
    void aStartSaysBeforehandHowManyWillComeAtMost() {
        LeaseJournal journal = open(folder(), SegmentDisk.REAL, new HashMap<>());
        for (int i = 0; i < 300; i++) {
            commit(journal, TestingBindings.granted(i, i + 2), memory);
        }
        journal.close();
        List<Integer> told = new ArrayList<>();
        LeaseJournal.open(folder(), TestingJournal.SMALL, SegmentDisk.REAL, List.of(), new LeaseJournal.Restored() {
                    @Override
                    public void expect(int atMost) {
                        told.add(atMost);
                    }

                    @Override
                    public void take(Binding binding) {
                        assertThat(told).as("before the first").hasSize(1);
                    }
                })
                .close();
        assertThat(told).singleElement().satisfies(atMost -> assertThat(atMost).isBetween(301, 2 * 301));
    }

    @Test
    void memoryAndDiskAgreeThroughRestartsAndSnapshots() {
        Property.check(15, samples -> {
            Path folder = temporary.resolve("p" + samples.hashCode());
            Map<Integer, Binding> expected = new HashMap<>();
            for (int restarts = 0; restarts < 4; restarts++) {
                Map<Integer, Binding> read = new HashMap<>();
                List<Integer> order = new ArrayList<>();
                LeaseJournal journal =
                        LeaseJournal.open(folder, TestingJournal.SMALL, SegmentDisk.REAL, List.of(), binding -> {
                            order.add(binding.address());
                            read.put(binding.address(), binding);
                        });
                assertThat(read).isEqualTo(expected);
                assertThat(order)
                        .as("each once, rising")
                        .doesNotHaveDuplicates()
                        .isSortedAccordingTo(Integer::compareUnsigned);
                for (int i = samples.below(60); i >= 0; i--) {
                    List<BindingChange> changes = new ArrayList<>();
                    for (int j = samples.below(12); j >= 0; j--) {
                        changes.add(TestingBindings.odd(samples));
                    }
                    commit(journal, changes, expected);
                    journal.followed(samples.oneIn(2) ? journal.committed() : 0);
                }
                Map<Integer, Binding> state = new HashMap<>();
                long last = journal.state(change -> state.put(change.after().address(), change.after()));
                assertThat(state).isEqualTo(expected);
                assertThat(last).isEqualTo(journal.committed());
                journal.close();
            }
        });
    }

    @Test
    void aTornTailIsCutAtEveryOctetOfTheLastCommit() throws IOException {
        LeaseJournal journal = open(folder(), SegmentDisk.REAL, new HashMap<>());
        commit(journal, TestingBindings.granted(0, 3), memory);
        long before = size(journal);
        commit(journal, TestingBindings.granted(3, 4), new HashMap<>());
        long after = size(journal);
        journal.close();
        byte[] whole = Files.readAllBytes(TestingJournal.segments(folder()).getLast());
        for (long end = before; end < after; end++) {
            for (boolean noise : new boolean[] {false, true}) {
                Path copy = temporary.resolve("torn" + end + noise);
                TestingJournal.copy(folder(), copy);
                byte[] torn = whole.clone();
                if (noise) {
                    torn[(int) end] ^= 0x55;
                } else {
                    Arrays.fill(torn, (int) end, torn.length, (byte) 0);
                }
                boolean asWritten = Arrays.equals(torn, whole); // a zero that was one already
                Files.write(TestingJournal.segments(copy).getLast(), torn);
                Map<Integer, Binding> read = new HashMap<>();
                LeaseJournal cut = open(copy, SegmentDisk.REAL, read);
                assertThat(read).as("cut at octet %d", end).hasSize(asWritten ? 4 : 3);
                assertThat(read).containsAllEntriesOf(memory);
                Map<Integer, Binding> goesOn = new HashMap<>(read);
                commit(cut, TestingBindings.granted(50, 52), goesOn);
                cut.close();
                assertThat(content(copy)).isEqualTo(goesOn);
            }
        }
    }

    /** Where the last group ends: nothing but zeros follow it. */
    private static long size(LeaseJournal journal) throws IOException {
        byte[] data = Files.readAllBytes(TestingJournal.segments(journal.folder()).stream()
                .filter(path -> notZero(path) > 0)
                .reduce((first, second) -> second)
                .orElseThrow());
        return end(data);
    }

    private static long notZero(Path path) {
        try {
            return end(Files.readAllBytes(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long end(byte[] data) {
        int end = data.length;
        while (end > 0 && data[end - 1] == 0) {
            end--;
        }
        return end;
    }

    @Test
    void aFileThatEndsAnywhereInTheLastCommitLosesOnlyThat() throws IOException {
        LeaseJournal journal = open(folder(), SegmentDisk.REAL, new HashMap<>());
        commit(journal, TestingBindings.granted(0, 3), memory);
        long before = size(journal);
        commit(journal, TestingBindings.granted(3, 6), new HashMap<>());
        long after = size(journal);
        journal.close();
        byte[] whole = Files.readAllBytes(TestingJournal.segments(folder()).getLast());
        for (long end = before; end < after; end += 7) {
            Path copy = temporary.resolve("short" + end);
            TestingJournal.copy(folder(), copy);
            Files.write(TestingJournal.segments(copy).getLast(), Arrays.copyOf(whole, (int) end));
            assertThat(content(copy)).isEqualTo(memory);
        }
    }

    @Test
    void damageBeforeTheTailStopsTheStartAndTouchesNothing() throws IOException {
        LeaseJournal journal = open(folder(), SegmentDisk.REAL, new HashMap<>());
        for (int i = 0; i < 5; i++) {
            commit(journal, TestingBindings.granted(i * 3, i * 3 + 3), memory);
        }
        journal.close();
        Path segment = TestingJournal.segments(folder()).getLast();
        byte[] whole = Files.readAllBytes(segment);
        for (int at = 8; at < 400; at += 13) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 1;
            Files.write(segment, damaged);
            assertThatThrownBy(() -> content(folder()))
                    .isInstanceOf(DamagedException.class)
                    .hasMessageContaining(segment.getFileName().toString())
                    .hasMessageContaining("Restore the folder from a backup; or move it away");
            assertThat(segment).hasBinaryContent(damaged);
        }
        Files.write(segment, whole);
        assertThat(content(folder())).isEqualTo(memory);
    }

    /** What clients say stands in the journal, and must not be taken for a commit where the commit around it was cut short. */
    @Test
    void octetsThatAClientComposedAreNoCommit() throws IOException {
        LeaseJournal journal = open(folder(), SegmentDisk.REAL, new HashMap<>());
        commit(journal, TestingBindings.granted(0, 3), memory);
        long before = size(journal);
        commit(journal, List.of(TestingBindings.saying(5, composedGroup())), new HashMap<>());
        journal.close();
        Path segment = TestingJournal.segments(folder()).getLast();
        byte[] torn = Files.readAllBytes(segment);
        Arrays.fill(torn, (int) before, (int) before + 8, (byte) 0);
        Files.write(segment, torn);
        assertThat(content(folder())).isEqualTo(memory);
    }

    /** A group as whole as it can be made without knowing what is secret. */
    private static byte[] composedGroup() {
        ByteBuffer group = ByteBuffer.allocate(SegmentFormat.GROUP_HEADER);
        group.putInt(0x494e4b47).putInt(0).putInt(0).putInt(1).putLong(1_000_000);
        CRC32C crc = new CRC32C();
        crc.update(group.array(), 8, 16);
        return group.putInt(4, (int) crc.getValue()).array();
    }

    @Test
    void aMissingFileStopsTheStart() throws IOException {
        for (int i = 0; i < 4; i++) {
            LeaseJournal journal = open(folder(), SegmentDisk.REAL, new HashMap<>());
            commit(journal, TestingBindings.granted(i * 3, i * 3 + 3), memory);
            journal.close();
        }
        List<Path> segments = TestingJournal.segments(folder());
        assertThat(segments).hasSize(4);
        Files.delete(segments.get(1));
        assertThatThrownBy(() -> content(folder()))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("4 is missing");
    }

    /** Each journal begins with one; leases known from elsewhere may stand nowhere else. */
    @Test
    void aMissingSnapshotStopsTheStart() throws IOException {
        LeaseJournal journal = open(folder(), SegmentDisk.REAL, new HashMap<>());
        commit(journal, TestingBindings.granted(0, 3), memory);
        journal.close();
        Files.delete(new JournalFolder(folder()).snapshot());
        assertThatThrownBy(() -> content(folder()))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("the snapshot is missing");
    }

    @Test
    void aDamagedSnapshotStopsTheStart() throws IOException {
        LeaseJournal.open(
                        folder(),
                        TestingJournal.SMALL,
                        SegmentDisk.REAL,
                        List.of(TestingBindings.plain(1), TestingBindings.plain(2)),
                        binding -> {})
                .close();
        Path snapshot = new JournalFolder(folder()).snapshot();
        byte[] whole = Files.readAllBytes(snapshot);
        for (int at = 0; at < whole.length; at += 3) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 1;
            Files.write(snapshot, damaged);
            assertThatThrownBy(() -> content(folder())).isInstanceOf(DamagedException.class);
            Files.write(snapshot, Arrays.copyOf(whole, at));
            assertThatThrownBy(() -> content(folder())).isInstanceOf(DamagedException.class);
        }
    }

    @Test
    void aSecondProcessIsTurnedAway() {
        LeaseJournal journal = open(folder(), SegmentDisk.REAL, new HashMap<>());
        assertThatThrownBy(() -> content(folder()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("another Innkeeper is running");
        journal.close();
        assertThat(content(folder())).isEmpty();
    }

    @Test
    void aWriteThatStopsAnywhereLeavesNothingBehindAndTheNextCommitIsClean() {
        for (int torn = 0; torn < 500; torn += 11) {
            Path folder = temporary.resolve("torn" + torn);
            TestingDisk disk = new TestingDisk();
            Map<Integer, Binding> expected = new HashMap<>();
            LeaseJournal journal = open(folder, disk, new HashMap<>());
            commit(journal, TestingBindings.granted(0, 2), expected);
            disk.tornAfter = torn;
            assertThatThrownBy(() -> journal.commit(TestingBindings.granted(10, 13)))
                    .isInstanceOf(NotStoredException.class)
                    .hasMessageContaining("Input/output error");
            assertThat(journal.trouble()).contains("Input/output error");
            commit(journal, TestingBindings.granted(20, 22), expected);
            assertThat(journal.trouble()).isNull();
            journal.close();
            assertThat(content(folder)).isEqualTo(expected);
        }
    }

    /** What a failed sync leaves in the page cache must not come to life again, nor take the place of what follows. */
    @Test
    void whatASyncRefusedDoesNotCount() {
        TestingDisk disk = new TestingDisk();
        LeaseJournal journal = open(folder(), disk, new HashMap<>());
        JournalReader reader = journal.reader();
        commit(journal, TestingBindings.granted(0, 2), memory);
        for (int round = 1; round < 4; round++) {
            disk.syncFails = true;
            int client = round * 100;
            assertThatThrownBy(() -> journal.commit(TestingBindings.granted(client, client + 3)))
                    .isInstanceOf(NotStoredException.class);
            disk.syncFails = true;
            assertThatThrownBy(() -> journal.commit(TestingBindings.granted(client, client + 5)))
                    .as("in a fresh segment")
                    .isInstanceOf(NotStoredException.class);
            commit(journal, TestingBindings.granted(round * 10, round * 10 + 3), memory);
        }
        assertThat(reader.read(0, 1_000))
                .isNotNull()
                .extracting(change -> change.after().address() & 0xffff)
                .containsExactly(0, 1, 10, 11, 12, 20, 21, 22, 30, 31, 32);
        journal.close();
        assertThat(content(folder())).isEqualTo(memory);
    }

    @Test
    void aFullDiskRefusesCommitsUntilThereIsRoom() {
        TestingDisk disk = new TestingDisk();
        LeaseJournal journal = open(folder(), disk, new HashMap<>());
        commit(journal, TestingBindings.granted(0, 2), memory);
        disk.full = true;
        int refused = 0;
        for (int i = 1; i < 1_000 && refused < 3; i++) {
            List<BindingChange> changes = TestingBindings.granted(i * 10, i * 10 + 10);
            try {
                journal.commit(changes);
                changes.forEach(change -> memory.put(change.after().address(), change.after()));
            } catch (NotStoredException e) {
                assertThat(e).hasMessageContaining("No space left on device");
                refused++;
            }
        }
        assertThat(refused).isEqualTo(3);
        assertThat(journal.trouble()).contains("No space left on device");
        disk.full = false;
        await().until(() -> stored(journal, TestingBindings.granted(5, 6)));
        memory.put(TestingBindings.plain(5).address(), TestingBindings.plain(5));
        assertThat(journal.trouble()).isNull();
        journal.close();
        assertThat(content(folder())).isEqualTo(memory);
    }

    private static boolean stored(LeaseJournal journal, List<BindingChange> changes) {
        try {
            journal.commit(changes);
            return true;
        } catch (NotStoredException e) {
            return false;
        }
    }

    @Test
    void aJournalThatTheDatabaseDoesNotFollowIsBoundedAndResumes() {
        JournalLimits limits = new JournalLimits(8_192, 32_768, 16_384);
        LeaseJournal journal = LeaseJournal.open(folder(), limits, SegmentDisk.REAL, List.of(), binding -> {});
        int stored = 0;
        while (stored < 1_000 && stored(journal, TestingBindings.granted(stored * 5, stored * 5 + 5))) {
            stored++;
        }
        assertThat(stored).isBetween(20, 100);
        assertThat(journal.octets()).isLessThanOrEqualTo(limits.maxOctets() + limits.segmentOctets());
        assertThatThrownBy(() -> journal.commit(TestingBindings.granted(1, 5)))
                .isInstanceOf(NotStoredException.class)
                .hasMessageContaining("the lease journal is full: the database is " + stored * 5 + " changes behind");
        journal.followed(journal.committed());
        await().until(() -> stored(journal, TestingBindings.granted(1, 5)));
        assertThat(journal.oldest()).isGreaterThan(1);
        journal.close();
    }

    @Test
    void aCommitLargerThanASegmentIsRefusedWhole() {
        LeaseJournal journal = open(folder(), SegmentDisk.REAL, new HashMap<>());
        assertThatThrownBy(() -> journal.commit(TestingBindings.granted(0, 1_000)))
                .isInstanceOf(NotStoredException.class)
                .hasMessageContaining("more than a segment holds");
        commit(journal, TestingBindings.granted(0, 5), memory);
        journal.close();
        assertThat(content(folder())).isEqualTo(memory);
    }

    /** A copy of the files at any moment is what a power cut would leave. */
    @Test
    void killedAtAnyMomentNothingAcknowledgedIsLost() throws IOException {
        Samples samples = new Samples(7);
        LeaseJournal journal = open(folder(), SegmentDisk.REAL, new HashMap<>());
        for (int kill = 0; kill < 60; kill++) {
            for (int i = samples.below(8); i >= 0; i--) {
                commit(journal, List.of(TestingBindings.odd(samples), TestingBindings.odd(samples)), memory);
            }
            journal.followed(journal.committed());
            assertThat(content(copyOfOneMoment(kill))).isEqualTo(memory);
        }
        journal.close();
    }

    /** Files are copied one after the other: where the keeper worked in between, once more. */
    private Path copyOfOneMoment(int kill) throws IOException {
        for (int attempt = 0; ; attempt++) {
            Path copy = temporary.resolve("kill" + kill + "-" + attempt);
            try {
                List<Object> before = moment();
                TestingJournal.copy(folder(), copy);
                if (moment().equals(before)) {
                    return copy;
                }
            } catch (NoSuchFileException removed) {
                assertThat(attempt).isLessThan(1_000);
            }
        }
    }

    private List<Object> moment() throws IOException {
        List<Object> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(folder())) {
            for (Path file : all.sorted().toList()) {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                files.addAll(List.of(file, attributes.size(), String.valueOf(attributes.fileKey())));
            }
        }
        return files;
    }

    @Test
    void aReaderFollowsAcrossSegmentsAndIsToldWhereItIsTooLate() throws InterruptedException {
        LeaseJournal journal = open(folder(), SegmentDisk.REAL, new HashMap<>());
        try (JournalReader reader = journal.reader()) {
            List<Integer> read = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                commit(journal, TestingBindings.granted(i * 2, i * 2 + 2), memory);
                if (i % 7 == 0) {
                    assertThat(journal.await(read.size(), 1)).isTrue();
                    Objects.requireNonNull(reader.read(read.size(), 10))
                            .forEach(change -> read.add(change.after().address() & 0xffff));
                }
            }
            while (read.size() < 600) {
                Objects.requireNonNull(reader.read(read.size(), 10))
                        .forEach(change -> read.add(change.after().address() & 0xffff));
            }
            assertThat(read).isSorted().doesNotHaveDuplicates().hasSize(600);
            assertThat(reader.read(600, 10)).isEmpty();
            assertThat(Objects.requireNonNull(reader.read(1, 1)))
                    .as("in the middle of a commit")
                    .hasSize(1);
            assertThat(journal.await(600, 1)).isFalse();
            journal.followed(600);
            await().until(() -> journal.oldest() > 1);
            assertThat(reader.read(0, 10)).isNull();
        }
        journal.close();
    }
}
