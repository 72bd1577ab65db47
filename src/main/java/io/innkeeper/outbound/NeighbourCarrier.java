package io.innkeeper.outbound;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.RetryInfo;
import innkeeper.v1.DiscoveryKind;
import innkeeper.v1.SystemRecord;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.innkeeper.config.OutboundNeighbour;
import io.innkeeper.event.Event;
import io.innkeeper.event.EventType;
import io.innkeeper.view.Json;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The way to a neighbour that speaks our contract. Each event about a system is a call of its own, under the key of the event;
 * what is told is what is known of the system when it is told. A change that comes later has an event that comes later, so
 * nothing is missed where a notice is dropped as a double.
 */
abstract class NeighbourCarrier implements Carrier {
    /** The events that say something new of a system. */
    static final Set<EventType> TYPES = Set.of(
            EventType.DEVICE_DISCOVERED, EventType.DEVICE_CHANGED, EventType.DEVICE_NAMED, EventType.LEASE_ADDED);

    /** What is wrong with the notice itself, not with the way to the neighbour or with its state. */
    private static final Set<Status.Code> REFUSALS =
            Set.of(Status.Code.INVALID_ARGUMENT, Status.Code.OUT_OF_RANGE, Status.Code.FAILED_PRECONDITION);

    private final String name;
    private final OutboundNeighbour config;
    private final KnownSystems systems;
    private final EventKey keys;
    private @Nullable NeighbourChannel channel;

    /** @param name what the neighbour is, for threads */
    NeighbourCarrier(String name, OutboundNeighbour config, KnownSystems systems, EventKey keys) {
        this.name = name;
        this.config = config;
        this.systems = systems;
        this.keys = keys;
    }

    /**
     * A notice.
     *
     * @param system as it is now
     * @param kind why it is told
     * @param key the same for the same event, and for no other
     * @param reporter who tells it: the identity of our store
     */
    record Notice(SystemRecord system, DiscoveryKind kind, String key, String reporter) {}

    /** Tells it, by calls that end in time; throws what they throw. */
    abstract void tell(Notice notice, ManagedChannel way);

    final OutboundNeighbour config() {
        return config;
    }

    final KnownSystems systems() {
        return systems;
    }

    /** How long a call may take, in milliseconds. */
    final long timeoutMs() {
        return config.timeout().toMillis();
    }

    @Override
    public Delivery deliver(List<Event> events) throws InterruptedException {
        Event event = events.getFirst();
        Optional<SystemRecord> system = mac(event).flatMap(systems::find);
        if (system.isEmpty()) {
            return Delivery.of(1); // about no system, or about one that is forgotten
        }
        Notice notice = new Notice(system.get(), kind(event.type()), keys.of(event), keys.store());
        Delivery attempt = attempt(way -> tell(notice, way));
        return attempt.trouble() == null ? Delivery.of(1) : attempt;
    }

    /** Something that is done over the connection. */
    interface Work {
        void by(ManagedChannel way);
    }

    /** Does it; all is well, or there is a trouble. */
    final Delivery attempt(Work work) throws InterruptedException {
        try {
            work.by(way());
            return Delivery.WELL;
        } catch (StatusRuntimeException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            boolean isDone = e.getStatus().getCode() == Status.Code.ALREADY_EXISTS;
            return isDone ? Delivery.WELL : Delivery.failed(trouble(e));
        } catch (IOException e) {
            return Delivery.failed(new Trouble.Later(Objects.requireNonNullElse(e.getMessage(), e.toString())));
        }
    }

    private ManagedChannel way() throws IOException {
        NeighbourChannel made = channel;
        if (made == null) {
            made = new NeighbourChannel(name, config);
            channel = made;
        }
        return made.channel();
    }

    /** The system that an event is about. */
    private static Optional<String> mac(Event event) {
        if (event.type() != EventType.LEASE_ADDED) {
            return Optional.of(event.subject());
        }
        String mac =
                Json.MAPPER.readTree(event.json()).path("lease").path("mac").asString("");
        return mac.isEmpty() ? Optional.empty() : Optional.of(mac);
    }

    private static DiscoveryKind kind(EventType type) {
        return switch (type) {
            case DEVICE_DISCOVERED -> DiscoveryKind.DISCOVERY_KIND_DISCOVERED;
            case LEASE_ADDED -> DiscoveryKind.DISCOVERY_KIND_LEASED;
            default -> DiscoveryKind.DISCOVERY_KIND_CHANGED;
        };
    }

    private Trouble trouble(StatusRuntimeException failure) {
        Status status = failure.getStatus();
        Status.Code code = status.getCode();
        String said = Objects.requireNonNullElse(status.getDescription(), "no more is known");
        boolean isNobodyThere = code == Status.Code.UNAVAILABLE && status.getCause() != null;
        String reason = isNobodyThere ? "cannot reach " + config.authority() : "answered " + code + ": " + said;
        return REFUSALS.contains(code)
                ? new Trouble.Refused(reason)
                : new Trouble.Later(
                        code == Status.Code.DEADLINE_EXCEEDED ? "no answer within " + timeoutMs() + " ms" : reason,
                        retryAfterMs(failure));
    }

    /** How long it asks us to wait ({@code google.rpc.RetryInfo}); 0 where it does not. */
    private static long retryAfterMs(StatusRuntimeException failure) {
        com.google.rpc.Status told = StatusProto.fromThrowable(failure);
        if (told != null) {
            for (Any detail : told.getDetailsList()) {
                if (detail.is(RetryInfo.class)) {
                    return ms(detail);
                }
            }
        }
        return 0;
    }

    private static long ms(Any detail) {
        try {
            long seconds = detail.unpack(RetryInfo.class).getRetryDelay().getSeconds();
            return TimeUnit.SECONDS.toMillis(Math.clamp(seconds, 0, 300));
        } catch (InvalidProtocolBufferException e) {
            return 0;
        }
    }

    @Override
    public void close() {
        NeighbourChannel made = channel;
        if (made != null) {
            made.close();
        }
    }
}
