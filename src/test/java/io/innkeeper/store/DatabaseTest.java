package io.innkeeper.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.innkeeper.event.Event;
import io.innkeeper.event.EventType;
import io.innkeeper.lease.LeaseChange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("innkeeper.db");
    }

    private static void execute(Path file, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** A database with some hundred rows, closed. */
    private void fill(int leases) {
        try (Database database = Database.open(file)) {
            Ledger ledger = new Ledger(database, mac -> null);
            List<LeaseChange> changes = new ArrayList<>();
            List<Event> events = new ArrayList<>();
            for (int i = 0; i < leases; i++) {
                changes.add(new LeaseChange.Added(
                        TestingRows.lease("10.0." + i / 250 + "." + i % 250, "02:00:00:00:00:01", "host-" + i)));
                events.add(
                        new Event(i + 1L, EventType.LEASE_ADDED, TestingRows.START, "10.0.0.1", "{\"a\":" + i + "}"));
            }
            ledger.write(new Commit(changes, List.of(), TestingRows.START), events);
        }
    }

    private void assertRefusedUnchanged(String... words) throws IOException {
        byte[] before = Files.readAllBytes(file);
        assertThatThrownBy(() -> Database.open(file).close())
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(file.toString())
                .satisfies(e -> assertThat(e.getMessage()).contains(words));
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        // Refusing once must not stand in the way of a second try, nor of a repaired file.
        assertThatThrownBy(() -> Database.open(file).close())
                .isInstanceOf(StoreException.class)
                .satisfies(e -> assertThat(e.getMessage()).contains(words));
    }

    @Test
    void aNewFileIsMadeWithItsFolders() throws IOException {
        Path deep = folder.resolve("a/b/c.db");
        try (Database database = Database.open(deep)) {
            assertThat(new LeaseQueries(database).counts()).isEqualTo(new LeaseQueries.Counts(0, 0));
            assertThat(new EventQueries(database).newest()).isZero();
        }
        byte[] header = Arrays.copyOf(Files.readAllBytes(deep), 72);
        assertThat(Arrays.copyOfRange(header, 68, 72)).asString().isEqualTo("INKP");
        assertThat(header[63]).as("user_version").isEqualTo((byte) Database.SCHEMA_VERSION);
    }

    @Test
    void whatWasWrittenIsThereWhenOpenedAgain() {
        fill(300);
        for (int i = 0; i < 2; i++) {
            try (Database database = Database.open(file)) {
                assertThat(new LeaseQueries(database).counts().active()).isEqualTo(300);
                assertThat(new EventQueries(database).newest()).isEqualTo(300);
            }
        }
    }

    @Test
    void whatWasCommittedSurvivesAFileCopiedWhileOpen() throws IOException {
        Path copy = folder.resolve("copy.db");
        fill(10);
        try (Database database = Database.open(file)) {
            new Ledger(database, mac -> null)
                    .write(
                            new Commit(List.of(), List.of(), TestingRows.START),
                            List.of(new Event(11, EventType.LEASE_ADDED, TestingRows.START, "x", "{}")));
            // As after kill -9: the write-ahead log was never put into the file.
            Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            Files.copy(Path.of(file + "-wal"), Path.of(copy + "-wal"));
        }
        try (Database database = Database.open(copy)) {
            assertThat(new EventQueries(database).newest()).isEqualTo(11);
        }
    }

    @Test
    void aNewerSchemaIsRefused() throws Exception {
        fill(5);
        int next = Database.SCHEMA_VERSION + 1;
        execute(file, "PRAGMA user_version = " + next);
        assertRefusedUnchanged("newer Innkeeper", "schema " + next, "knows " + Database.SCHEMA_VERSION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete", "wal"})
    void anotherProgramsDatabaseIsRefused(String journal) throws Exception {
        execute(file, "PRAGMA journal_mode = " + journal, "CREATE TABLE things (a)", "INSERT INTO things VALUES (1)");
        assertRefusedUnchanged("belongs to another program");
        execute(file, "PRAGMA application_id = 1234567");
        assertRefusedUnchanged("belongs to another program", "12d687");
    }

    @Test
    void anEmptyDatabaseOfAnotherProgramIsRefusedToo() throws Exception {
        execute(file, "PRAGMA application_id = 77", "PRAGMA user_version = 1");
        assertRefusedUnchanged("belongs to another program");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 15, 16, 99, 100, 512, 5_000, 100_000})
    void bytesThatAreNoDatabaseAreRefused(int length) throws IOException {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        Files.write(file, bytes);
        assertRefusedUnchanged("damaged or not a database", "Nothing was changed");
    }

    @Test
    void aTruncatedFileIsRefused() throws IOException {
        fill(2_000);
        byte[] whole = Files.readAllBytes(file);
        for (int length : new int[] {50, 101, 4_096, 4_097, whole.length / 3, whole.length / 2, whole.length - 4_096}) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertRefusedUnchanged("damaged");
        }
    }

    @Test
    void anEmptyFileIsANewDatabaseUnlessItsLogIsNot() throws IOException {
        Files.createFile(file);
        Database.open(file).close();
        Files.write(file, new byte[0]);
        Path log = Path.of(file + "-wal");
        Files.write(log, new byte[] {1, 2, 3});
        assertRefusedUnchanged("its log", "Nothing was changed");
        assertThat(log).hasBinaryContent(new byte[] {1, 2, 3});
        Files.delete(file);
        assertThatThrownBy(() -> Database.open(file)).isInstanceOf(StoreException.class);
        assertThat(log).hasBinaryContent(new byte[] {1, 2, 3});
    }

    @Test
    void aFileDamagedInTheMiddleIsRefusedOrReadAsItIs() throws IOException {
        fill(2_000);
        byte[] whole = Files.readAllBytes(file);
        Random random = new Random(5);
        int pages = whole.length / 4_096;
        assertThat(pages).isGreaterThan(50);
        for (int round = 0; round < 12; round++) {
            byte[] damaged = whole.clone();
            byte[] noise = new byte[3 * 4_096];
            random.nextBytes(noise);
            System.arraycopy(noise, 0, damaged, 4_096 * (1 + random.nextInt(pages - 4)), noise.length);
            Files.write(file, damaged);
            assertRefusedUnchanged("damaged");
        }
        Files.write(file, whole);
        Database.open(file).close();
    }

    @Test
    void aRowThatCannotBeReadIsADamagedStoreNotACrash() throws Exception {
        fill(3);
        execute(
                file,
                "UPDATE lease SET expiry = 'sometimes' WHERE address = '10.0.0.0'",
                "UPDATE event SET type = 'lease.eaten' WHERE number = 2");
        try (Database database = Database.open(file)) {
            LeaseQueries leases = new LeaseQueries(database);
            assertThatThrownBy(() -> leases.list(LeaseFilter.ALL, new Paging(null, null, 10)))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("damaged");
            assertThatThrownBy(() -> new EventQueries(database).after(0, 10)).isInstanceOf(StoreException.class);
        }
        execute(file, "UPDATE lease SET expiry = 'at', details = '{broken' WHERE address = '10.0.0.0'");
        try (Database database = Database.open(file)) {
            LeaseQueries leases = new LeaseQueries(database);
            assertThatThrownBy(() -> leases.all("dnsmasq")).isInstanceOf(StoreException.class);
        }
    }

    @Test
    void aSecondOpenerIsTurnedAwayAndTheFirstGoesOn() throws Exception {
        try (Database first = Database.open(file)) {
            assertThatThrownBy(() -> Database.open(file))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("another Innkeeper is running");
            new Settings(first).put("a", "1", "me", TestingRows.START);
            assertThat(new Settings(first).get("a")).contains("1");
        }
        Database.open(file).close();
    }

    @Test
    void anotherNameOfTheSameFileIsTurnedAwayToo() throws Exception {
        try (Database first = Database.open(file)) {
            Path link = Files.createSymbolicLink(folder.resolve("link.db"), first.file());
            assertThatThrownBy(() -> Database.open(link))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("another Innkeeper is running");
        }
    }

    @Test
    void aFileThatWasRemovedMeanwhileTakesNoMore() throws Exception {
        try (Database database = Database.open(file)) {
            database.write(connection -> true);
            Path aside = Files.move(file, folder.resolve("aside.db"));
            assertThatThrownBy(() -> database.write(connection -> true))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("removed or replaced");
            Files.move(aside, file);
            int answer = database.write(connection -> 7);
            assertThat(answer).isEqualTo(7);
        }
    }

    @Test
    void aSecondProcessIsTurnedAway() throws Exception {
        try (Database first = Database.open(file)) {
            Process second = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("java.class.path"),
                            TestingOpener.class.getName(),
                            file.toString())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(second.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            assertThat(said).contains("another Innkeeper is running");
            assertThat(first.file()).isEqualTo(file);
        }
    }

    @Test
    void aFolderThatCannotBeWrittenToIsNamed() throws IOException {
        Path notAFolder = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> Database.open(notAFolder.resolve("x.db")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("is a file, not a folder");
        Path readOnly = Path.of("/proc/innkeeper.db");
        assertThatThrownBy(() -> Database.open(readOnly))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("/proc/innkeeper.db");
        assertThatThrownBy(() -> Database.open(folder)).isInstanceOf(StoreException.class);
    }

    @Test
    void namesThatTheDriverWouldMisunderstandAreFilesOrRefused() throws IOException {
        assertThatThrownBy(() -> Database.open(folder.resolve("a?b.db")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("question mark");
        Path odd = folder.resolve("böse datei :memory:.db");
        try (Database database = Database.open(odd)) {
            new Settings(database).put("a", "1", "me", TestingRows.START);
            assertThat(new Settings(database).get("a")).contains("1");
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).contains(odd);
        }
    }

    @Test
    void afterCloseItSaysSo() {
        Database database = Database.open(file);
        database.close();
        database.close();
        assertThatThrownBy(() -> new EventQueries(database).newest()).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> new Settings(database).put("a", "b", "c", TestingRows.START))
                .isInstanceOf(StoreException.class);
    }
}
