package io.innkeeper.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.store.Outbox.Place;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxTest {
    @TempDir
    private Path folder;

    @Test
    void placesLast() {
        Place place = new Place(4_711, 3, "it is closed", 1, 2);
        try (Database database = Database.open(folder.resolve("x.db"))) {
            Outbox outbox = new Outbox(database);
            assertThat(outbox.find("a")).isEmpty();
            outbox.put("a", Place.after(5));
            outbox.put("b", place);
            outbox.put("a", Place.after(6));
        }
        try (Database database = Database.open(folder.resolve("x.db"))) {
            Outbox outbox = new Outbox(database);
            assertThat(outbox.find("a")).contains(Place.after(6));
            assertThat(outbox.find("b")).contains(place);
            outbox.retain(List.of("b", "c"));
            assertThat(outbox.find("a")).isEmpty();
            assertThat(outbox.find("b")).contains(place);
        }
    }

    @Test
    void aStoreKeepsItsIdentityAndSharesItWithNone() {
        String first;
        try (Database database = Database.open(folder.resolve("x.db"))) {
            first = new Outbox(database).identity();
        }
        assertThat(first).matches("[0-9a-f]{16}");
        try (Database database = Database.open(folder.resolve("x.db"));
                Database other = Database.open(folder.resolve("y.db"))) {
            assertThat(new Outbox(database).identity()).isEqualTo(first);
            assertThat(new Outbox(other).identity()).isNotEqualTo(first);
        }
    }
}
