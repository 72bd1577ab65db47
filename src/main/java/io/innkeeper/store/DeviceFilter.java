package io.innkeeper.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which devices are wanted; null for all.
 *
 * @param text found in any name, address, vendor or note
 * @param presence {@code online}, {@code idle} or {@code offline}
 * @param newSince first seen then or later
 * @param fixed true for those with a static lease, false for the others
 * @param named true for those that their owner gave a name, false for the others
 */
public record DeviceFilter(
        @Nullable String text,
        @Nullable String presence,
        @Nullable Instant newSince,
        @Nullable Boolean fixed,
        @Nullable Boolean named) {
    /** All devices. */
    public static final DeviceFilter ALL = new DeviceFilter(null, null, null, null, null);

    private static final String HAS_STATIC =
            "EXISTS (SELECT 1 FROM lease l WHERE coalesce(l.mac, '') = d.mac AND l.allocation = 'static')";

    void apply(Select select) {
        if (text != null) {
            String pattern = Select.anywhere(text);
            select.where(
                    "d.mac LIKE ? ESCAPE '\\' OR d.name LIKE ? ESCAPE '\\' OR d.names LIKE ? ESCAPE '\\'"
                            + " OR d.vendor LIKE ? ESCAPE '\\' OR d.addresses LIKE ? ESCAPE '\\'"
                            + " OR d.notes LIKE ? ESCAPE '\\' OR o.name LIKE ? ESCAPE '\\'"
                            + " OR s.name LIKE ? ESCAPE '\\' OR s.wanted LIKE ? ESCAPE '\\'",
                    pattern,
                    pattern,
                    pattern,
                    pattern,
                    pattern,
                    pattern,
                    pattern,
                    pattern,
                    pattern);
        }
        select.whereIf(presence, "p.state = ?");
        select.whereIf(newSince == null ? null : newSince.toEpochMilli(), "d.first_seen_at >= ?");
        if (fixed != null) {
            select.where(fixed ? HAS_STATIC : "NOT " + HAS_STATIC);
        }
        if (named != null) {
            select.where("coalesce(d.name, o.name) IS " + (named ? "NOT NULL" : "NULL"));
        }
    }
}
