package io.innkeeper.store;

import io.innkeeper.lease.Allocation;
import io.innkeeper.lease.Expiry;
import io.innkeeper.lease.Lease;
import io.innkeeper.lease.LeaseFact;
import io.innkeeper.lease.LeaseSource;
import io.innkeeper.lease.LeaseState;
import io.innkeeper.view.Json;
import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import io.innkeeper.wire.net.Prefix;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/** Rows of {@code lease} and {@code lease_history} ⇄ records. */
final class LeaseRows {
    private static final TypeReference<Map<String, String>> DETAILS = new TypeReference<>() {};

    private LeaseRows() {}

    static void bind(PreparedStatement put, Lease lease) throws SQLException {
        LeaseFact fact = lease.fact();
        Expiry expiry = fact.expiry();
        put.setBytes(1, lease.address().sortKey());
        put.setString(2, lease.source().origin());
        put.setString(3, lease.source().name());
        put.setString(4, lease.address().toString());
        put.setInt(5, lease.address().v6() ? 6 : 4);
        put.setString(6, text(fact.mac()));
        put.setString(7, text(fact.clientId()));
        put.setString(8, fact.hostname());
        put.setString(9, lease.state().text());
        put.setString(10, fact.allocation().text());
        put.setString(11, fact.allocationReason());
        put.setLong(12, lease.startedAt().toEpochMilli());
        put.setString(13, expiry.kind().name().toLowerCase(Locale.ROOT));
        setLong(put, 14, expiry.at() == null ? null : expiry.at().toEpochMilli());
        setLong(put, 15, expiry.lifetime() == null ? null : expiry.lifetime().toSeconds());
        setLong(put, 16, fact.iaid());
        put.setInt(17, fact.temporary() ? 1 : 0);
        put.setString(18, text(fact.subnet()));
        put.setString(19, details(fact));
    }

    private static String details(LeaseFact fact) {
        return fact.details().isEmpty() ? "{}" : Json.write(fact.details());
    }

    /** The end and the details of a lease that is there. */
    static void renew(PreparedStatement renew, Lease lease) throws SQLException {
        Expiry expiry = lease.fact().expiry();
        renew.setString(1, expiry.kind().name().toLowerCase(Locale.ROOT));
        setLong(renew, 2, expiry.at() == null ? null : expiry.at().toEpochMilli());
        setLong(renew, 3, expiry.lifetime() == null ? null : expiry.lifetime().toSeconds());
        renew.setString(4, details(lease.fact()));
        bindKey(renew, 5, lease);
    }

    private static void bindKey(PreparedStatement statement, int from, Lease lease) throws SQLException {
        statement.setBytes(from, lease.address().sortKey());
        statement.setString(from + 1, lease.source().origin());
        statement.setString(from + 2, lease.source().name());
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static void setLong(PreparedStatement put, int place, @Nullable Long value) throws SQLException {
        if (value == null) {
            put.setNull(place, Types.BIGINT);
        } else {
            put.setLong(place, value);
        }
    }

    static void beginBinding(PreparedStatement begin, Lease lease) throws SQLException {
        begin.setBytes(1, lease.address().sortKey());
        begin.setString(2, lease.source().origin());
        begin.setString(3, lease.source().name());
        begin.setString(4, lease.address().toString());
        begin.setString(5, text(lease.fact().mac()));
        begin.setString(6, text(lease.fact().clientId()));
        begin.setString(7, lease.fact().hostname());
        begin.setLong(8, lease.startedAt().toEpochMilli());
        begin.executeUpdate();
    }

    static void renameBinding(PreparedStatement rename, Lease lease) throws SQLException {
        rename.setString(1, text(lease.fact().mac()));
        rename.setString(2, text(lease.fact().clientId()));
        rename.setString(3, lease.fact().hostname());
        bindBinding(rename, 4, lease);
        rename.executeUpdate();
    }

    static void endBinding(PreparedStatement end, Lease lease, Instant at) throws SQLException {
        end.setLong(1, at.toEpochMilli());
        end.setString(2, lease.state().text());
        bindBinding(end, 3, lease);
        end.executeUpdate();
    }

    private static void bindBinding(PreparedStatement statement, int from, Lease lease) throws SQLException {
        bindKey(statement, from, lease);
        statement.setLong(from + 3, lease.startedAt().toEpochMilli());
    }

    /** The lease in the current row, which has the columns of {@code lease}. */
    static Lease read(ResultSet row) throws SQLException {
        String details = row.getString("details");
        LeaseFact fact = new LeaseFact(
                must(IpAddress.parse(row.getString("address"))),
                parsed(row.getString("mac"), MacAddress::parse),
                parsed(row.getString("client_id"), ClientId::parse),
                row.getString("hostname"),
                expiry(row),
                nullableLong(row, "iaid"),
                row.getInt("temporary") != 0,
                Allocation.valueOf(row.getString("allocation").toUpperCase(Locale.ROOT)),
                row.getString("allocation_reason"),
                parsed(row.getString("subnet"), Prefix::parse),
                details.length() == 2 ? Map.of() : Json.MAPPER.readValue(details, DETAILS));
        return new Lease(
                new LeaseSource(row.getString("origin"), row.getString("source")),
                fact,
                LeaseState.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                Instant.ofEpochMilli(row.getLong("started_at")));
    }

    private static Expiry expiry(ResultSet row) throws SQLException {
        Long at = nullableLong(row, "expires_at");
        Long lifetime = nullableLong(row, "lifetime_s");
        return new Expiry(
                Expiry.Kind.valueOf(row.getString("expiry").toUpperCase(Locale.ROOT)),
                at == null ? null : Instant.ofEpochMilli(at),
                lifetime == null ? null : Duration.ofSeconds(lifetime));
    }

    static @Nullable Long nullableLong(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }

    private static <T> @Nullable T parsed(@Nullable String text, Function<String, Optional<T>> parse) {
        return text == null ? null : must(parse.apply(text));
    }

    /** What we wrote ourselves can be read back, or the file was changed by another hand. */
    private static <T> T must(Optional<T> value) {
        return value.orElseThrow(() -> new StoreException("a row of the database holds an address that is none"));
    }
}
