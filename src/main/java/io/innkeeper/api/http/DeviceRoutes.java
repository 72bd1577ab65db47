package io.innkeeper.api.http;

import io.innkeeper.desk.Desk;
import io.innkeeper.desk.OwnersWords;
import io.innkeeper.store.Audit;
import io.innkeeper.store.DeviceQueries;
import io.innkeeper.store.Paging;
import io.innkeeper.view.DeviceView;
import io.innkeeper.wire.net.MacAddress;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Devices. */
public final class DeviceRoutes {
    private static final int MAX_NAME = 100;
    private static final int MAX_NOTES = 4_000;

    /**
     * What an owner can say of a device. A field that is missing stays as it is; null takes it back.
     *
     * @param name at most 100 characters
     * @param notes at most 4,000 characters
     */
    public record DevicePatch(
            @Nullable String name, @Nullable String notes) {}

    private final DeviceQueries devices;
    private final Desk desk;
    private final Audit audit;
    private final InstantSource clock;

    /** Reading from the queries, changing through the desk. */
    public DeviceRoutes(DeviceQueries devices, Desk desk, Audit audit, InstantSource clock) {
        this.devices = devices;
        this.desk = desk;
        this.audit = audit;
        this.clock = clock;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                Route.list(
                        "/api/v1/devices",
                        "Every device ever seen",
                        DeviceView.class,
                        List.of(
                                Listing.LIMIT,
                                Listing.CURSOR,
                                Listing.sort(DeviceQueries.orders()),
                                new Route.Parameter("q", "found in any name, address, vendor or note")),
                        this::list),
                Route.get("/api/v1/devices/{mac}", "One device", DeviceView.class, call -> Answer.json(find(call))),
                Route.with(
                        "PATCH",
                        "/api/v1/devices/{mac}",
                        "Gives a device a name or notes",
                        DevicePatch.class,
                        DeviceView.class,
                        this::patch));
    }

    private Answer list(Call call) {
        Paging paging = Listing.paging(call);
        return Listing.answer(devices.list(call.query("q"), paging));
    }

    private DeviceView find(Call call) {
        MacAddress mac = mac(call);
        return devices.find(mac)
                .orElseThrow(() -> new ProblemException(Problem.notFound("no device " + mac + " was ever seen")));
    }

    private static MacAddress mac(Call call) {
        return MacAddress.parse(call.path("mac"))
                .orElseThrow(() -> new ProblemException(Problem.badRequest("mac", "not a hardware address")));
    }

    private Answer patch(Call call) {
        DeviceView before = find(call);
        ObjectNode body = JsonBody.object(call);
        for (String field : body.propertyNames()) {
            if (!field.equals("name") && !field.equals("notes")) {
                call.error(field, "unknown field; there are: name, notes");
            }
        }
        String name = text(call, body, "name", MAX_NAME, "");
        String notes = text(call, body, "notes", MAX_NOTES, "\n\r\t");
        call.check();
        MacAddress mac = mac(call);
        desk.call(
                mac,
                words -> new OwnersWords(
                        body.has("name") ? name : words.name(), body.has("notes") ? notes : words.notes()));
        audit.add(new Audit.Entry(clock.instant(), call.remoteAddress(), "device", before.mac(), body.toString()));
        return Answer.json(find(call));
    }

    /** A text of the body, null where it is missing, null or blank; notes an error where it is none that can be shown. */
    private static @Nullable String text(Call call, ObjectNode body, String field, int max, String allowedControls) {
        JsonNode value = body.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isString()) {
            call.error(field, "must be a text or null");
            return null;
        }
        String text = value.stringValue().strip();
        if (text.codePointCount(0, text.length()) > max) {
            call.error(field, "longer than " + max + " characters");
        }
        if (text.codePoints().anyMatch(c -> !isShown(c) && allowedControls.indexOf(c) < 0)) {
            call.error(field, "has characters that cannot be shown");
        }
        return text.isEmpty() ? null : text;
    }

    private static boolean isShown(int character) {
        return !Character.isISOControl(character) && Character.getType(character) != Character.SURROGATE;
    }
}
