package io.innkeeper.api.grpc;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import innkeeper.v1.DhcpMessages;
import innkeeper.v1.GetMonitoringRequest;
import innkeeper.v1.GetStatusRequest;
import innkeeper.v1.GetStatusResponse;
import innkeeper.v1.GetSystemRecordRequest;
import innkeeper.v1.GetSystemRequest;
import innkeeper.v1.ListSystemsRequest;
import innkeeper.v1.ListSystemsResponse;
import innkeeper.v1.MonitoredSource;
import innkeeper.v1.MonitoredSourceChange;
import innkeeper.v1.NotifySystemDiscoveredRequest;
import innkeeper.v1.RegisterSystemRequest;
import innkeeper.v1.RegisterSystemResponse;
import innkeeper.v1.SystemAddress;
import innkeeper.v1.SystemChangeKind;
import innkeeper.v1.SystemRecord;
import innkeeper.v1.UpdateMonitoringRequest;
import innkeeper.v1.UpsertSystemRecordRequest;
import innkeeper.v1.UpsertSystemRecordResponse;
import innkeeper.v1.WatchEventsRequest;
import innkeeper.v1.WatchEventsResponse;
import innkeeper.v1.WatchSystemsRequest;
import innkeeper.v1.WatchSystemsResponse;
import innkeeper.v1.WatchWayKind;
import innkeeper.v1.WatchWaySwitch;
import innkeeper.v1.WatcherServiceGrpc;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import io.innkeeper.TestingApp;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole program, met by a gRPC client. */
@Tag("slow")
class GrpcServiceTest {
    private static final String MAC = "00:11:32:00:00:02";

    @TempDir
    private Path folder;

    private TestingApp app;
    private TestingClient client;

    @BeforeEach
    void start() {
        app = TestingApp.start(folder, "api.grpc.calls=3", "api.sse-buffer=10");
        client = new TestingClient(app);
    }

    @AfterEach
    void stop() {
        client.close();
        app.close();
    }

    private RegisterSystemResponse register(String mac, String hostname, String address, String key) {
        return client.watcher()
                .registerSystem(RegisterSystemRequest.newBuilder()
                        .setMac(mac)
                        .setHostname(hostname)
                        .setAddress(address)
                        .setIdempotencyKey(key)
                        .build());
    }

    private static StatusRuntimeException refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        StatusRuntimeException failure = catchThrowableOfType(StatusRuntimeException.class, call);
        assertThat(failure).isNotNull();
        return failure;
    }

    @Test
    void nothingOfGrpcRunsBeforeSomebodyConnects() {
        assertThat(TestingClient.service(app).path("detail").path("used").asBoolean())
                .isFalse();
        GetStatusResponse status = client.watcher().getStatus(GetStatusRequest.getDefaultInstance());
        assertThat(status.getServicesList().stream().map(service -> service.getName()))
                .contains("api", "grpc", "dnsmasq");
        assertThat(status.getStore()).matches("[0-9a-f]{16}");
        assertThat(status.getNewestEvent()).isPositive();
        assertThat(TestingClient.service(app).path("detail").path("used").asBoolean())
                .isTrue();
    }

    @Test
    void aSystemIsRegisteredOnceAndFound() {
        RegisterSystemResponse first = register(MAC, "printer", "192.168.1.50", "k1");
        assertThat(first.getCreated()).isTrue();
        assertThat(first.getSystem().getMac()).isEqualTo(MAC);
        assertThat(first.getSystem().getVendor()).isNotEmpty();
        assertThat(first.getSystem().getAddressesList().stream().map(SystemAddress::getAddress))
                .containsExactly("192.168.1.50");
        assertThat(register(MAC, "printer", "192.168.1.50", "").getCreated()).isFalse();
        assertThat(register(MAC, "printer", "192.168.1.77", "k1").getSystem().getAddressesList().stream()
                        .map(SystemAddress::getAddress))
                .as("what was taken under a key is not taken again")
                .containsExactly("192.168.1.50");
        assertThat(client.watcher()
                        .getSystem(GetSystemRequest.newBuilder()
                                .setMac("00-11-32-00-00-02")
                                .build())
                        .getSystem()
                        .getMac())
                .isEqualTo(MAC);
        assertThat(app.eventTypes().stream().filter("device.discovered"::equals))
                .hasSize(1);
        assertThat(refused(() -> client.watcher()
                                .getSystem(GetSystemRequest.newBuilder()
                                        .setHostname("nobody")
                                        .build()))
                        .getStatus()
                        .getCode())
                .isEqualTo(Status.Code.NOT_FOUND);
    }

    @Test
    void allThatIsWrongIsToldAtOnce() throws Exception {
        StatusRuntimeException failure = refused(() -> register("x", "a\nb", "1.2.3", "k".repeat(200)));
        assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(TestingClient.fields(failure)).containsExactly("mac", "hostname", "address", "idempotency_key");
        assertThat(TestingClient.fields(
                        refused(() -> client.watcher().getSystem(GetSystemRequest.getDefaultInstance()))))
                .containsExactly("key");
        assertThat(TestingClient.fields(refused(() -> client.watcher()
                        .listSystems(ListSystemsRequest.newBuilder()
                                .setPageToken("nonsense")
                                .build()))))
                .containsExactly("page_token");
        assertThat(TestingClient.fields(refused(() -> client.watcher()
                        .listSystems(ListSystemsRequest.newBuilder()
                                .setPageSize(5_000)
                                .build()))))
                .containsExactly("page_size");
        assertThat(TestingClient.fields(refused(() -> client.events(0, 1, "lease.*", "leese.*"))))
                .containsExactly("types[1]");
    }

    @Test
    void listsComeInPieces() {
        IntStream.range(0, 7).forEach(i -> register("00:11:32:00:01:0" + i, "", "", ""));
        List<String> macs = new ArrayList<>();
        String token = "";
        do {
            ListSystemsResponse piece = client.watcher()
                    .listSystems(ListSystemsRequest.newBuilder()
                            .setPageSize(3)
                            .setPageToken(token)
                            .setOrderBy("-mac")
                            .build());
            assertThat(piece.getTotalSize()).isEqualTo(token.isEmpty() ? 7 : 0);
            piece.getSystemsList().forEach(system -> macs.add(system.getMac()));
            token = piece.getNextPageToken();
        } while (!token.isEmpty());
        assertThat(macs).hasSize(7).isSortedAccordingTo((a, b) -> b.compareTo(a));
    }

    @Test
    void eventsComeInOrderAndGoOnAfterARestart() throws Exception {
        IntStream.range(0, 20).forEach(i -> register("00:11:32:00:02:" + (10 + i), "", "", ""));
        List<innkeeper.v1.Event> first = client.events(0, 15);
        assertThat(first.stream().map(innkeeper.v1.Event::getNumber))
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 15).boxed().toList());
        client.close();
        app.restart();
        client = new TestingClient(app);
        List<innkeeper.v1.Event> more = client.events(15, 8);
        assertThat(more.stream().map(innkeeper.v1.Event::getNumber))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(16, 23).boxed().toList());
        assertThat(more.getLast().getJson()).contains("\"number\":23,");
        assertThat(client.events(0, 3, "service.*").stream().map(innkeeper.v1.Event::getType))
                .allMatch(type -> type.startsWith("service."));
    }

    @Test
    void numbersOfAnotherStoreAreRefused() throws Exception {
        StatusRuntimeException future = refused(() -> client.events(1_000_000, 1));
        assertThat(future.getStatus().getCode()).isEqualTo(Status.Code.OUT_OF_RANGE);
        assertThat(TestingClient.reason(future)).isEqualTo("NOT_YET");
        StatusRuntimeException other = refused(() -> client.watcher()
                .watchEvents(WatchEventsRequest.newBuilder()
                        .setAfter(1)
                        .setStore("0123456789abcdef")
                        .build())
                .next());
        assertThat(TestingClient.reason(other)).isEqualTo("OTHER_STORE");
    }

    @Test
    void systemsComeAsTheyAreAndThenAsTheyChange() {
        register(MAC, "", "192.168.1.50", "");
        Iterator<WatchSystemsResponse> steps = client.watcher().watchSystems(WatchSystemsRequest.getDefaultInstance());
        WatchSystemsResponse existing = steps.next();
        assertThat(existing.getChange().getKind()).isEqualTo(SystemChangeKind.SYSTEM_CHANGE_KIND_EXISTING);
        assertThat(existing.getChange().getSystem().getMac()).isEqualTo(MAC);
        WatchSystemsResponse position = steps.next();
        assertThat(position.hasPosition()).isTrue();
        register("00:11:32:00:00:03", "", "", "");
        WatchSystemsResponse fresh = steps.next();
        assertThat(fresh.getChange().getKind()).isEqualTo(SystemChangeKind.SYSTEM_CHANGE_KIND_DISCOVERED);
        assertThat(fresh.getChange().getNumber())
                .isGreaterThan(position.getPosition().getNumber());
        Iterator<WatchSystemsResponse> again = client.watcher()
                .watchSystems(WatchSystemsRequest.newBuilder()
                        .setAfter(position.getPosition().getNumber())
                        .setStore(position.getPosition().getStore())
                        .build());
        assertThat(again.next().getPosition().getNumber())
                .isEqualTo(position.getPosition().getNumber());
        assertThat(again.next().getChange().getSystem().getMac()).isEqualTo("00:11:32:00:00:03");
    }

    /** Takes one step and then no more; hears how it ends. */
    private static final class Lazy implements ClientResponseObserver<WatchEventsRequest, WatchEventsResponse> {
        final CompletableFuture<Long> first = new CompletableFuture<>();
        final CompletableFuture<Throwable> end = new CompletableFuture<>();

        @Override
        public void beforeStart(ClientCallStreamObserver<WatchEventsRequest> call) {
            call.disableAutoRequestWithInitial(1);
        }

        @Override
        public void onNext(WatchEventsResponse step) {
            first.complete(step.getPosition().getNumber());
        }

        @Override
        public void onError(Throwable failure) {
            end.complete(failure);
        }

        @Override
        public void onCompleted() {
            end.complete(new AssertionError("it ended as if all were told"));
        }
    }

    @Test
    void aWatcherThatDoesNotKeepUpIsCut() throws Exception {
        Lazy lazy = new Lazy();
        WatcherServiceGrpc.newStub(client.channel).watchEvents(WatchEventsRequest.getDefaultInstance(), lazy);
        long before = lazy.first.get(60, SECONDS);
        for (int round = 0; round < 4; round++) {
            String prefix = "host" + round + "-";
            app.leases(IntStream.range(0, 250)
                    .mapToObj(i -> TestingApp.lease(
                            "00:11:32:00:10:%02x".formatted(i),
                            "192.168.1." + (i + 1),
                            prefix + i + "-" + "x".repeat(40)))
                    .toArray(String[]::new));
            long wanted = before + 250L * (round + 1);
            await().atMost(60, SECONDS)
                    .until(() -> client.watcher()
                                    .getStatus(GetStatusRequest.getDefaultInstance())
                                    .getNewestEvent()
                            > wanted);
        }
        // What is on the way counts as taken, and the reason comes behind it: only who reads on hears why it was cut.
        await().atMost(60, SECONDS)
                .until(() -> app.get("metrics").body().contains("innkeeper_grpc_watchers_cut_total 1.0"));
        assertThat(TestingClient.service(app).path("detail").path("watchers").asInt())
                .isZero();
        assertThat(client.events(before, 500).stream().map(innkeeper.v1.Event::getNumber))
                .as("it comes back and misses nothing")
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(before + 1, before + 500).boxed().toList());
    }

    @Test
    void soManyCallsAtATimeAndNoMore() throws Exception {
        List<Lazy> watchers = IntStream.range(0, 3)
                .mapToObj(i -> {
                    Lazy lazy = new Lazy();
                    WatcherServiceGrpc.newStub(client.channel)
                            .watchEvents(WatchEventsRequest.getDefaultInstance(), lazy);
                    return lazy;
                })
                .toList();
        for (Lazy watcher : watchers) {
            watcher.first.get(60, SECONDS);
        }
        StatusRuntimeException full = refused(() -> client.watcher().getStatus(GetStatusRequest.getDefaultInstance()));
        assertThat(full.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(TestingClient.reason(full)).isEqualTo("TOO_MANY_CALLS");
        client.close();
        await().atMost(60, SECONDS)
                .until(() ->
                        TestingClient.service(app).path("detail").path("calls").asInt(-1) == 0);
        client = new TestingClient(app);
        assertThat(client.watcher()
                        .getStatus(GetStatusRequest.getDefaultInstance())
                        .getVersion())
                .isNotEmpty();
    }

    @Test
    void deadlinesEndCallsOnBothSides() {
        Iterator<WatchEventsResponse> steps = WatcherServiceGrpc.newBlockingStub(client.channel)
                .withDeadlineAfter(500, MILLISECONDS)
                .watchEvents(WatchEventsRequest.getDefaultInstance());
        StatusRuntimeException late = refused(() -> steps.forEachRemaining(step -> {}));
        assertThat(late.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        await().atMost(60, SECONDS)
                .until(() -> TestingClient.service(app)
                                .path("detail")
                                .path("watchers")
                                .asInt(-1)
                        == 0);
    }

    @Test
    void healthAndReflection() throws Exception {
        for (String name : List.of(
                "",
                "innkeeper.v1.WatcherService",
                "innkeeper.v1.ConfigurationService",
                "innkeeper.v1.DatabaseService")) {
            await().atMost(60, SECONDS)
                    .until(() -> HealthGrpc.newBlockingStub(client.channel)
                                    .withDeadlineAfter(60, SECONDS)
                                    .check(HealthCheckRequest.newBuilder()
                                            .setService(name)
                                            .build())
                                    .getStatus()
                            == ServingStatus.SERVING);
        }
        CompletableFuture<List<String>> services = new CompletableFuture<>();
        StreamObserver<ServerReflectionRequest> asking = ServerReflectionGrpc.newStub(client.channel)
                .serverReflectionInfo(new StreamObserver<>() {
                    @Override
                    public void onNext(ServerReflectionResponse answer) {
                        services.complete(answer.getListServicesResponse().getServiceList().stream()
                                .map(ServiceResponse::getName)
                                .toList());
                    }

                    @Override
                    public void onError(Throwable failure) {
                        services.completeExceptionally(failure);
                    }

                    @Override
                    public void onCompleted() {}
                });
        asking.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
        assertThat(services.get(60, SECONDS))
                .contains(
                        "innkeeper.v1.WatcherService",
                        "innkeeper.v1.ConfigurationService",
                        "innkeeper.v1.DatabaseService",
                        "grpc.health.v1.Health",
                        "grpc.reflection.v1.ServerReflection",
                        "grpc.reflection.v1alpha.ServerReflection");
        asking.onCompleted();
    }

    private MonitoredSource home() {
        return client.watcher()
                .getMonitoring(GetMonitoringRequest.getDefaultInstance())
                .getMonitoring()
                .getSourcesList()
                .getFirst();
    }

    private static UpdateMonitoringRequest change(MonitoredSourceChange.Builder change) {
        return UpdateMonitoringRequest.newBuilder().addSources(change).build();
    }

    @Test
    void monitoringIsReadAndChanged() throws Exception {
        assertThat(home().getName()).isEqualTo("home");
        assertThat(home().getWaysList().stream().map(way -> way.getKind())).contains(WatchWayKind.WATCH_WAY_KIND_FILE);
        assertThat(home().getDhcpMessages()).isEqualTo(DhcpMessages.DHCP_MESSAGES_ALL);
        MonitoredSourceChange.Builder quiet = MonitoredSourceChange.newBuilder()
                .setName("home")
                .setDhcpMessages(DhcpMessages.DHCP_MESSAGES_PROBLEMS)
                .setPoll(com.google.protobuf.Duration.newBuilder().setSeconds(3));
        var _ = client.watcher()
                .updateMonitoring(
                        change(quiet).toBuilder().setValidateOnly(true).build());
        assertThat(home().getPoll().getSeconds()).isZero();
        assertThat(client.watcher().updateMonitoring(change(quiet)).getChangesMap())
                .containsEntry("dnsmasq", "adjust");
        assertThat(home().getPoll().getSeconds()).isEqualTo(3);
        assertThat(home().getDhcpMessages()).isEqualTo(DhcpMessages.DHCP_MESSAGES_PROBLEMS);
        StatusRuntimeException wrong = refused(() -> client.watcher()
                .updateMonitoring(change(MonitoredSourceChange.newBuilder()
                        .setName("home")
                        .addWays(WatchWaySwitch.newBuilder().setKind(WatchWayKind.WATCH_WAY_KIND_JOURNAL))
                        .addWays(WatchWaySwitch.newBuilder().setKind(WatchWayKind.WATCH_WAY_KIND_FILE)))));
        assertThat(TestingClient.fields(wrong)).containsExactly("sources[0].ways[0].kind", "sources[0].ways[1].kind");
        assertThat(TestingClient.fields(refused(() -> client.watcher()
                        .updateMonitoring(
                                change(MonitoredSourceChange.newBuilder().setName("hme"))))))
                .containsExactly("sources[0].name");
    }

    @Test
    void neighboursOfOursAreTakenOnce() {
        SystemRecord record = SystemRecord.newBuilder()
                .setMac(MAC)
                .setDisplayName("the printer")
                .addAddresses(
                        SystemAddress.newBuilder().setAddress("192.168.1.50").setCurrent(true))
                .build();
        UpsertSystemRecordRequest upsert = UpsertSystemRecordRequest.newBuilder()
                .setRecord(record)
                .setIdempotencyKey("a-1")
                .setReporter("elsewhere")
                .build();
        UpsertSystemRecordResponse first = client.database().upsertSystemRecord(upsert);
        assertThat(first.getCreated()).isTrue();
        assertThat(first.getRecord().getDisplayName()).isEqualTo("the printer");
        UpsertSystemRecordResponse again = client.database().upsertSystemRecord(upsert);
        assertThat(again.getDuplicate()).isTrue();
        assertThat(again.getCreated()).isFalse();
        NotifySystemDiscoveredRequest notice = NotifySystemDiscoveredRequest.newBuilder()
                .setSystem(record.toBuilder()
                        .setMac("00:11:32:00:00:09")
                        .setAddresses(
                                0,
                                SystemAddress.newBuilder()
                                        .setAddress("192.168.1.51")
                                        .setCurrent(true)))
                .setIdempotencyKey("a-2")
                .setReporter("elsewhere")
                .build();
        assertThat(client.configuration().notifySystemDiscovered(notice).getDuplicate())
                .isFalse();
        assertThat(client.configuration().notifySystemDiscovered(notice).getDuplicate())
                .isTrue();
        assertThat(client.database()
                        .getSystemRecord(GetSystemRecordRequest.newBuilder()
                                .setMac("00:11:32:00:00:09")
                                .build())
                        .getRecord()
                        .getAddresses(0)
                        .getAddress())
                .isEqualTo("192.168.1.51");
        assertThat(app.eventTypes().stream().filter("device.discovered"::equals))
                .hasSize(2);
    }

    @Test
    void itComesAndGoesWhileTheProgramRuns() {
        assertThat(app.send("PATCH", "api/v1/config", "{\"api\":{\"grpc\":\"off\"}}")
                        .status())
                .isEqualTo(200);
        await().atMost(60, SECONDS).until(() -> TestingClient.service(app).isEmpty());
        assertThat(app.send("PATCH", "api/v1/config", "{\"api\":{\"grpc\":null}}")
                        .status())
                .isEqualTo(200);
        assertThat(TestingClient.port(app)).isPositive();
    }
}
