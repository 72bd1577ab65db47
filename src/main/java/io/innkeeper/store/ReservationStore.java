package io.innkeeper.store;

import io.innkeeper.lease.LeaseSource;
import io.innkeeper.lease.Reservation;
import io.innkeeper.view.Json;
import io.innkeeper.view.ReservationView;
import io.innkeeper.wire.net.IpAddress;
import java.sql.PreparedStatement;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** The addresses that sources keep for certain hosts. Safe for any thread. */
public final class ReservationStore {
    /** Leased where any of the addresses has a lease of the same source. */
    private static final String COLUMNS = """
            r.id, r.json, EXISTS (SELECT 1 FROM json_each(r.address_keys) a
              JOIN lease l ON l.address_key = unhex(a.value) AND l.origin = r.origin AND l.source = r.source) AS leased""";

    private static final Map<String, SortOrder> ORDERS =
            Map.of("id", new SortOrder("id", List.of("r.id"), List.of(SortOrder.Kind.NUMBER)));

    private record Row(long id, ReservationView view) {}

    private final Database database;

    /** On an open database. */
    public ReservationStore(Database database) {
        this.database = database;
    }

    /** All reservations of a source in place of those stored. */
    public void replace(LeaseSource source, List<Reservation> reservations) {
        replaceViews(
                source,
                reservations.stream()
                        .map(reservation -> ReservationView.of(reservation, false))
                        .toList());
    }

    /** As {@link #replace}, of reservations as they are shown. */
    public void replaceViews(LeaseSource source, List<ReservationView> reservations) {
        database.write(connection -> {
            try (PreparedStatement remove =
                            connection.prepareStatement("DELETE FROM reservation WHERE origin = ? AND source = ?");
                    PreparedStatement add = connection.prepareStatement(
                            "INSERT INTO reservation (origin, source, address_keys, json) VALUES (?, ?, ?, ?)")) {
                remove.setString(1, source.origin());
                remove.setString(2, source.name());
                remove.executeUpdate();
                for (ReservationView reservation : reservations) {
                    add.setString(1, source.origin());
                    add.setString(2, source.name());
                    add.setString(3, Json.write(keys(reservation)));
                    add.setString(4, Json.write(reservation));
                    add.addBatch();
                }
                add.executeBatch();
            }
            return true;
        });
    }

    /** The sort keys of the whole addresses in hex, to be found among the leases; parts such as {@code ::56} have none. */
    private static List<String> keys(ReservationView reservation) {
        return reservation.addresses().stream()
                .flatMap(text -> IpAddress.parse(text).stream())
                .map(address -> HexFormat.of().formatHex(address.sortKey()))
                .toList();
    }

    /** One page, in the order of the configuration. */
    public Page<ReservationView> list(Paging paging) {
        Page<Row> page = database.read(connection -> paging.run(
                connection,
                new Select(COLUMNS, "reservation r"),
                ORDERS,
                "id",
                row -> new Row(row.getLong("id"), view(row.getString("json"), row.getBoolean("leased"))),
                (order, row) -> List.of(String.valueOf(row.id()))));
        return new Page<>(page.items().stream().map(Row::view).toList(), page.next(), page.total());
    }

    private static ReservationView view(String json, boolean leased) {
        return Json.MAPPER.readValue(json, ReservationView.class).withLeased(leased);
    }
}
