package io.innkeeper.api.http;

import io.innkeeper.config.DurationText;
import io.innkeeper.desk.Desk;
import io.innkeeper.desk.OwnersWords;
import io.innkeeper.store.Audit;
import io.innkeeper.store.DeviceFilter;
import io.innkeeper.store.DeviceQueries;
import io.innkeeper.store.Paging;
import io.innkeeper.store.PresenceQueries;
import io.innkeeper.view.DeviceView;
import io.innkeeper.view.TimelineView;
import io.innkeeper.wire.net.MacAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Devices. */
public final class DeviceRoutes {
    private static final String CONFIRMED = "confirmed";
    private static final Set<String> PRESENCES = Set.of("online", "idle", "offline");
    private static final Set<String> DECISIONS = Set.of(CONFIRMED, "rejected");
    private static final int MAX_NAME = 100;
    private static final int MAX_NOTES = 4_000;

    /**
     * What an owner can say of a device. A field that is missing stays as it is; null takes it back.
     *
     * @param name at most 100 characters
     * @param notes at most 4,000 characters
     * @param link whether it is that other device
     */
    public record DevicePatch(
            @Nullable String name,
            @Nullable String notes,
            @Nullable LinkPatch link) {}

    /**
     * What an owner says of a link.
     *
     * @param to the hardware address of the device that was known before
     * @param state confirmed or rejected
     */
    public record LinkPatch(String to, String state) {}

    private final DeviceQueries devices;
    private final PresenceQueries presences;
    private final Desk desk;
    private final Audit audit;
    private final InstantSource clock;

    /** Reading from the queries, changing through the desk. */
    public DeviceRoutes(DeviceQueries devices, PresenceQueries presences, Desk desk, Audit audit, InstantSource clock) {
        this.devices = devices;
        this.presences = presences;
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
                                new Route.Parameter("q", "found in any name, address, vendor or note"),
                                new Route.Parameter("presence", "online, idle or offline"),
                                new Route.Parameter("new", "first seen within this time, such as 24h or 7d"),
                                new Route.Parameter("static", "true with a static lease, false without"),
                                new Route.Parameter("named", "true with a name that its owner gave, false without")),
                        this::list),
                Route.get("/api/v1/devices/{mac}", "One device", DeviceView.class, call -> Answer.json(find(call))),
                Route.get(
                        "/api/v1/devices/{mac}/timeline",
                        "When a device was there, and with which addresses",
                        TimelineView.class,
                        this::timeline),
                Route.with(
                        "PATCH",
                        "/api/v1/devices/{mac}",
                        "Gives a device a name or notes; says whether it is the device it is linked to",
                        DevicePatch.class,
                        DeviceView.class,
                        this::patch));
    }

    private Answer list(Call call) {
        Paging paging = Listing.paging(call);
        DeviceFilter filter = new DeviceFilter(
                call.query("q"),
                call.query(
                        "presence",
                        "online, idle or offline",
                        text -> PRESENCES.contains(text) ? Optional.of(text) : Optional.empty()),
                call.query(
                        "new",
                        "a time such as 24h or 7d",
                        text -> DurationText.parse(text)
                                .map(back -> clock.instant().minus(back))),
                call.query("static", "true or false", DeviceRoutes::truth),
                call.query("named", "true or false", DeviceRoutes::truth));
        call.check();
        return Listing.answer(devices.list(filter, paging));
    }

    private static Optional<Boolean> truth(String text) {
        return switch (text) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private Answer timeline(Call call) {
        DeviceView device = find(call);
        List<PresenceQueries.Span> spans = presences.spans(mac(call));
        List<TimelineView.Span> presence = new ArrayList<>();
        Instant next = null;
        for (PresenceQueries.Span span : spans) {
            if (span.to() != null && !span.to().equals(next)) {
                presence.add(new TimelineView.Span("offline", span.to(), next));
            }
            presence.add(new TimelineView.Span("online", span.from(), span.to()));
            next = span.from();
        }
        return Answer.json(new TimelineView(device.mac(), presence, device.addresses()));
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
            if (!field.equals("name") && !field.equals("notes") && !field.equals("link")) {
                call.error(field, "unknown field; there are: name, notes, link");
            }
        }
        String name = text(call, body, "name", MAX_NAME, "");
        String notes = text(call, body, "notes", MAX_NOTES, "\n\r\t");
        MacAddress mac = mac(call);
        LinkPatch link = link(call, body.get("link"), mac);
        call.check();
        if (body.has("name") || body.has("notes")) {
            desk.call(
                    mac,
                    words -> new OwnersWords(
                            body.has("name") ? name : words.name(), body.has("notes") ? notes : words.notes()));
        }
        if (link != null) {
            desk.link(
                    mac, MacAddress.parse(link.to()).orElseThrow(), link.state().equals(CONFIRMED));
        }
        audit.add(new Audit.Entry(clock.instant(), call.remoteAddress(), "device", before.mac(), body.toString()));
        return Answer.json(find(call));
    }

    /** What the body says of a link; null where it says nothing, errors where that makes no sense. */
    private @Nullable LinkPatch link(Call call, @Nullable JsonNode value, MacAddress mac) {
        if (value == null || value.isNull()) {
            return null;
        }
        MacAddress to = MacAddress.parse(value.path("to").asString("")).orElse(null);
        String state = value.path("state").asString("");
        if (to == null || to.equals(mac) || devices.find(to).isEmpty()) {
            call.error("link.to", "must be the hardware address of another known device");
        }
        if (!DECISIONS.contains(state)) {
            call.error("link.state", "must be confirmed or rejected");
        }
        return to == null ? null : new LinkPatch(to.toString(), state);
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
