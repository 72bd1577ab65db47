package io.innkeeper.api.grpc;

import innkeeper.v1.DatabaseServiceGrpc.DatabaseServiceImplBase;
import innkeeper.v1.GetSystemRecordRequest;
import innkeeper.v1.GetSystemRecordResponse;
import innkeeper.v1.ListSystemRecordsRequest;
import innkeeper.v1.ListSystemRecordsResponse;
import innkeeper.v1.SystemAddress;
import innkeeper.v1.SystemRecord;
import innkeeper.v1.UpsertSystemRecordRequest;
import innkeeper.v1.UpsertSystemRecordResponse;
import io.grpc.stub.StreamObserver;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.util.Objects;

/** The neighbour that holds the records of systems: our own store. */
final class DatabaseCalls extends DatabaseServiceImplBase {
    private final GrpcWorld world;
    private final SystemLists lists;
    private final Registry registry;

    DatabaseCalls(GrpcWorld world, SystemRecords records, Registry registry) {
        this.world = world;
        this.lists = new SystemLists(world, records);
        this.registry = registry;
    }

    /** The address that a system has now, of several the newest; empty for none. */
    static String current(SystemRecord system) {
        return system.getAddressesList().stream()
                .filter(SystemAddress::getCurrent)
                .findFirst()
                .map(SystemAddress::getAddress)
                .orElse("");
    }

    @Override
    public void getSystemRecord(GetSystemRecordRequest request, StreamObserver<GetSystemRecordResponse> observer) {
        Unary.answer(observer, () -> {
            SystemRecord record = switch (request.getKeyCase()) {
                case MAC -> lists.byMac(request.getMac());
                case HOSTNAME -> lists.byHostname(request.getHostname());
                case KEY_NOT_SET -> throw Refusal.field("key", "mac or hostname is needed");
            };
            return GetSystemRecordResponse.newBuilder().setRecord(record).build();
        });
    }

    @Override
    public void listSystemRecords(
            ListSystemRecordsRequest request, StreamObserver<ListSystemRecordsResponse> observer) {
        Unary.answer(observer, () -> {
            SystemLists.Piece piece = lists.list(request.getPageToken(), request.getPageSize());
            return ListSystemRecordsResponse.newBuilder()
                    .addAllRecords(piece.systems())
                    .setNextPageToken(piece.next())
                    .build();
        });
    }

    @Override
    public void upsertSystemRecord(
            UpsertSystemRecordRequest request, StreamObserver<UpsertSystemRecordResponse> observer) {
        Unary.answer(observer, () -> {
            SystemRecord record = request.getRecord();
            Refusal.Fields fields = new Refusal.Fields();
            MacAddress mac = Registry.mac(record.getMac(), "record.mac", fields);
            var _ = Registry.hostname(record.getHostname(), "record.hostname", fields);
            IpAddress address = Registry.address(current(record), "record.addresses", fields);
            String source = Registry.source(request.getReporter(), "neighbour", "reporter", fields);
            String key = Registry.key(request.getIdempotencyKey(), true, "idempotency_key", fields);
            fields.check();
            MacAddress known = Objects.requireNonNull(mac);
            if (request.getReporter().equals(world.store())) {
                return UpsertSystemRecordResponse.newBuilder()
                        .setRecord(registry.stored(known))
                        .setDuplicate(true)
                        .build();
            }
            Registry.Entered entered = registry.enter(
                    new Registry.Notice(known, registry.wish(known, record, source), address, source, key));
            if (!entered.duplicate()) {
                registry.call(known, record.getDisplayName(), record.getNotes());
            }
            return UpsertSystemRecordResponse.newBuilder()
                    .setRecord(registry.stored(known))
                    .setCreated(entered.created())
                    .setDuplicate(entered.duplicate())
                    .build();
        });
    }
}
