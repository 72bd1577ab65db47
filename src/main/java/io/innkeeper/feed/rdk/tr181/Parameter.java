package io.innkeeper.feed.rdk.tr181;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A parameter of the data model.
 *
 * @param path its full name, such as {@code Device.DHCPv4.Client.1.IPAddress}
 * @param type its data type, as TR-181 and TR-106 name them; {@code list(…)} for a list of such
 * @param writable whether it can be set
 * @param value what it is: a text, a number, a truth value, or a list of texts or numbers
 */
public record Parameter(String path, String type, boolean writable, Object value) {
    /** The value as TR-181 writes it: lists have commas between. */
    public String text() {
        return value instanceof List<?> list
                ? list.stream().map(Object::toString).collect(Collectors.joining(","))
                : value.toString();
    }

    /** The part behind the last dot. */
    public String name() {
        return path.substring(path.lastIndexOf('.') + 1);
    }
}
