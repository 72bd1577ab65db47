package io.innkeeper.store;

import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.Prefix;
import org.jspecify.annotations.Nullable;

/**
 * Which leases are wanted; null means any.
 *
 * @param text found in address, host name, hardware address, vendor or the device's name
 * @param allocation {@code static} or {@code dynamic}
 * @param family 4 or 6
 * @param origin the kind of source
 * @param source the name of the source
 * @param mac the holder
 * @param hostname the whole name
 * @param address the address
 * @param subnet the address lies in it
 */
public record LeaseFilter(
        @Nullable String text,
        @Nullable String allocation,
        @Nullable Integer family,
        @Nullable String origin,
        @Nullable String source,
        @Nullable String mac,
        @Nullable String hostname,
        @Nullable IpAddress address,
        @Nullable Prefix subnet) {
    /** All leases. */
    public static final LeaseFilter ALL = new LeaseFilter(null, null, null, null, null, null, null, null, null);

    void apply(Select select) {
        select.whereIf(allocation, "l.allocation = ?")
                .whereIf(family, "l.family = ?")
                .whereIf(origin, "l.origin = ?")
                .whereIf(source, "l.source = ?")
                .whereIf(mac, "coalesce(l.mac, '') = ?")
                .whereIf(hostname, "coalesce(l.hostname, '') = ?")
                .whereIf(address == null ? null : address.sortKey(), "l.address_key = ?");
        if (subnet != null) {
            select.where(
                    "l.address_key BETWEEN ? AND ?",
                    subnet.network().sortKey(),
                    subnet.last().sortKey());
        }
        if (text != null) {
            String pattern = Select.anywhere(text);
            select.where(
                    "l.address LIKE ? ESCAPE '\\' OR l.hostname LIKE ? ESCAPE '\\' OR l.mac LIKE ? ESCAPE '\\'"
                            + " OR d.name LIKE ? ESCAPE '\\' OR d.vendor LIKE ? ESCAPE '\\'",
                    pattern,
                    pattern,
                    pattern,
                    pattern,
                    pattern);
        }
    }
}
