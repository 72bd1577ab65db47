package io.innkeeper.tell.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.innkeeper.wire.net.Octets;
import io.innkeeper.wire.rdk.v2.Message.Priority;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A spool in a real folder. */
class SpoolTest {
    @TempDir
    Path temporary;

    private Path folder() {
        return temporary.resolve("spool");
    }

    private Spool open(SpoolLimits limits) {
        return Spool.in(folder(), limits, new Random(), () -> Instant.ofEpochSecond(7));
    }

    private Spool open() {
        return open(SpoolLimits.USUAL);
    }

    private static Said said(String interfaceName, String text) {
        return renewal(interfaceName, text, 0);
    }

    private static Said renewal(String interfaceName, String text, long topic) {
        return new Said(interfaceName, Priority.RENEW, 1, topic, Octets.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static Entry.Ended ended(String interfaceName, long sequence, End end) {
        return new Entry.Ended(interfaceName, sequence, end, "because", 9);
    }

    @Test
    void numbersGoOnAfterEverythingEnded() throws IOException {
        Spool spool = open();
        assertThat(spool.add(said("wan0", "a")).sequence()).isEqualTo(1);
        assertThat(spool.add(said("wan0", "b")).sequence()).isEqualTo(2);
        assertThat(spool.add(said("wan1", "c")).sequence()).isEqualTo(1);
        spool.end(List.of(ended("wan0", 2, End.STORED)));
        Spool later = open();
        assertThat(later.ask(SpoolBook::waiting))
                .extracting(Entry.Waiting::interfaceName)
                .containsExactly("wan1");
        assertThat(later.add(said("wan0", "d")).sequence()).isEqualTo(3);
        assertThat(later.sender()).isEqualTo(spool.sender());
        assertThat(later.ask(SpoolBook::tally)).isEqualTo(new Tally(2, 0, 0, 0, 0, 0));
    }

    @Test
    void itIsForItsOwnerAlone() throws IOException {
        open().add(said("wan0", "a"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder().resolve("spool"))))
                .isEqualTo("rw-------");
    }

    @Test
    void whatIsPastIsDroppedFromTheFile() throws IOException {
        Spool spool = open();
        for (int i = 1; i <= 400; i++) {
            spool.add(said("wan0", "x".repeat(1_000)));
            spool.end(List.of(ended("wan0", i, i % 100 == 0 ? End.REJECTED : End.STORED)));
        }
        assertThat(Files.size(folder().resolve("spool"))).isLessThan(100_000);
        Spool later = open();
        assertThat(later.add(said("wan0", "y")).sequence()).isEqualTo(401);
        assertThat(later.ask(SpoolBook::tally)).isEqualTo(new Tally(396, 0, 4, 0, 0, 0));
        Optional<Entry.Ended> rejection = later.ask(book -> book.unusualEnd("wan0", 200));
        assertThat(rejection).hasValue(ended("wan0", 200, End.REJECTED));
        assertThat(later.sender()).isEqualTo(spool.sender());
    }

    @Test
    void aFullSpoolTurnsAwayAndCountsIt() throws IOException {
        Spool spool = open(new SpoolLimits(2, 1_000));
        spool.add(said("wan0", "a"));
        spool.add(said("wan0", "b"));
        assertThatThrownBy(() -> spool.add(said("wan1", "c")))
                .isInstanceOf(SpoolFullException.class)
                .hasMessageContaining("2 messages");
        assertThat(spool.ask(SpoolBook::tally).turnedAway()).isEqualTo(1);
        spool.end(List.of(ended("wan0", 1, End.TOLD)));
        spool.add(said("wan1", "c"));
        assertThatThrownBy(() -> open(new SpoolLimits(9, 300)).add(said("wan1", "x".repeat(200))))
                .isInstanceOf(SpoolFullException.class);
    }

    @Test
    void renewalsThatWereRenewedMakeRoom() throws IOException {
        Spool spool = open(new SpoolLimits(4, 10_000));
        spool.add(said("wan0", "bound"));
        spool.add(renewal("wan0", "renewed", 5));
        spool.add(renewal("wan0", "renewed again", 5));
        spool.add(renewal("wan1", "renewed", 5));
        spool.add(renewal("wan1", "renewed again", 5));
        assertThat(spool.ask(SpoolBook::waiting))
                .extracting(one -> one.interfaceName() + " " + one.sequence())
                .containsExactly("wan0 1", "wan0 3", "wan1 2");
        spool.add(said("wan0", "over"));
        assertThatThrownBy(() -> spool.add(renewal("wan0", "renewed", 5))).isInstanceOf(SpoolFullException.class);
        assertThat(spool.ask(SpoolBook::tally)).isEqualTo(new Tally(0, 0, 0, 0, 2, 1));
    }

    @Test
    void anEndThatChangesNothingIsNotWritten() throws IOException {
        Spool spool = open();
        spool.add(said("wan0", "a"));
        spool.end(List.of(ended("wan0", 1, End.STORED)));
        long size = Files.size(folder().resolve("spool"));
        spool.end(List.of(ended("wan0", 1, End.DUPLICATE), ended("wan7", 1, End.REJECTED)));
        assertThat(Files.size(folder().resolve("spool"))).isEqualTo(size);
    }

    @Test
    void aFileThatIsNoSpoolIsPutAside() throws IOException {
        Spool spool = open();
        spool.add(said("wan0", "a"));
        Octets sender = spool.sender();
        Files.writeString(folder().resolve("spool"), "this is something else, and long enough to have a head");
        Spool later = open();
        assertThat(later.add(said("wan0", "b")).sequence()).isEqualTo(1);
        assertThat(later.damages()).isEqualTo(1);
        assertThat(later.sender()).isNotEqualTo(sender);
        assertThat(folder().resolve("spool.damaged")).exists();
    }

    @Test
    void damageInTheMiddleLosesOneMessageAndChangesTheSender() throws IOException {
        Spool spool = open();
        for (String text : List.of("first", "second", "third")) {
            spool.add(said("wan0", text));
        }
        Octets sender = spool.sender();
        Path file = folder().resolve("spool");
        byte[] octets = Files.readAllBytes(file);
        octets[new String(octets, StandardCharsets.ISO_8859_1).indexOf("second")] ^= 1;
        Files.write(file, octets);
        Spool later = open();
        assertThat(later.ask(SpoolBook::waiting))
                .extracting(Entry.Waiting::sequence)
                .containsExactly(1L, 3L);
        assertThat(later.sender()).isNotEqualTo(sender);
        assertThat(later.damages()).isEqualTo(1);
        assertThat(open().damages()).isZero();
    }

    @Test
    void aWriteThatWasCutShortIsCut() throws IOException {
        Spool spool = open();
        spool.add(said("wan0", "a"));
        Files.write(folder().resolve("spool"), new byte[] {0x49, 0x4e, 0x4b, 0x47, 0, 0}, StandardOpenOption.APPEND);
        Spool later = open();
        assertThat(later.add(said("wan0", "b")).sequence()).isEqualTo(2);
        assertThat(spool.ask(SpoolBook::waiting)).hasSize(2);
        assertThat(later.damages()).isZero();
    }

    /** Four who know nothing of each other use one folder. */
    @Test
    void manyUseItAtATime() throws Exception {
        int each = 25;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Long>>> numbers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                numbers.add(threads.submit(adding(open(), each)));
            }
            List<Long> all = new ArrayList<>();
            for (Future<List<Long>> some : numbers) {
                all.addAll(get(some));
            }
            assertThat(all)
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.rangeClosed(1, 4L * each).boxed().toList());
        }
        assertThat(open().ask(SpoolBook::messages)).isEqualTo(4 * each);
    }

    private static List<Long> get(Future<List<Long>> numbers) throws InterruptedException {
        try {
            return numbers.get();
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        }
    }

    private static Callable<List<Long>> adding(Spool spool, int count) {
        return () -> {
            List<Long> numbers = new ArrayList<>();
            for (int i : IntStream.range(0, count).toArray()) {
                numbers.add(spool.add(said("wan0", "m" + i)).sequence());
            }
            return numbers;
        };
    }
}
