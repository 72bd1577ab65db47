package io.innkeeper.outbound;

import innkeeper.v1.ConfigurationServiceGrpc;
import innkeeper.v1.GetNamingPolicyRequest;
import innkeeper.v1.NotifySystemDiscoveredRequest;
import io.grpc.ManagedChannel;
import io.innkeeper.config.OutboundConfiguration;
import java.util.concurrent.TimeUnit;

/** Announces systems to the neighbour that wants to know of them. */
final class ConfigurationCarrier extends NeighbourCarrier {
    /** The name of the target. */
    static final String NAME = "configuration";

    private final boolean naming;

    ConfigurationCarrier(OutboundConfiguration config, KnownSystems systems, EventKey keys) {
        super(NAME, config.neighbour(), systems, keys);
        naming = config.naming();
    }

    /** Nothing is to be told: looks how systems are to be named. */
    @Override
    public Delivery idle() throws InterruptedException {
        return naming ? attempt(this::askForPolicy) : Delivery.WELL;
    }

    private void askForPolicy(ManagedChannel way) {
        systems()
                .name(ConfigurationServiceGrpc.newBlockingStub(way)
                        .withDeadlineAfter(timeoutMs(), TimeUnit.MILLISECONDS)
                        .getNamingPolicy(GetNamingPolicyRequest.getDefaultInstance())
                        .getPolicy());
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
