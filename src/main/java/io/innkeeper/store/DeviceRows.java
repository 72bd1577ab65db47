package io.innkeeper.store;

import io.innkeeper.device.Device;
import io.innkeeper.device.Device.SeenAddress;
import io.innkeeper.device.Device.SeenName;
import io.innkeeper.view.Json;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/** Rows of {@code device} ⇄ records. Names, addresses and details are columns of JSON: they are only read together. */
final class DeviceRows {
    private static final TypeReference<Map<String, String>> DETAILS = new TypeReference<>() {};
    private static final TypeReference<List<NameRow>> NAMES = new TypeReference<>() {};
    private static final TypeReference<List<AddressRow>> ADDRESSES = new TypeReference<>() {};

    record NameRow(String name, String source, long at) {}

    record AddressRow(String address, String source, long first, long last, boolean current) {}

    private DeviceRows() {}

    static void bind(PreparedStatement put, Device device, @Nullable String vendor) throws SQLException {
        put.setString(1, device.mac().toString());
        put.setString(2, device.name());
        put.setString(3, device.notes());
        put.setString(4, device.hostname());
        put.setString(5, vendor);
        put.setLong(6, device.firstSeenAt().toEpochMilli());
        put.setLong(7, device.lastSeenAt().toEpochMilli());
        put.setString(
                8,
                Json.write(device.names().stream()
                        .map(seen -> new NameRow(
                                seen.name(), seen.source(), seen.seenAt().toEpochMilli()))
                        .toList()));
        put.setString(
                9,
                Json.write(device.addresses().stream()
                        .map(seen -> new AddressRow(
                                seen.address().toString(),
                                seen.source(),
                                seen.firstSeenAt().toEpochMilli(),
                                seen.lastSeenAt().toEpochMilli(),
                                seen.current()))
                        .toList()));
        put.setString(10, device.details().isEmpty() ? "{}" : Json.write(device.details()));
    }

    static Device read(ResultSet row) throws SQLException {
        return new Device(
                MacAddress.parse(row.getString("mac"))
                        .orElseThrow(() -> new StoreException("a row of the database holds a device without address")),
                row.getString("name"),
                row.getString("notes"),
                Json.MAPPER.readValue(row.getString("names"), NAMES).stream()
                        .map(name -> new SeenName(name.name(), name.source(), Instant.ofEpochMilli(name.at())))
                        .toList(),
                Json.MAPPER.readValue(row.getString("addresses"), ADDRESSES).stream()
                        .flatMap(seen -> IpAddress.parse(seen.address())
                                .map(address -> new SeenAddress(
                                        address,
                                        seen.source(),
                                        Instant.ofEpochMilli(seen.first()),
                                        Instant.ofEpochMilli(seen.last()),
                                        seen.current()))
                                .stream())
                        .toList(),
                Instant.ofEpochMilli(row.getLong("first_seen_at")),
                Instant.ofEpochMilli(row.getLong("last_seen_at")),
                Json.MAPPER.readValue(row.getString("details"), DETAILS));
    }
}
