package io.innkeeper.feed.rdk.tr181;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An object of the data model while its parameters are written down, one after the other.
 *
 * @param all takes the parameters
 * @param path the object, with a dot at the end
 */
record Sheet(List<Parameter> all, String path) {
    /** What TR-106 (§3.2) writes for a time that is not known. */
    static final String UNKNOWN_TIME = "0001-01-01T00:00:00Z";

    /** What it writes for a time that never comes. */
    static final String NEVER = "9999-12-31T23:59:59Z";

    /** An object below this one. */
    Sheet at(String name) {
        return new Sheet(all, path + name + ".");
    }

    /** A row of the table that this object is. */
    Sheet row(int number) {
        return at(Integer.toString(number));
    }

    private Sheet put(String name, String type, Object value) {
        all.add(new Parameter(path + name, type, false, value));
        return this;
    }

    Sheet truth(String name, boolean value) {
        return put(name, "boolean", value);
    }

    /** A parameter that is set to do something; read, it is false. */
    Sheet order(Order order) {
        all.add(new Parameter(path + order.parameter(), "boolean", true, false));
        return this;
    }

    Sheet text(String name, String value) {
        return put(name, "string", value);
    }

    Sheet hex(String name, String digits) {
        return put(name, "hexBinary", digits);
    }

    Sheet octets(String name, byte[] value) {
        return put(name, "base64", Base64.getEncoder().encodeToString(value));
    }

    Sheet v4(String name, String address) {
        return put(name, "IPv4Address", address);
    }

    Sheet v6(String name, String address) {
        return put(name, "IPv6Address", address);
    }

    Sheet prefix4(String name, String prefix) {
        return put(name, "IPv4Prefix", prefix);
    }

    Sheet prefix6(String name, String prefix) {
        return put(name, "IPv6Prefix", prefix);
    }

    /** A number that may be negative; held within 32 bits. */
    Sheet signed(String name, long value) {
        return put(name, "int", Math.clamp(value, Integer.MIN_VALUE, Integer.MAX_VALUE));
    }

    /** A number of 32 bits. */
    Sheet number(String name, long value) {
        return put(name, "unsignedInt", Math.clamp(value, 0, 0xffff_ffffL));
    }

    Sheet list(String name, String type, List<?> values) {
        return put(name, "list(" + type + ")", List.copyOf(values));
    }

    /** A point in time, in whole seconds; null for one that is not known. */
    Sheet time(String name, @Nullable Instant at) {
        Object value = at == null
                ? UNKNOWN_TIME
                : at.equals(Instant.MAX)
                        ? NEVER
                        : at.truncatedTo(ChronoUnit.SECONDS).toString();
        return put(name, "dateTime", value);
    }
}
