package io.innkeeper.outbound;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import innkeeper.v1.ConfigurationServiceGrpc;
import innkeeper.v1.DatabaseServiceGrpc;
import innkeeper.v1.GetNamingPolicyRequest;
import innkeeper.v1.GetNamingPolicyResponse;
import innkeeper.v1.GetSystemRecordRequest;
import innkeeper.v1.GetSystemRecordResponse;
import innkeeper.v1.NamingPolicy;
import innkeeper.v1.NotifySystemDiscoveredRequest;
import innkeeper.v1.NotifySystemDiscoveredResponse;
import innkeeper.v1.SystemRecord;
import innkeeper.v1.UpsertSystemRecordRequest;
import innkeeper.v1.UpsertSystemRecordResponse;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A neighbour that speaks the contract, keeps what it takes, and can be killed and started again on the same port. */
final class TestingNeighbour implements AutoCloseable {
    /** Notices in their order, each key once. */
    final List<NotifySystemDiscoveredRequest> notices = new CopyOnWriteArrayList<>();

    /** Records in the order in which they came, each key once. */
    final List<UpsertSystemRecordRequest> upserts = new CopyOnWriteArrayList<>();

    /** Names that it has for systems, before anybody tells it of them. */
    final Map<String, String> names = new ConcurrentHashMap<>();

    /** How it has systems named. */
    volatile NamingPolicy policy = NamingPolicy.getDefaultInstance();

    /** What it answers instead, where it is not null. */
    volatile @Nullable Status wrong;

    /** After so many calls one is taken and not answered, for the connection is cut then. */
    volatile int cutAfter = Integer.MAX_VALUE;

    private final Set<String> keys = new HashSet<>();
    private final ServerCredentials credentials;
    private int port;
    private int calls;
    private @Nullable Server server;

    TestingNeighbour() throws IOException {
        this(InsecureServerCredentials.create());
    }

    TestingNeighbour(ServerCredentials credentials) throws IOException {
        this.credentials = credentials;
        start();
    }

    int port() {
        return port;
    }

    void start() throws IOException {
        Server started = NettyServerBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port), credentials)
                .addService(new Configuration())
                .addService(new Database())
                .build()
                .start();
        server = started;
        port = started.getPort();
    }

    /** Ends at once: calls that run are cut. */
    void kill() {
        Server running = server;
        if (running != null) {
            running.shutdownNow();
            await().atMost(60, SECONDS).until(running::isTerminated);
        }
    }

    /** True for the first time. */
    private synchronized boolean isNew(String key) {
        return keys.add(key);
    }

    /** Answers, or not: an answer may be lost on its way although the work was done. */
    private synchronized <T> void answer(StreamObserver<T> observer, T answer) {
        if (++calls % cutAfter == 0) {
            observer.onError(
                    Status.UNAVAILABLE.withDescription("lost on its way").asRuntimeException());
        } else {
            observer.onNext(answer);
            observer.onCompleted();
        }
    }

    private boolean isWrong(StreamObserver<?> observer) {
        Status status = wrong;
        if (status != null) {
            observer.onError(status.asRuntimeException());
        }
        return status != null;
    }

    private final class Configuration extends ConfigurationServiceGrpc.ConfigurationServiceImplBase {
        @Override
        public void getNamingPolicy(GetNamingPolicyRequest request, StreamObserver<GetNamingPolicyResponse> observer) {
            answer(
                    observer,
                    GetNamingPolicyResponse.newBuilder().setPolicy(policy).build());
        }

        @Override
        public void notifySystemDiscovered(
                NotifySystemDiscoveredRequest request, StreamObserver<NotifySystemDiscoveredResponse> observer) {
            if (isWrong(observer)) {
                return;
            }
            boolean isNew = isNew("notice " + request.getIdempotencyKey());
            if (isNew) {
                notices.add(request);
            }
            answer(
                    observer,
                    NotifySystemDiscoveredResponse.newBuilder()
                            .setDuplicate(!isNew)
                            .build());
        }
    }

    private final class Database extends DatabaseServiceGrpc.DatabaseServiceImplBase {
        @Override
        public void getSystemRecord(GetSystemRecordRequest request, StreamObserver<GetSystemRecordResponse> observer) {
            if (isWrong(observer)) {
                return;
            }
            String name = names.get(request.getMac());
            if (name == null) {
                observer.onError(Status.NOT_FOUND.asRuntimeException());
            } else {
                answer(
                        observer,
                        GetSystemRecordResponse.newBuilder()
                                .setRecord(SystemRecord.newBuilder()
                                        .setMac(request.getMac())
                                        .setHostname(name))
                                .build());
            }
        }

        @Override
        public void upsertSystemRecord(
                UpsertSystemRecordRequest request, StreamObserver<UpsertSystemRecordResponse> observer) {
            if (isWrong(observer)) {
                return;
            }
            boolean isNew = isNew("upsert " + request.getIdempotencyKey());
            if (isNew) {
                upserts.add(request);
                names.put(request.getRecord().getMac(), request.getRecord().getHostname());
            }
            answer(
                    observer,
                    UpsertSystemRecordResponse.newBuilder()
                            .setRecord(request.getRecord())
                            .setDuplicate(!isNew)
                            .build());
        }
    }

    /** The systems that it was told of, in order. */
    List<String> announced() {
        List<String> macs = new ArrayList<>();
        notices.forEach(notice -> macs.add(notice.getSystem().getMac()));
        return macs;
    }

    @Override
    public void close() {
        kill();
    }
}
