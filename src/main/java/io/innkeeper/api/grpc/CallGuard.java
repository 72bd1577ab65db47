package io.innkeeper.api.grpc;

import com.google.rpc.Code;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/** Stands before all services: so many calls at a time and no more; counts them; notes who calls. */
final class CallGuard implements ServerInterceptor {
    /** Who calls: an address. */
    static final Context.Key<String> CALLER = Context.key("innkeeper-caller");

    private final Semaphore places;
    private final int most;
    private final GrpcStatistics statistics;

    CallGuard(int most, GrpcStatistics statistics) {
        this.places = new Semaphore(most);
        this.most = most;
        this.statistics = statistics;
    }

    /** How many calls run. */
    int running() {
        return most - places.availablePermits();
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        String method = call.getMethodDescriptor().getFullMethodName();
        if (!places.tryAcquire()) {
            refuse(call, method);
            return new ServerCall.Listener<>() {};
        }
        Once once = new Once(method);
        try {
            Context context = Context.current().withValue(CALLER, caller(call));
            return new Guarded<>(Contexts.interceptCall(context, new Counted<>(call, once), headers, next), once);
        } catch (RuntimeException e) {
            once.end(Status.Code.UNKNOWN);
            throw e;
        }
    }

    private void refuse(ServerCall<?, ?> call, String method) {
        StatusRuntimeException full = Refusal.of(
                Code.RESOURCE_EXHAUSTED,
                "TOO_MANY_CALLS",
                "as many calls run as api.grpc.calls allows; try again later",
                Map.of("limit", String.valueOf(most)));
        call.close(full.getStatus(), Objects.requireNonNullElseGet(full.getTrailers(), Metadata::new));
        statistics.called(method, Status.Code.RESOURCE_EXHAUSTED.name());
    }

    private static String caller(ServerCall<?, ?> call) {
        SocketAddress from = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
        return from instanceof InetSocketAddress address && address.getAddress() != null
                ? address.getAddress().getHostAddress()
                : "grpc";
    }

    /** A call ends once, however often that is told. */
    private final class Once {
        private final String method;
        private final AtomicBoolean ended = new AtomicBoolean();
        private volatile Status.Code code = Status.Code.CANCELLED;

        Once(String method) {
            this.method = method;
        }

        void end(Status.Code as) {
            if (ended.compareAndSet(false, true)) {
                places.release();
                statistics.called(method, as.name());
            }
        }
    }

    /** Hears with which status the call is answered. */
    private static final class Counted<Q, A> extends SimpleForwardingServerCall<Q, A> {
        private final Once once;

        Counted(ServerCall<Q, A> call, Once once) {
            super(call);
            this.once = once;
        }

        @Override
        public void close(Status status, Metadata trailers) {
            once.code = status.getCode();
            super.close(status, trailers);
        }
    }

    /** Hears when the call is over. */
    private static final class Guarded<Q> extends SimpleForwardingServerCallListener<Q> {
        private final Once once;

        Guarded(ServerCall.Listener<Q> listener, Once once) {
            super(listener);
            this.once = once;
        }

        @Override
        public void onComplete() {
            once.end(once.code);
            super.onComplete();
        }

        @Override
        public void onCancel() {
            once.end(Status.Code.CANCELLED);
            super.onCancel();
        }
    }
}
