package io.innkeeper.dns.log;

import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of the query log: those for which all of this holds; null means any.
 *
 * @param from not before this
 * @param to before this
 * @param device asked by this device, from whatever address
 * @param client asked from this address
 * @param containing the name's text has this in it; case makes no difference
 * @param under the name is this one or below it
 * @param step answered by this step
 * @param type asked for this type
 * @param rcode answered with this code
 * @param before rows with a smaller number than this: where the last page ended
 * @param limit the most rows, 1 to {@value #MAX_LIMIT}
 */
public record QueryFilter(
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable MacAddress device,
        @Nullable IpAddress client,
        @Nullable String containing,
        @Nullable DnsName under,
        @Nullable QueryStep step,
        @Nullable Integer type,
        @Nullable Integer rcode,
        @Nullable Long before,
        int limit) {
    /** The most rows on one page. */
    public static final int MAX_LIMIT = 10_000;

    /**
     * Puts the text into small letters.
     *
     * @throws IllegalArgumentException if the limit is out of its range
     */
    public QueryFilter {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit out of range: " + limit);
        }
        containing = containing == null || containing.isEmpty() ? null : containing.toLowerCase(Locale.ROOT);
    }

    /** All rows. */
    public static QueryFilter newest(int limit) {
        return new QueryFilter(null, null, null, null, null, null, null, null, null, null, limit);
    }

    /** Only from this time on, and before that one. */
    public QueryFilter between(@Nullable Instant start, @Nullable Instant end) {
        return new QueryFilter(start, end, device, client, containing, under, step, type, rcode, before, limit);
    }

    /** Only those of this device. */
    public QueryFilter ofDevice(@Nullable MacAddress which) {
        return new QueryFilter(from, to, which, client, containing, under, step, type, rcode, before, limit);
    }

    /** Only those from this address. */
    public QueryFilter ofClient(@Nullable IpAddress which) {
        return new QueryFilter(from, to, device, which, containing, under, step, type, rcode, before, limit);
    }

    /** Only names with this text in them. */
    public QueryFilter withText(@Nullable String part) {
        return new QueryFilter(from, to, device, client, part, under, step, type, rcode, before, limit);
    }

    /** Only this name and those below it. */
    public QueryFilter below(@Nullable DnsName zone) {
        return new QueryFilter(from, to, device, client, containing, zone, step, type, rcode, before, limit);
    }

    /** Only those that this step answered. */
    public QueryFilter answeredBy(@Nullable QueryStep which) {
        return new QueryFilter(from, to, device, client, containing, under, which, type, rcode, before, limit);
    }

    /** Only those for this type. */
    public QueryFilter ofType(@Nullable Integer which) {
        return new QueryFilter(from, to, device, client, containing, under, step, which, rcode, before, limit);
    }

    /** Only those answered with this code. */
    public QueryFilter withRcode(@Nullable Integer which) {
        return new QueryFilter(from, to, device, client, containing, under, step, type, which, before, limit);
    }

    /** Goes on where a page ended. */
    public QueryFilter after(QueryPage page) {
        return before(page.next());
    }

    /** Only rows with a smaller number. */
    public QueryFilter before(@Nullable Long sequence) {
        return new QueryFilter(from, to, device, client, containing, under, step, type, rcode, sequence, limit);
    }

    /** True if a row is one of them; the limit does not count. */
    public boolean matches(QueryRow row) {
        return (from == null || row.atMs() >= from.toEpochMilli())
                && (to == null || row.atMs() < to.toEpochMilli())
                && (before == null || row.sequence() < before)
                && (device == null || Objects.equals(device, row.device()))
                && (client == null || Objects.equals(client, row.client()))
                && (step == null || step == row.step())
                && (type == null || type == row.type())
                && (rcode == null || rcode == row.rcode())
                && matches(row.name());
    }

    /** True if a name in small letters is one that was meant. */
    boolean matches(DnsName name) {
        return (under == null || name.isUnder(under))
                && (containing == null || name.text().contains(containing));
    }
}
