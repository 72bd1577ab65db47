package io.innkeeper.api.grpc;

import com.google.rpc.Code;
import innkeeper.v1.AddressAllocation;
import innkeeper.v1.ListSystemsRequest;
import innkeeper.v1.PresenceState;
import innkeeper.v1.SystemFilter;
import innkeeper.v1.SystemRecord;
import io.innkeeper.store.DeviceFilter;
import io.innkeeper.store.Page;
import io.innkeeper.store.Paging;
import io.innkeeper.view.DeviceView;
import io.innkeeper.wire.net.MacAddress;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One system by its keys, and lists of them. */
final class SystemLists {
    private static final int USUAL_PAGE = 100;
    private static final String PRESENCE = "PRESENCE_STATE_";

    private final GrpcWorld world;
    private final SystemRecords records;

    SystemLists(GrpcWorld world, SystemRecords records) {
        this.world = world;
        this.records = records;
    }

    /** The system with this hardware address; ends the call where there is none. */
    SystemRecord byMac(String text) {
        Refusal.Fields fields = new Refusal.Fields();
        Optional<MacAddress> mac = Optional.ofNullable(Registry.mac(text, "mac", fields));
        fields.check();
        return mac.flatMap(records::find).orElseThrow(() -> unknown("mac", text));
    }

    /** The system with this name; ends the call where there is none. */
    SystemRecord byHostname(String name) {
        return world.names().byName(name).flatMap(records::find).orElseThrow(() -> unknown("hostname", name));
    }

    private static RuntimeException unknown(String key, String value) {
        return Refusal.of(
                Code.NOT_FOUND, "NO_SUCH_SYSTEM", "no system with this " + key + " was ever seen", Map.of(key, value));
    }

    /**
     * A piece of a list.
     *
     * @param systems in order
     * @param next where the next piece begins; empty at the end
     * @param total how many there are, with the first piece; else 0
     */
    record Piece(List<SystemRecord> systems, String next, long total) {}

    /** A piece of the list of all that pass a filter; ends the call where it asks for what there is not. */
    Piece list(ListSystemsRequest request) {
        return list(filter(request.getFilter()), request.getOrderBy(), request.getPageToken(), request.getPageSize());
    }

    /** A piece of the list of all, by hardware address. */
    Piece list(String token, int size) {
        return list(DeviceFilter.ALL, "mac", token, size);
    }

    private Piece list(DeviceFilter filter, String order, String token, int size) {
        if (size < 0 || size > Paging.MAX_LIMIT) {
            throw Refusal.field("page_size", "must be 0 to " + Paging.MAX_LIMIT);
        }
        Paging paging = new Paging(
                order.isEmpty() ? "mac" : order, token.isEmpty() ? null : token, size == 0 ? USUAL_PAGE : size);
        Page<DeviceView> page = world.devices().list(filter, paging);
        String next = page.next();
        Long total = page.total();
        return new Piece(
                page.items().stream().map(records::of).toList(), next == null ? "" : next, total == null ? 0 : total);
    }

    private static DeviceFilter filter(SystemFilter filter) {
        Refusal.Fields fields = new Refusal.Fields();
        Instant since = null;
        if (filter.hasFirstSeenSince()) {
            since = Times.instant(filter.getFirstSeenSince()).orElse(null);
            if (since == null) {
                fields.wrong("filter.first_seen_since", "is no point in time");
            }
        }
        String presence = presence(filter.getPresence(), fields);
        Boolean fixed = fixed(filter.getAllocation(), fields);
        fields.check();
        return new DeviceFilter(
                filter.getText().isEmpty() ? null : filter.getText(),
                presence,
                since,
                fixed,
                filter.hasNamed() ? filter.getNamed() : null);
    }

    private static @Nullable String presence(PresenceState state, Refusal.Fields fields) {
        if (state == PresenceState.UNRECOGNIZED) {
            fields.wrong("filter.presence", "is not known to this version");
        }
        return state == PresenceState.UNRECOGNIZED || state == PresenceState.PRESENCE_STATE_UNSPECIFIED
                ? null
                : state.name().substring(PRESENCE.length()).toLowerCase(Locale.ROOT);
    }

    private static @Nullable Boolean fixed(AddressAllocation allocation, Refusal.Fields fields) {
        return switch (allocation) {
            case ADDRESS_ALLOCATION_STATIC -> Boolean.TRUE;
            case ADDRESS_ALLOCATION_DYNAMIC -> Boolean.FALSE;
            case ADDRESS_ALLOCATION_UNSPECIFIED -> null;
            case UNRECOGNIZED -> {
                fields.wrong("filter.allocation", "is not known to this version");
                yield null;
            }
        };
    }
}
