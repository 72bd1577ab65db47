package io.innkeeper.api.grpc;

import com.google.rpc.Code;
import io.grpc.Context;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.innkeeper.store.BadQueryException;
import io.innkeeper.store.StoreException;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls with one answer. */
final class Unary {
    private static final Logger LOG = LoggerFactory.getLogger(Unary.class);

    private Unary() {}

    /** Does the work and answers; what it throws becomes a status. A call whose deadline has passed is not begun. */
    static <T> void answer(StreamObserver<T> observer, Supplier<T> work) {
        if (Context.current().isCancelled()) {
            return; // nobody waits for the answer
        }
        T answer;
        try {
            answer = work.get();
        } catch (RuntimeException e) {
            observer.onError(refusal(e));
            return;
        }
        observer.onNext(answer);
        observer.onCompleted();
    }

    /** What a caller is told of a failure. */
    static StatusRuntimeException refusal(RuntimeException failure) {
        return switch (failure) {
            case StatusRuntimeException told -> told;
            case BadQueryException query -> Refusal.field(field(query.parameter()), String.valueOf(query.getMessage()));
            case StoreException store ->
                Refusal.of(Code.UNAVAILABLE, "STORE", String.valueOf(store.getMessage()), Map.of());
            default -> {
                LOG.error("A call could not be answered; this is a fault in Innkeeper, please report it", failure);
                yield Refusal.of(Code.INTERNAL, "FAULT", "this is a fault in Innkeeper; its log says more", Map.of());
            }
        };
    }

    /** The names that lists have for their parameters, as the contract calls them. */
    private static String field(String parameter) {
        return switch (parameter) {
            case "limit" -> "page_size";
            case "cursor" -> "page_token";
            case "sort" -> "order_by";
            default -> parameter;
        };
    }
}
