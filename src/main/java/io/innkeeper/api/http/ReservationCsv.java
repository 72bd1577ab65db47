package io.innkeeper.api.http;

import io.innkeeper.view.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Reservations as lines of {@code mac,address,name,client-id} (RFC 4180); what is missing at the end of a line is empty. */
final class ReservationCsv {
    private static final List<String> FIELDS = List.of("mac", "address", "name", "clientId");

    /**
     * One line.
     *
     * @param number counted from 1, as an editor shows it
     * @param json the reservation; null where the line cannot be read
     * @param problem why not; null where it can
     */
    record Line(int number, @Nullable String json, @Nullable String problem) {}

    private ReservationCsv() {}

    /** The lines that say something: no blank ones, no comments ({@code #}), not the header. */
    static List<Line> lines(String text) {
        List<Line> lines = new ArrayList<>();
        int number = 0;
        for (String line : text.replace("\uFEFF", "").split("\r?\n", -1)) {
            number++;
            boolean header = lines.isEmpty() && line.toLowerCase(Locale.ROOT).matches("\"?mac\"?\\s*,.*");
            if (!line.isBlank() && !line.startsWith("#") && !header) {
                lines.add(line(number, line));
            }
        }
        return lines;
    }

    private static Line line(int number, String text) {
        List<String> cells = cells(text);
        if (cells == null) {
            return new Line(number, null, "a quote is not closed");
        }
        if (cells.size() > FIELDS.size()) {
            return new Line(
                    number, null, "has " + cells.size() + " fields; there are at most mac, address, name, client-id");
        }
        ObjectNode object = Json.MAPPER.createObjectNode();
        for (int i = 0; i < cells.size(); i++) {
            if (!cells.get(i).isBlank()) {
                object.put(FIELDS.get(i), cells.get(i).strip());
            }
        }
        return new Line(number, object.toString(), null);
    }

    private static @Nullable List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            boolean doubled = quoted && c == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"';
            if (doubled) {
                cell.append(line.charAt(i++));
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return quoted ? null : cells;
    }
}
