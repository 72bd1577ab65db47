package io.innkeeper.api.grpc;

import innkeeper.v1.StreamPosition;
import innkeeper.v1.WatchEventsResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.innkeeper.event.Event;
import io.innkeeper.event.EventType;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A watcher of events. */
final class EventWatch extends Watch<WatchEventsResponse> {
    private final Set<EventType> types;

    EventWatch(
            GrpcWorld world,
            WatchLimits limits,
            ServerCallStreamObserver<WatchEventsResponse> observer,
            Set<EventType> types) {
        super(world, limits, observer, "grpc-events");
        this.types = types;
    }

    /** The kinds that names and families mean, all where there are none; ends the call where one means nothing. */
    static Set<EventType> types(List<String> patterns) {
        if (patterns.isEmpty()) {
            return EnumSet.allOf(EventType.class);
        }
        Set<EventType> types = EnumSet.noneOf(EventType.class);
        Refusal.Fields fields = new Refusal.Fields();
        for (int i = 0; i < patterns.size(); i++) {
            Set<EventType> named = EventType.named(patterns.get(i));
            if (named.isEmpty()) {
                fields.wrong(
                        "types[" + i + "]", "is no kind of event; names and families such as lease.added, lease.*");
            }
            types.addAll(named);
        }
        fields.check();
        return types;
    }

    @Override
    WatchEventsResponse position(StreamPosition position) {
        return WatchEventsResponse.newBuilder().setPosition(position).build();
    }

    @Override
    void tell(List<Event> events) throws InterruptedException {
        for (Event event : events) {
            if (types.contains(event.type())) {
                send(
                        WatchEventsResponse.newBuilder()
                                .setEvent(innkeeper.v1.Event.newBuilder()
                                        .setNumber(event.number())
                                        .setType(event.type().text())
                                        .setAt(Times.of(event.at()))
                                        .setSubject(event.subject())
                                        .setJson(event.json()))
                                .build(),
                        event.number());
            }
        }
    }
}
