package io.innkeeper.store;

import io.innkeeper.view.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/**
 * Where a page ended: the sort order and the key of the last row, as an opaque text. A page that begins there is one step
 * along an index, however far down the list it is.
 *
 * @param sort the order the page was in
 * @param key the values of the last row, as texts
 */
record Cursor(String sort, List<String> key) {
    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};

    /** A host name of the network can have a thousand octets, each of which may be escaped twice. */
    private static final int MAX_TEXT = 12_288;

    static Optional<Cursor> parse(String text) {
        if (text.length() > MAX_TEXT) {
            return Optional.empty();
        }
        try {
            String json = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            List<String> values = Json.MAPPER.readValue(json, TEXTS);
            boolean whole =
                    values != null && !values.isEmpty() && values.stream().noneMatch(v -> v == null);
            return whole
                    ? Optional.of(new Cursor(values.getFirst(), values.subList(1, values.size())))
                    : Optional.empty();
        } catch (IllegalArgumentException | JacksonException e) {
            return Optional.empty();
        }
    }

    String write() {
        List<String> values = new java.util.ArrayList<>(key);
        values.addFirst(sort);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Json.write(values).getBytes(StandardCharsets.UTF_8));
    }
}
