package io.innkeeper.outbound;

import io.innkeeper.config.OutboundWebhook;
import io.innkeeper.config.SecretText;
import io.innkeeper.event.Event;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Posts events to an HTTP receiver, one after the other. An answer of 2xx is the acknowledgement. */
final class WebhookCarrier implements Carrier {
    private static final int OK = 200;
    private static final int REDIRECTION = 300;
    private static final int CLIENT_ERROR = 400;
    private static final int GONE = 410;

    /** What is wrong with the event itself, not with the way to the receiver or with its state. */
    private static final List<Integer> REFUSALS = List.of(400, 413, 415, 422);

    private final OutboundWebhook config;
    private final URI uri;
    private final EventKey keys;
    private final InstantSource clock;
    private final Map<String, String> environment;
    private @Nullable HttpClient client;

    /**
     * To a receiver.
     *
     * @param environment where secrets may stand
     */
    WebhookCarrier(OutboundWebhook config, EventKey keys, InstantSource clock, Map<String, String> environment) {
        this.config = config;
        this.uri = URI.create(config.url());
        this.keys = keys;
        this.clock = clock;
        this.environment = environment;
    }

    @Override
    public Delivery deliver(List<Event> events) throws InterruptedException {
        try {
            AnswerHead head = new AnswerHead();
            send(request(events.getFirst()), head);
            return verdict(head);
        } catch (IOException e) {
            return Delivery.failed(new Trouble.Later(words(e)));
        }
    }

    private HttpRequest request(Event event) throws IOException {
        String body = event.json();
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .POST(BodyPublishers.ofString(body))
                .setHeader("Content-Type", "application/json")
                .setHeader("User-Agent", "Innkeeper")
                .setHeader("Idempotency-Key", keys.of(event))
                .setHeader("Innkeeper-Event", event.type().text());
        for (Map.Entry<String, SecretText> header : config.headers().entrySet()) {
            setHeader(request, header.getKey(), header.getValue().reveal(environment));
        }
        SecretText secret = config.secret();
        if (secret != null) {
            long atS = clock.instant().getEpochSecond();
            request.setHeader("Innkeeper-Signature", Signature.of(secret.reveal(environment), atS, body));
        }
        return request.build();
    }

    /** The value is a secret: what the client says about it must not be told. */
    private static void setHeader(HttpRequest.Builder request, String name, String value) throws IOException {
        try {
            request.setHeader(name, value);
        } catch (IllegalArgumentException e) {
            throw new IOException("the value of the header " + name + " cannot be sent: it has a character that no"
                    + " header may have");
        }
    }

    /**
     * Returns when there is an answer. Of one whose body does not come to an end the head counts.
     *
     * @throws IOException if there is none
     */
    private void send(HttpRequest request, AnswerHead head) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<Boolean>> answer = client().sendAsync(request, head);
        try {
            answer.get(config.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            if (head.status() == 0) {
                throw new HttpTimeoutException("no answer within " + text(config.timeout()));
            }
        } catch (ExecutionException e) {
            if (head.status() == 0) {
                throw e.getCause() instanceof IOException io ? io : new IOException(String.valueOf(e.getCause()), e);
            }
        } finally {
            answer.cancel(true);
        }
    }

    private static String text(Duration duration) {
        return duration.toMillis() + " ms";
    }

    private HttpClient client() throws IOException {
        HttpClient made = client;
        if (made == null) {
            HttpClient.Builder builder = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(config.timeout())
                    .executor(Executors.newVirtualThreadPerTaskExecutor());
            if (config.caFile() != null) {
                builder.sslContext(Tls.context(config.caFile()));
            }
            made = builder.build();
            client = made;
        }
        return made;
    }

    private static Delivery verdict(AnswerHead head) {
        int status = head.status();
        if (status >= OK && status < REDIRECTION) {
            return Delivery.of(1);
        }
        String reason = "answered " + status;
        if (status == GONE) {
            return Delivery.failed(new Trouble.Gone(reason + ": it wants no more events"));
        }
        if (REFUSALS.contains(status)) {
            return Delivery.failed(new Trouble.Refused(reason));
        }
        boolean redirect = status >= REDIRECTION && status < CLIENT_ERROR;
        return Delivery.failed(
                new Trouble.Later(redirect ? reason + "; redirects are not followed" : reason, head.retryAfterMs()));
    }

    private String words(IOException e) {
        if (e instanceof ConnectException) {
            return "cannot connect to " + uri.getAuthority();
        }
        String message = e.getMessage();
        return Objects.requireNonNullElse(message, e.getClass().getSimpleName());
    }

    @Override
    public void close() {
        HttpClient made = client;
        if (made != null) {
            made.shutdownNow();
        }
    }
}
