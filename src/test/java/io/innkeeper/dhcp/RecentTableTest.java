package io.innkeeper.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentTableTest {
    private final RecentTable<String, Integer> table = new RecentTable<>(2, 100);

    @Test
    void anEntryEndsAfterItsTime() {
        table.put("a", 1, 1_000);
        assertThat(table.get("a", 1_099)).isEqualTo(1);
        assertThat(table.get("a", 1_100)).isNull();
        assertThat(table.get("a", 999)).as("the clock was set back").isNull();
        assertThat(table.pollEnded(1_099)).isNull();
        assertThat(table.pollEnded(1_100)).isEqualTo(1);
        assertThat(table.size()).isZero();
    }

    @Test
    void theOldestGoesWhereItIsFull() {
        assertThat(table.put("a", 1, 0)).isNull();
        assertThat(table.put("b", 2, 0)).isNull();
        assertThat(table.put("a", 3, 1)).as("put again").isNull();
        assertThat(table.put("c", 4, 2)).isEqualTo(2);
        assertThat(table.newestFirst()).containsExactly(4, 3);
        assertThat(table.put("d", 5, 500)).as("what had ended is no loss").isNull();
        assertThat(table.remove("c")).isEqualTo(4);
        assertThat(table.remove("c")).isNull();
        assertThat(table.size()).isEqualTo(1);
    }

    @Test
    void aTableWithoutAnEndKeeps() {
        RecentTable<String, Integer> kept = new RecentTable<>(2, Long.MAX_VALUE);
        kept.put("a", 1, 5);
        assertThat(kept.get("a", 0)).isEqualTo(1);
        assertThat(kept.pollEnded(Long.MAX_VALUE)).isNull();
    }
}
