package io.innkeeper.api.grpc;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import innkeeper.v1.ConfigurationServiceGrpc;
import innkeeper.v1.ConfigurationServiceGrpc.ConfigurationServiceBlockingStub;
import innkeeper.v1.DatabaseServiceGrpc;
import innkeeper.v1.DatabaseServiceGrpc.DatabaseServiceBlockingStub;
import innkeeper.v1.WatchEventsRequest;
import innkeeper.v1.WatchEventsResponse;
import innkeeper.v1.WatcherServiceGrpc;
import innkeeper.v1.WatcherServiceGrpc.WatcherServiceBlockingStub;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.innkeeper.TestingApp;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** A client of the gRPC server of a program that runs in a test. */
public final class TestingClient implements AutoCloseable {
    public final ManagedChannel channel;

    /** Of a program that listens. */
    public TestingClient(TestingApp app) {
        this(port(app));
    }

    TestingClient(int port) {
        channel = NettyChannelBuilder.forAddress("127.0.0.1", port, InsecureChannelCredentials.create())
                .build();
    }

    /** The service as the API shows it; empty where there is none. */
    static JsonNode service(TestingApp app) {
        return app.get("api/v1/services")
                .json()
                .path("items")
                .valueStream()
                .filter(one -> one.path("name").asString("").equals("grpc"))
                .findFirst()
                .orElseGet(io.innkeeper.view.Json.MAPPER::createObjectNode);
    }

    /** Its port, once it listens. */
    public static int port(TestingApp app) {
        String listen = await().atMost(60, SECONDS)
                .until(
                        () -> service(app).path("detail").path("listen").asString(""),
                        text -> text.matches(".*:[1-9][0-9]*"));
        return Integer.parseInt(listen.replaceFirst(".*:", ""));
    }

    public WatcherServiceBlockingStub watcher() {
        return WatcherServiceGrpc.newBlockingStub(channel).withDeadlineAfter(60, SECONDS);
    }

    DatabaseServiceBlockingStub database() {
        return DatabaseServiceGrpc.newBlockingStub(channel).withDeadlineAfter(60, SECONDS);
    }

    ConfigurationServiceBlockingStub configuration() {
        return ConfigurationServiceGrpc.newBlockingStub(channel).withDeadlineAfter(60, SECONDS);
    }

    /** The next so many events after a number. */
    List<innkeeper.v1.Event> events(long after, int count, String... types) {
        Iterator<WatchEventsResponse> steps = watcher()
                .watchEvents(WatchEventsRequest.newBuilder()
                        .setAfter(after)
                        .addAllTypes(List.of(types))
                        .build());
        List<innkeeper.v1.Event> events = new ArrayList<>();
        while (events.size() < count) {
            WatchEventsResponse step = steps.next();
            if (step.hasEvent()) {
                events.add(step.getEvent());
            }
        }
        return events;
    }

    static Status status(StatusRuntimeException failure) {
        return Objects.requireNonNull(StatusProto.fromThrowable(failure));
    }

    /** The reason for programs. */
    static String reason(StatusRuntimeException failure) throws InvalidProtocolBufferException {
        for (Any detail : status(failure).getDetailsList()) {
            if (detail.is(ErrorInfo.class)) {
                ErrorInfo info = detail.unpack(ErrorInfo.class);
                assertThat(info.getDomain()).isEqualTo("innkeeper");
                return info.getReason();
            }
        }
        return "";
    }

    /** The fields that it complains about. */
    static List<String> fields(StatusRuntimeException failure) throws InvalidProtocolBufferException {
        List<String> fields = new ArrayList<>();
        for (Any detail : status(failure).getDetailsList()) {
            if (detail.is(BadRequest.class)) {
                detail.unpack(BadRequest.class)
                        .getFieldViolationsList()
                        .forEach(violation -> fields.add(violation.getField()));
            }
        }
        return fields;
    }

    @Override
    public void close() {
        channel.shutdownNow();
        await().atMost(60, SECONDS).until(channel::isTerminated);
    }
}
