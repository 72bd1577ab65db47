package io.innkeeper.dns.forward;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** DNS over HTTPS to one upstream (RFC 8484): a POST for each question, all on one connection where it speaks HTTP/2. */
final class HttpsLink {
    /** Requests at once. */
    static final int MOST_OPEN = 256;

    private static final String MEDIA_TYPE = "application/dns-message";
    private static final int OK = 200;
    private static final int LONGEST = 65_535;

    private final int upstream;
    private final URI url;
    private final HttpClient client;
    private final Consumer<Incoming> sink;
    private final AtomicInteger open = new AtomicInteger();

    HttpsLink(int upstream, URI url, HttpClient client, Consumer<Incoming> sink) {
        this.upstream = upstream;
        this.url = url;
        this.client = client;
        this.sink = sink;
    }

    void send(Sending sending) {
        if (open.incrementAndGet() > MOST_OPEN) {
            open.decrementAndGet();
            fail(sending, "too many questions are open");
            return;
        }
        byte[] message = sending.message().clone();
        // Equal questions are equal requests, for caches on the way (RFC 8484 §4.1).
        QueryMessage.put(message, 0, 0);
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(Duration.ofMillis(ForwardPlan.DEADLINE_MS))
                .header("content-type", MEDIA_TYPE)
                .header("accept", MEDIA_TYPE)
                .POST(BodyPublishers.ofByteArray(message))
                .build();
        var _ = client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LONGEST))
                .whenComplete((response, failure) -> ended(sending, response, failure));
    }

    private void ended(Sending sending, @Nullable HttpResponse<byte[]> response, @Nullable Throwable failure) {
        open.decrementAndGet();
        if (response == null) {
            fail(sending, reason(failure));
            return;
        }
        byte[] message = response.body();
        boolean dns = response.headers()
                .firstValue("content-type")
                .filter(type -> type.regionMatches(true, 0, MEDIA_TYPE, 0, MEDIA_TYPE.length()))
                .isPresent();
        if (response.statusCode() != OK) {
            fail(sending, "HTTP status " + response.statusCode());
        } else if (!dns || message.length < QueryMessage.HEADER) {
            fail(sending, "no DNS message over HTTPS");
        } else {
            QueryMessage.put(message, 0, QueryMessage.id(sending.message()));
            sink.accept(new Reply(upstream, sending.ticket(), message));
        }
    }

    private static String reason(@Nullable Throwable failure) {
        Throwable cause = failure != null && failure.getCause() != null ? failure.getCause() : failure;
        return cause == null || cause.getMessage() == null ? "HTTPS failed" : cause.getMessage();
    }

    private void fail(Sending sending, String why) {
        sink.accept(new Failed(upstream, sending.ticket(), why));
    }
}
