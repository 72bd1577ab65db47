package io.innkeeper.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.innkeeper.desk.InstallationDesk.NoProfileException;
import io.innkeeper.desk.InstallationDesk.Terms;
import io.innkeeper.event.EventLog;
import io.innkeeper.store.Database;
import io.innkeeper.store.EventQueries;
import io.innkeeper.store.Installations;
import io.innkeeper.store.Ledger;
import io.innkeeper.store.StoreException;
import io.innkeeper.view.InstallationView;
import io.innkeeper.wire.net.MacAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a mark, when, and that each step is told once. */
class InstallationDeskTest {
    private static final Instant START = Instant.parse("2026-11-21T20:00:00Z");
    private static final MacAddress MAC = MacAddress.parse("02:00:00:00:00:01").orElseThrow();
    private static final MacAddress OTHER =
            MacAddress.parse("02:00:00:00:00:02").orElseThrow();
    private static final Duration DAY = Duration.ofDays(1);

    private final Map<String, Terms> profiles = new HashMap<>(Map.of(
            "debian", new Terms(DAY, Duration.ofMinutes(5)),
            "diskless", new Terms(DAY, null)));
    private final List<String> changes = new ArrayList<>();

    @TempDir
    private Path folder;

    private Instant now = START;
    private Database database;
    private Installations installations;
    private InstallationDesk desk;

    @BeforeEach
    void open() {
        database = Database.open(folder.resolve("x.db"));
        installations = new Installations(database);
        desk = new InstallationDesk(
                installations,
                new EventLog(0, 100),
                new Ledger(database, mac -> null),
                () -> now,
                name -> Optional.ofNullable(profiles.get(name)),
                () -> changes.add("changed"));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private List<String> told() {
        return new EventQueries(database)
                .after(0, 100).stream()
                        .map(event -> event.type().text() + " " + event.subject())
                        .toList();
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    @Test
    void aMarkThatNobodyUsesEnds() throws NoProfileException {
        assertThat(desk.mark(MAC, "debian", "me").until()).isEqualTo(START.plus(DAY));
        pass(DAY.minusMillis(1));
        assertThat(desk.expire()).isEmpty();
        pass(Duration.ofMillis(1));
        assertThat(desk.expire()).singleElement().satisfies(one -> {
            assertThat(one.state()).isEqualTo(InstallationView.ENDED);
            assertThat(one.ended()).contains("in time");
        });
        assertThat(desk.expire()).isEmpty();
        assertThat(installations.running()).isEmpty();
        assertThat(told()).containsExactly("install.marked " + MAC, "install.ended " + MAC);
        assertThat(changes).hasSize(2);
    }

    @Test
    void whoWasServedIsServedForAWhile() throws NoProfileException {
        desk.mark(MAC, "debian", "me");
        pass(Duration.ofHours(1));
        Instant first = now;
        assertThat(desk.served(MAC, "a.efi", "dhcp4").orElseThrow().served()).isEqualTo("dhcp4: a.efi");
        pass(Duration.ofMinutes(1));
        assertThat(desk.served(MAC, "b.ipxe", "dhcp4").orElseThrow().until())
                .isEqualTo(first.plus(Duration.ofMinutes(5)));
        pass(Duration.ofMinutes(4));
        assertThat(desk.expire()).hasSize(1);
        assertThat(desk.served(MAC, "a.efi", "dhcp4")).isEmpty();
        assertThat(told()).containsExactly("install.marked " + MAC, "install.served " + MAC, "install.ended " + MAC);
    }

    @Test
    void aProfileWithoutHoldIsServedUntilSomebodySaysSo() throws NoProfileException {
        desk.mark(MAC, "diskless", "me");
        desk.served(MAC, "a.efi", "dhcp4");
        pass(Duration.ofDays(1_000));
        assertThat(desk.expire()).isEmpty();
        assertThat(desk.end(MAC, "done", "installer").orElseThrow().ended()).isEqualTo("done");
        pass(DAY);
        assertThat(desk.end(MAC, "again", "installer").orElseThrow().ended()).isEqualTo("done");
        assertThat(desk.end(OTHER, "done", "installer")).isEmpty();
        assertThat(told()).hasSize(3);
    }

    @Test
    void aNewMarkReplacesTheOldOne() throws NoProfileException {
        desk.mark(MAC, "diskless", "me");
        desk.served(MAC, "a.efi", "dhcp4");
        pass(DAY);
        desk.mark(MAC, "debian", "me");
        assertThat(installations.running()).singleElement().satisfies(one -> {
            assertThat(one.state()).isEqualTo(InstallationView.MARKED);
            assertThat(one.profile()).isEqualTo("debian");
            assertThat(one.servedAt()).isNull();
        });
        assertThatThrownBy(() -> desk.mark(OTHER, "windows", "me")).isInstanceOf(NoProfileException.class);
        assertThat(installations.find(OTHER)).isEmpty();
    }

    @Test
    void aProfileThatIsGoneStillEnds() throws NoProfileException {
        desk.mark(MAC, "debian", "me");
        profiles.clear();
        pass(DAY);
        assertThat(desk.expire()).hasSize(1);
    }

    @Test
    void whatCannotBeStoredIsNotTold() throws IOException {
        Files.move(folder.resolve("x.db"), folder.resolve("y.db"));
        assertThatThrownBy(() -> desk.mark(MAC, "debian", "me")).isInstanceOf(StoreException.class);
        Files.move(folder.resolve("y.db"), folder.resolve("x.db"));
        assertThat(changes).isEmpty();
        assertThat(installations.find(MAC)).isEmpty();
        assertThat(told()).isEmpty();
    }
}
