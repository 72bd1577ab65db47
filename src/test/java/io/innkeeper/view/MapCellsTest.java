package io.innkeeper.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.innkeeper.view.MapView.Cell;
import io.innkeeper.wire.net.Prefix;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MapCellsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private static Cell cell(String address, String state, String mac) {
        return new Cell(address, state, mac, null, null, null, NOW, NOW);
    }

    private static List<Cell> cells(List<Cell> facts) {
        MapCells cells = new MapCells(Prefix.parse("192.168.1.0/24").orElseThrow());
        facts.forEach(cells::add);
        return cells.cells();
    }

    @Test
    void ofSeveralFactsTheStrongestIsShownWhateverTheOrder() {
        List<Cell> facts = new ArrayList<>(List.of(
                cell("192.168.1.9", "offline", "02:00:00:00:00:01"),
                cell("192.168.1.9", "leased", "02:00:00:00:00:02"),
                Cell.reserved("192.168.1.9", "02:00:00:00:00:03", "printer"),
                cell("192.168.1.10", "idle", "02:00:00:00:00:04"),
                cell("192.168.1.10", "online", "02:00:00:00:00:05"),
                Cell.self("192.168.1.1"),
                cell("192.168.1.1", "online", "02:00:00:00:00:06"),
                cell("192.168.2.1", "online", "02:00:00:00:00:07"),
                cell("fd00::1", "online", "02:00:00:00:00:07")));
        Random random = new Random(1);
        for (int i = 0; i < 50; i++) {
            Collections.shuffle(facts, random);
            assertThat(cells(facts))
                    .extracting(Cell::address, Cell::state, Cell::mac)
                    .containsExactly(
                            tuple("192.168.1.1", "self", null),
                            tuple("192.168.1.9", "leased", "02:00:00:00:00:02"),
                            tuple("192.168.1.10", "online", "02:00:00:00:00:05"));
        }
    }

    @Test
    void whatTheWeakerFactKnowsOfTheSameDeviceIsAdded() {
        Cell heard = cell("192.168.1.9", "online", "02:00:00:00:00:01");
        Cell lease = new Cell("192.168.1.9", "leased", "02:00:00:00:00:01", "nas", "Maker", "static", null, null);
        Cell both = new Cell("192.168.1.9", "online", "02:00:00:00:00:01", "nas", "Maker", "static", NOW, NOW);
        assertThat(cells(List.of(heard, lease))).containsExactly(both);
        assertThat(cells(List.of(lease, heard))).containsExactly(both);
    }
}
