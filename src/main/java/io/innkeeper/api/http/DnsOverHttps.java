package io.innkeeper.api.http;

import io.innkeeper.wire.dns.ResponseView;
import io.innkeeper.wire.net.IpAddress;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;

/**
 * DNS over HTTPS (RFC 8484): a question in a request, its answer in the response. Who asks is the other end of the connection:
 * what headers say of clients behind it counts for nothing. Runs on virtual threads, and waits there.
 */
public final class DnsOverHttps extends Handler.Abstract {
    /** Where it is served. */
    public static final String PATH = "/dns-query";

    private static final String TYPE = "application/dns-message";
    private static final int MAX_MESSAGE = 65_535;
    private static final int HEADER = 12;

    /** How much more is read of a body that is too long: who still writes when the connection closes never sees the answer. */
    private static final int READ_ON = 1 << 20;

    /** Longer than the server lets any question wait. */
    private static final int PATIENCE_S = 10;

    /** Who answers. */
    public interface Resolver {
        /** True where there is somebody who answers. */
        boolean isThere();

        /**
         * Asks.
         *
         * @param answer takes the answer, once; empty for a question that is not answered
         * @return false where there is too much to do, and no answer comes
         */
        boolean ask(byte[] query, IpAddress client, Consumer<byte[]> answer);
    }

    /** What is wrong with a request. */
    private static final class Refusal extends Exception {
        private static final long serialVersionUID = 1;

        final int status;

        Refusal(int status, String message) {
            super(message);
            this.status = status;
        }
    }

    private final Resolver resolver;

    /** Questions go there. */
    public DnsOverHttps(Resolver resolver) {
        this.resolver = resolver;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        if (!serve(request, response, callback)) {
            refuse(response, callback, new Refusal(404, "DNS is at " + PATH));
        }
        return true;
    }

    /** Answers where the path is {@link #PATH} and there is a server; false where it is none. */
    boolean serve(Request request, Response response, Callback callback) {
        if (!request.getHttpURI().getCanonicalPath().equals(PATH) || !resolver.isThere()) {
            return false;
        }
        try {
            send(response, callback, ask(question(request), client(request)));
        } catch (Refusal e) {
            refuse(response, callback, e);
        } catch (IOException e) {
            callback.failed(e);
        }
        return true;
    }

    private static IpAddress client(Request request) throws IOException {
        if (request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress address) {
            return IpAddress.of(address.getAddress().getAddress());
        }
        throw new IOException("the client is gone");
    }

    private static byte[] question(Request request) throws Refusal, IOException {
        byte[] message = switch (request.getMethod()) {
            case "GET" -> ofParameter(request);
            case "POST" -> ofBody(request);
            default -> throw new Refusal(405, "GET and POST are possible here");
        };
        if (message.length < HEADER) {
            throw new Refusal(400, "a DNS message has 12 octets at least");
        }
        return message;
    }

    private static byte[] ofParameter(Request request) throws Refusal {
        List<String> values = values(request);
        if (values.size() != 1) {
            throw new Refusal(400, "write the question as dns=, once, in base64url");
        }
        String text = values.getFirst();
        if (text.length() > (MAX_MESSAGE * 4 + 2) / 3) {
            throw new Refusal(413, "a DNS message has 65535 octets at most");
        }
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new Refusal(400, "dns= is not base64url");
        }
    }

    private static List<String> values(Request request) throws Refusal {
        try {
            Fields.Field field = Request.extractQueryParameters(request).get("dns");
            return field == null ? List.of() : field.getValues();
        } catch (RuntimeException e) {
            throw new Refusal(400, "the query cannot be decoded");
        }
    }

    private static byte[] ofBody(Request request) throws Refusal, IOException {
        String type = Optional.ofNullable(request.getHeaders().get("Content-Type"))
                .orElse("")
                .replaceFirst(";.*$", "")
                .strip()
                .toLowerCase(Locale.ROOT);
        if (!type.equals(TYPE)) {
            throw new Refusal(415, "send the question as Content-Type: " + TYPE);
        }
        try (InputStream body = Content.Source.asInputStream(request)) {
            byte[] message = body.readNBytes(MAX_MESSAGE + 1);
            if (message.length > MAX_MESSAGE) {
                body.readNBytes(READ_ON);
                throw new Refusal(413, "a DNS message has 65535 octets at most");
            }
            return message;
        }
    }

    private byte[] ask(byte[] question, IpAddress client) throws Refusal {
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        if (!resolver.ask(question, client, answer::complete)) {
            throw new Refusal(503, "the DNS server has too much to do; try again");
        }
        try {
            byte[] message = answer.get(PATIENCE_S, TimeUnit.SECONDS);
            if (message.length == 0) {
                throw new Refusal(400, "this is no DNS question");
            }
            return message;
        } catch (TimeoutException | ExecutionException e) {
            throw new Refusal(504, "there is no answer in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal(503, "the server ends");
        }
    }

    private static void send(Response response, Callback callback, byte[] message) {
        HttpFields.Mutable headers = response.getHeaders();
        headers.put("Content-Type", TYPE);
        headers.put("Content-Length", message.length);
        headers.put("Cache-Control", "max-age=" + freshS(message));
        response.setStatus(200);
        response.write(true, ByteBuffer.wrap(message), callback);
    }

    /** RFC 8484 §5.1: never longer than the smallest time to live of the answer; failures are not kept. */
    static long freshS(byte[] message) {
        return ResponseView.of(message, 0, message.length)
                .map(view -> switch (view.kind()) {
                    case POSITIVE -> view.smallestAnswerTtl();
                    case NO_DATA, NO_NAME -> view.negativeTtl();
                    case FAILURE -> 0L;
                })
                .map(seconds -> Math.max(0, seconds))
                .orElse(0L);
    }

    private static void refuse(Response response, Callback callback, Refusal refusal) {
        byte[] text = (refusal.getMessage() + "\n").getBytes(StandardCharsets.UTF_8);
        HttpFields.Mutable headers = response.getHeaders();
        headers.put("Content-Type", "text/plain;charset=utf-8");
        headers.put("Content-Length", text.length);
        if (refusal.status == 405) {
            headers.put("Allow", "GET, POST");
        }
        response.setStatus(refusal.status);
        response.write(true, ByteBuffer.wrap(text), callback);
    }
}
