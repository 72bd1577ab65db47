package io.innkeeper.outbound;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Status and wish of an answer. Its body is read, so that the connection can be used again, but not kept, and not beyond a
 * bound: after that the connection is given up.
 */
final class AnswerHead implements HttpResponse.BodyHandler<Boolean> {
    private static final int MAX_BODY = 65_536;
    private static final Duration LONGEST_WISH = Duration.ofMinutes(5);

    private volatile int status;
    private volatile long retryAfterMs;

    /** The status; 0 where no answer came yet. */
    int status() {
        return status;
    }

    /** How long the receiver wants us to wait, in milliseconds; 0 where it does not say. */
    long retryAfterMs() {
        return retryAfterMs;
    }

    @Override
    public HttpResponse.BodySubscriber<Boolean> apply(HttpResponse.ResponseInfo info) {
        retryAfterMs = wish(info.headers());
        status = info.statusCode();
        return new Discarding();
    }

    /** Seconds only: a date would need a clock that agrees with ours. */
    private static long wish(HttpHeaders headers) {
        return headers.firstValue("Retry-After")
                .filter(text -> text.matches("[0-9]{1,6}"))
                .map(text -> Math.min(Long.parseLong(text) * 1_000, LONGEST_WISH.toMillis()))
                .orElse(0L);
    }

    private static final class Discarding implements HttpResponse.BodySubscriber<Boolean> {
        private final CompletableFuture<Boolean> read = new CompletableFuture<>();
        private Flow.@Nullable Subscription subscription;
        private long octets;

        @Override
        public CompletionStage<Boolean> getBody() {
            return read;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            given.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            for (ByteBuffer buffer : buffers) {
                octets += buffer.remaining();
            }
            if (octets > MAX_BODY && subscription != null) {
                subscription.cancel();
                read.complete(false);
            }
        }

        @Override
        public void onError(Throwable reason) {
            read.completeExceptionally(reason);
        }

        @Override
        public void onComplete() {
            read.complete(true);
        }
    }
}
