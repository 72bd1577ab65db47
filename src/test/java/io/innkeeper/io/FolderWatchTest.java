package io.innkeeper.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderWatchTest {
    private final AtomicInteger calls = new AtomicInteger();

    private void awaitCall(int before) {
        await().until(() -> calls.get() > before);
    }

    @Test
    void tellsOfMakingChangingReplacingAndRemoving(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("file");
        try (FolderWatch watch = new FolderWatch()) {
            FolderWatch.Registration registration = watch.watch(Set.of(file), calls::incrementAndGet);
            Files.writeString(file, "1");
            awaitCall(0);
            int before = calls.get();
            Files.move(Files.writeString(folder.resolve("other"), "2"), file, StandardCopyOption.ATOMIC_MOVE);
            awaitCall(before);
            before = calls.get();
            Files.delete(file);
            awaitCall(before);
            registration.close();
        }
    }

    @Test
    void tellsOfNoOtherFileAndOnceOfAChange(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("file");
        AtomicInteger others = new AtomicInteger();
        try (FolderWatch watch = new FolderWatch()) {
            watch.watch(Set.of(file, folder.resolve("second")), calls::incrementAndGet);
            watch.watch(Set.of(folder.resolve("later")), others::incrementAndGet);
            Files.createFile(folder.resolve("unasked"));
            Files.createFile(file);
            Files.createFile(folder.resolve("later"));
            await().until(() -> others.get() == 1);
            assertThat(calls).hasValue(1);
        }
    }

    @Test
    void tellsOfAnyFileInAFolderThatIsWatchedItself(@TempDir Path folder) throws Exception {
        try (FolderWatch watch = new FolderWatch()) {
            watch.watch(Set.of(folder), calls::incrementAndGet);
            Files.createFile(folder.resolve("any"));
            awaitCall(0);
        }
    }

    @Test
    void followsALink(@TempDir Path folder) throws Exception {
        Path real =
                Files.createFile(Files.createDirectory(folder.resolve("real")).resolve("file"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), real);
        try (FolderWatch watch = new FolderWatch()) {
            watch.watch(Set.of(link), calls::incrementAndGet);
            Files.writeString(real, "x");
            awaitCall(0);
        }
    }

    @Test
    void tellsThatAFolderIsGoneAndWatchesTheNextOneOfItsName(@TempDir Path temporary) throws Exception {
        Path folder = Files.createDirectory(temporary.resolve("folder"));
        Path file = folder.resolve("file");
        try (FolderWatch watch = new FolderWatch()) {
            watch.watch(Set.of(file), calls::incrementAndGet);
            Files.delete(folder);
            awaitCall(0);
            Files.createDirectory(folder);
            watch.watch(Set.of(file), calls::incrementAndGet);
            int before = calls.get();
            Files.createFile(file);
            awaitCall(before);
        }
    }

    @Test
    void aClosedWatchOrAFolderThatIsNotThereSaysNothingAndDoesNotFail(@TempDir Path folder) throws Exception {
        FolderWatch watch = new FolderWatch();
        watch.watch(Set.of(folder.resolve("no/such/file")), calls::incrementAndGet)
                .close();
        watch.close();
        watch.watch(Set.of(folder.resolve("file")), calls::incrementAndGet).close();
        assertThat(calls).hasValue(0);
    }
}
