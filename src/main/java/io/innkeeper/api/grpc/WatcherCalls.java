package io.innkeeper.api.grpc;

import com.google.protobuf.Timestamp;
import innkeeper.v1.GetMonitoringRequest;
import innkeeper.v1.GetMonitoringResponse;
import innkeeper.v1.GetStatusRequest;
import innkeeper.v1.GetStatusResponse;
import innkeeper.v1.GetSystemRequest;
import innkeeper.v1.GetSystemResponse;
import innkeeper.v1.ListSystemsRequest;
import innkeeper.v1.ListSystemsResponse;
import innkeeper.v1.RegisterSystemRequest;
import innkeeper.v1.RegisterSystemResponse;
import innkeeper.v1.ServiceState;
import innkeeper.v1.SystemRecord;
import innkeeper.v1.UpdateMonitoringRequest;
import innkeeper.v1.UpdateMonitoringResponse;
import innkeeper.v1.WatchEventsRequest;
import innkeeper.v1.WatchEventsResponse;
import innkeeper.v1.WatchSystemsRequest;
import innkeeper.v1.WatchSystemsResponse;
import innkeeper.v1.WatcherServiceGrpc.WatcherServiceImplBase;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.innkeeper.service.ServiceStatus;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The service of systems, events and monitoring. */
final class WatcherCalls extends WatcherServiceImplBase {
    private final GrpcWorld world;
    private final SystemRecords records;
    private final SystemLists lists;
    private final Registry registry;
    private final Monitors monitors;
    private final Changes changes;
    private final WatchLimits limits;
    private final Timestamp since;

    WatcherCalls(GrpcWorld world, SystemRecords records, Registry registry, WatchLimits limits, Instant since) {
        this.world = world;
        this.records = records;
        this.lists = new SystemLists(world, records);
        this.registry = registry;
        this.monitors = new Monitors(world);
        this.changes = new Changes(world.running());
        this.limits = limits;
        this.since = Times.of(since);
    }

    @Override
    public void registerSystem(RegisterSystemRequest request, StreamObserver<RegisterSystemResponse> observer) {
        Unary.answer(observer, () -> {
            Refusal.Fields fields = new Refusal.Fields();
            MacAddress mac = Registry.mac(request.getMac(), "mac", fields);
            String hostname = Registry.hostname(request.getHostname(), "hostname", fields);
            IpAddress address = Registry.address(request.getAddress(), "address", fields);
            String source = Registry.source(request.getSource(), "manual", "source", fields);
            String key = Registry.key(request.getIdempotencyKey(), false, "idempotency_key", fields);
            fields.check();
            Registry.Entered entered =
                    registry.enter(new Registry.Notice(Objects.requireNonNull(mac), hostname, address, source, key));
            return RegisterSystemResponse.newBuilder()
                    .setSystem(entered.system())
                    .setCreated(entered.created())
                    .build();
        });
    }

    @Override
    public void getSystem(GetSystemRequest request, StreamObserver<GetSystemResponse> observer) {
        Unary.answer(observer, () -> {
            SystemRecord system = switch (request.getKeyCase()) {
                case MAC -> lists.byMac(request.getMac());
                case HOSTNAME -> lists.byHostname(request.getHostname());
                case KEY_NOT_SET -> throw Refusal.field("key", "mac or hostname is needed");
            };
            return GetSystemResponse.newBuilder().setSystem(system).build();
        });
    }

    @Override
    public void listSystems(ListSystemsRequest request, StreamObserver<ListSystemsResponse> observer) {
        Unary.answer(observer, () -> {
            SystemLists.Piece piece = lists.list(request);
            return ListSystemsResponse.newBuilder()
                    .addAllSystems(piece.systems())
                    .setNextPageToken(piece.next())
                    .setTotalSize(piece.total())
                    .build();
        });
    }

    @Override
    public void watchSystems(WatchSystemsRequest request, StreamObserver<WatchSystemsResponse> observer) {
        Long after = request.hasAfter() ? request.getAfter() : null;
        begin(
                observer,
                () -> new SystemWatch(
                        world,
                        records,
                        limits,
                        (ServerCallStreamObserver<WatchSystemsResponse>) observer,
                        after == null),
                after,
                request.getStore());
    }

    @Override
    public void watchEvents(WatchEventsRequest request, StreamObserver<WatchEventsResponse> observer) {
        begin(
                observer,
                () -> new EventWatch(
                        world,
                        limits,
                        (ServerCallStreamObserver<WatchEventsResponse>) observer,
                        EventWatch.types(request.getTypesList())),
                request.hasAfter() ? request.getAfter() : null,
                request.getStore());
    }

    /** Makes a watch; ends the call where it makes no sense. */
    private interface Making {
        Watch<?> make();
    }

    private static void begin(StreamObserver<?> observer, Making making, @Nullable Long after, String store) {
        try {
            making.make().start(after, store);
        } catch (RuntimeException e) {
            observer.onError(Unary.refusal(e));
        }
    }

    @Override
    public void getMonitoring(GetMonitoringRequest request, StreamObserver<GetMonitoringResponse> observer) {
        Unary.answer(
                observer,
                () -> GetMonitoringResponse.newBuilder()
                        .setMonitoring(monitors.read())
                        .build());
    }

    @Override
    public void updateMonitoring(UpdateMonitoringRequest request, StreamObserver<UpdateMonitoringResponse> observer) {
        Unary.answer(observer, () -> {
            ObjectNode patch = monitors.patch(request);
            Map<String, String> changed = Map.of();
            if (request.getValidateOnly()) {
                changes.check(patch);
            } else {
                changed = changes.make(patch, Registry.caller());
            }
            return UpdateMonitoringResponse.newBuilder()
                    .setMonitoring(monitors.read())
                    .putAllChanges(changed)
                    .build();
        });
    }

    @Override
    public void getStatus(GetStatusRequest request, StreamObserver<GetStatusResponse> observer) {
        Unary.answer(observer, () -> {
            String trouble = world.desk().trouble();
            GetStatusResponse.Builder status = GetStatusResponse.newBuilder()
                    .setVersion(world.version())
                    .setStore(world.store())
                    .setServingSince(since)
                    .setSystems(world.devices().count())
                    .setNewestEvent(world.log().newest())
                    .setOldestEvent(world.events().oldest())
                    .setTrouble(trouble == null ? "" : trouble);
            world.services().statuses().forEach(service -> status.addServices(service(service)));
            return status.build();
        });
    }

    private static ServiceState service(ServiceStatus service) {
        return ServiceState.newBuilder()
                .setName(service.name())
                .setState(service.state())
                .setHealth(service.health())
                .setMessage(service.message())
                .setSince(Times.of(service.since()))
                .setRestarts(service.restarts())
                .build();
    }
}
