package io.innkeeper.outbound;

import innkeeper.v1.ConfigurationServiceGrpc;
import innkeeper.v1.NotifySystemDiscoveredRequest;
import io.grpc.ManagedChannel;
import io.innkeeper.config.OutboundNeighbour;
import java.util.concurrent.TimeUnit;

/** Announces systems to the neighbour that wants to know of them. */
final class ConfigurationCarrier extends NeighbourCarrier {
    /** The name of the target. */
    static final String NAME = "configuration";

    ConfigurationCarrier(OutboundNeighbour config, KnownSystems systems, EventKey keys) {
        super(NAME, config, systems, keys);
    }

    @Override
    void tell(Notice notice, ManagedChannel way) {
        var _ = ConfigurationServiceGrpc.newBlockingStub(way)
                .withDeadlineAfter(timeoutMs(), TimeUnit.MILLISECONDS)
                .notifySystemDiscovered(NotifySystemDiscoveredRequest.newBuilder()
                        .setSystem(notice.system())
                        .setKind(notice.kind())
                        .setIdempotencyKey(notice.key())
                        .setReporter(notice.reporter())
                        .build());
    }
}
