package io.innkeeper.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileChangesTest {
    private static final Duration NEVER = Duration.ofHours(1);

    @TempDir
    private Path folder;

    private final List<String> told = new CopyOnWriteArrayList<>();
    private Path file;
    private FolderWatch folders;
    private FileChanges changes;

    @BeforeEach
    void watch() throws IOException {
        file = Files.writeString(folder.resolve("x.yaml"), "one");
        folders = new FolderWatch();
        changes = watch(NEVER);
    }

    private FileChanges watch(Duration poll) {
        return new FileChanges(file, folders, poll, this::look);
    }

    private void look() {
        try {
            told.add(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void close() {
        changes.close();
        folders.close();
    }

    private void awaitTold(String... texts) {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(told).containsExactly(texts));
    }

    private void replaceBy(String text) throws IOException {
        Path next = Files.writeString(folder.resolve("x.yaml.tmp"), text);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void editedInPlaceReplacedOrAwayForAMoment() throws IOException {
        Files.writeString(file, "two");
        awaitTold("two");
        replaceBy("three");
        awaitTold("two", "three");
        Files.delete(file);
        await().during(Duration.ofMillis(400)).until(() -> told.size() == 2);
        Files.writeString(file, "four");
        awaitTold("two", "three", "four");
    }

    @Test
    void theSameBytesAreToldOnce() throws IOException {
        replaceBy("one");
        Files.writeString(file, "one");
        Files.writeString(folder.resolve("y.yaml"), "other");
        await().during(Duration.ofMillis(600)).until(told::isEmpty);
        Files.writeString(file, "two");
        awaitTold("two");
    }

    @Test
    void aFileBeingWrittenIsReadWhenItIsDone() throws IOException, InterruptedException {
        Thread writer = Thread.ofVirtual().start(() -> {
            try (OutputStream out = Files.newOutputStream(file)) {
                for (char c : "slowly written".toCharArray()) {
                    out.write(c);
                    await().pollDelay(Duration.ofMillis(20)).until(() -> true);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        awaitTold("slowly written");
        writer.join();
    }

    @Test
    void aMountThatSaysNothingIsLookedAt() throws IOException {
        changes.close();
        changes = watch(Duration.ofMillis(50));
        folders.close(); // from here on nothing is reported
        Files.writeString(file, "two");
        awaitTold("two");
    }

    @Test
    void whatFailsAtOneChangeHearsOfTheNext() throws IOException {
        changes.close();
        changes = new FileChanges(file, folders, NEVER, () -> {
            look();
            throw new IllegalStateException("bug");
        });
        Files.writeString(file, "two");
        awaitTold("two");
        Files.writeString(file, "three");
        awaitTold("two", "three");
    }

    @Test
    void closedItHearsNoMore() throws IOException {
        changes.close();
        Files.writeString(file, "two");
        await().during(Duration.ofMillis(400)).until(told::isEmpty);
    }
}
