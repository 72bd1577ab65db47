package io.innkeeper.api.grpc;

import innkeeper.v1.ConfigurationServiceGrpc.ConfigurationServiceImplBase;
import innkeeper.v1.GetNamingPolicyRequest;
import innkeeper.v1.GetNamingPolicyResponse;
import innkeeper.v1.HostnameOrigin;
import innkeeper.v1.NotifySystemDiscoveredRequest;
import innkeeper.v1.NotifySystemDiscoveredResponse;
import innkeeper.v1.SystemRecord;
import innkeeper.v1.UpdateNamingPolicyRequest;
import innkeeper.v1.UpdateNamingPolicyResponse;
import io.grpc.stub.StreamObserver;
import io.innkeeper.view.Json;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/** The neighbour with whom systems are announced, and who holds the naming policy: our own configuration and store. */
final class ConfigurationCalls extends ConfigurationServiceImplBase {
    private final GrpcWorld world;
    private final Registry registry;
    private final Changes changes;

    ConfigurationCalls(GrpcWorld world, Registry registry) {
        this.world = world;
        this.registry = registry;
        this.changes = new Changes(world.running());
    }

    @Override
    public void notifySystemDiscovered(
            NotifySystemDiscoveredRequest request, StreamObserver<NotifySystemDiscoveredResponse> observer) {
        Unary.answer(observer, () -> {
            SystemRecord system = request.getSystem();
            Refusal.Fields fields = new Refusal.Fields();
            MacAddress mac = Registry.mac(system.getMac(), "system.mac", fields);
            var _ = Registry.hostname(system.getHostname(), "system.hostname", fields);
            IpAddress address = Registry.address(DatabaseCalls.current(system), "system.addresses", fields);
            String source = Registry.source(request.getReporter(), "neighbour", "reporter", fields);
            String key = Registry.key(request.getIdempotencyKey(), true, "idempotency_key", fields);
            fields.check();
            MacAddress known = Objects.requireNonNull(mac);
            // A name that was made elsewhere is no wish of anybody: we make our own.
            boolean isMade = system.getHostnameOrigin() == HostnameOrigin.HOSTNAME_ORIGIN_GENERATED;
            String hostname = isMade ? null : registry.wish(known, system, source);
            boolean isOurs = request.getReporter().equals(world.store());
            boolean duplicate = isOurs
                    || registry.enter(new Registry.Notice(known, hostname, address, source, key))
                            .duplicate();
            return NotifySystemDiscoveredResponse.newBuilder()
                    .setDuplicate(duplicate)
                    .build();
        });
    }

    @Override
    public void getNamingPolicy(GetNamingPolicyRequest request, StreamObserver<GetNamingPolicyResponse> observer) {
        Unary.answer(
                observer,
                () -> GetNamingPolicyResponse.newBuilder()
                        .setPolicy(Namings.of(world.running()))
                        .build());
    }

    @Override
    public void updateNamingPolicy(
            UpdateNamingPolicyRequest request, StreamObserver<UpdateNamingPolicyResponse> observer) {
        Unary.answer(observer, () -> {
            ObjectNode patch = Json.MAPPER.createObjectNode();
            Refusal.Fields fields = new Refusal.Fields();
            Namings.patch(patch, request.getPolicy(), "policy", fields);
            fields.check();
            changes.make(patch, Registry.caller());
            return UpdateNamingPolicyResponse.newBuilder()
                    .setPolicy(Namings.of(world.running()))
                    .build();
        });
    }
}
