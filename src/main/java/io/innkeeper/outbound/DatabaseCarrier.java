package io.innkeeper.outbound;

import innkeeper.v1.DatabaseServiceGrpc;
import innkeeper.v1.DatabaseServiceGrpc.DatabaseServiceBlockingStub;
import innkeeper.v1.DiscoveryKind;
import innkeeper.v1.GetSystemRecordRequest;
import innkeeper.v1.SystemRecord;
import innkeeper.v1.UpsertSystemRecordRequest;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.innkeeper.config.OutboundNeighbour;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the records of a neighbour up to date. Of a system that is new here it is asked first: the name that it has for it is
 * taken over.
 */
final class DatabaseCarrier extends NeighbourCarrier {
    /** The name of the target. */
    static final String NAME = "database";

    DatabaseCarrier(OutboundNeighbour config, KnownSystems systems, EventKey keys) {
        super(NAME, config, systems, keys);
    }

    @Override
    void tell(Notice notice, ManagedChannel way) {
        SystemRecord system = notice.system();
        if (notice.kind() == DiscoveryKind.DISCOVERY_KIND_DISCOVERED) {
            String there = nameThere(system.getMac(), way);
            if (!there.isEmpty() && !there.equals(system.getHostname())) {
                systems().takeOver(system.getMac(), there);
                system = systems().find(system.getMac()).orElse(system);
            }
        }
        var _ = stub(way)
                .upsertSystemRecord(UpsertSystemRecordRequest.newBuilder()
                        .setRecord(system)
                        .setIdempotencyKey(notice.key())
                        .setReporter(notice.reporter())
                        .build());
    }

    private DatabaseServiceBlockingStub stub(ManagedChannel way) {
        return DatabaseServiceGrpc.newBlockingStub(way).withDeadlineAfter(timeoutMs(), TimeUnit.MILLISECONDS);
    }

    /** The name that the neighbour has for a system; empty for none. */
    private String nameThere(String mac, ManagedChannel way) {
        try {
            return stub(way)
                    .getSystemRecord(
                            GetSystemRecordRequest.newBuilder().setMac(mac).build())
                    .getRecord()
                    .getHostname();
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
                return "";
            }
            throw e;
        }
    }
}
