package io.innkeeper.api.grpc;

import innkeeper.v1.StreamPosition;
import innkeeper.v1.SystemChange;
import innkeeper.v1.SystemChangeKind;
import innkeeper.v1.WatchSystemsResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.innkeeper.event.Event;
import io.innkeeper.event.EventType;
import io.innkeeper.store.DeviceFilter;
import io.innkeeper.store.DeviceQueries;
import io.innkeeper.store.Page;
import io.innkeeper.store.Paging;
import io.innkeeper.view.DeviceView;
import io.innkeeper.wire.net.MacAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A watcher of systems. Each is read from the store when it is told, so that a slow watcher gets the newest of several changes
 * and not each of them.
 */
final class SystemWatch extends Watch<WatchSystemsResponse> {
    private static final int PAGE = 200;

    private final DeviceQueries devices;
    private final SystemRecords records;
    private final boolean withExisting;

    /** @param withExisting whether all systems as they are come first */
    SystemWatch(
            GrpcWorld world,
            SystemRecords records,
            WatchLimits limits,
            ServerCallStreamObserver<WatchSystemsResponse> observer,
            boolean withExisting) {
        super(world, limits, observer, "grpc-systems");
        this.devices = world.devices();
        this.records = records;
        this.withExisting = withExisting;
    }

    @Override
    WatchSystemsResponse position(StreamPosition position) {
        return WatchSystemsResponse.newBuilder().setPosition(position).build();
    }

    @Override
    void begin(long number) throws InterruptedException {
        String cursor = null;
        do {
            cursor = withExisting ? existing(cursor) : null;
        } while (cursor != null);
    }

    private @Nullable String existing(@Nullable String cursor) throws InterruptedException {
        Page<DeviceView> page = devices.list(DeviceFilter.ALL, new Paging("mac", cursor, PAGE));
        for (DeviceView device : page.items()) {
            send(step(0, SystemChangeKind.SYSTEM_CHANGE_KIND_EXISTING, device));
        }
        return page.next();
    }

    private WatchSystemsResponse step(long number, SystemChangeKind kind, DeviceView device) {
        return WatchSystemsResponse.newBuilder()
                .setChange(SystemChange.newBuilder()
                        .setNumber(number)
                        .setKind(kind)
                        .setSystem(records.of(device)))
                .build();
    }

    /** What is new of a system: the newest number, and whether it was never seen before. */
    private record News(long number, boolean discovered) {}

    @Override
    void tell(List<Event> events) throws InterruptedException {
        Map<MacAddress, News> news = new LinkedHashMap<>();
        for (Event event : events) {
            about(event).ifPresent(mac -> {
                News before = news.remove(mac); // in the order of the newest
                boolean discovered = event.type() == EventType.DEVICE_DISCOVERED;
                news.put(mac, new News(event.number(), discovered || (before != null && before.discovered())));
            });
        }
        for (Map.Entry<MacAddress, News> entry : news.entrySet()) {
            Optional<DeviceView> device = devices.find(entry.getKey());
            if (device.isPresent()) {
                News one = entry.getValue();
                SystemChangeKind kind = one.discovered()
                        ? SystemChangeKind.SYSTEM_CHANGE_KIND_DISCOVERED
                        : SystemChangeKind.SYSTEM_CHANGE_KIND_CHANGED;
                send(step(one.number(), kind, device.get()), one.number());
            }
        }
    }

    private static Optional<MacAddress> about(Event event) {
        String type = event.type().text();
        return type.startsWith("device.") || type.startsWith("install.")
                ? MacAddress.parse(event.subject())
                : Optional.empty();
    }
}
