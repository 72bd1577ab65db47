package io.innkeeper.api.http;

import io.innkeeper.wire.net.IpAddress;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;

/** One request as a handler sees it. Values that make no sense end the call with a problem that names them all at once. */
public final class Call {
    /** The largest body that is read. */
    public static final int MAX_BODY = 1 << 20;

    private final Request request;
    private final Map<String, String> pathValues;
    private final Map<String, String> query = new LinkedHashMap<>();
    private final List<Problem.FieldError> errors = new ArrayList<>();

    Call(Request request, Map<String, String> pathValues) {
        this.request = request;
        this.pathValues = pathValues;
        for (Fields.Field field : Request.extractQueryParameters(request)) {
            query.put(field.getName(), field.getValue());
        }
    }

    /** The part of the path under this name. */
    public String path(String name) {
        return pathValues.getOrDefault(name, "");
    }

    /** The IP address of the caller, without brackets or zone. */
    public String remoteAddress() {
        SocketAddress remote = request.getConnectionMetaData().getRemoteSocketAddress();
        return remote instanceof InetSocketAddress inet && inet.getAddress() != null
                ? IpAddress.of(inet.getAddress().getAddress()).toString()
                : String.valueOf(remote);
    }

    /** A header, or null. */
    public @Nullable String header(String name) {
        return request.getHeaders().get(name);
    }

    /** Notes every query parameter that is not one of these. */
    void allowOnly(Set<String> names) {
        for (String name : query.keySet()) {
            if (!names.contains(name)) {
                error(name, "unknown parameter; there are: " + String.join(", ", names));
            }
        }
    }

    /** A query parameter, or null where it is missing or empty. */
    public @Nullable String query(String name) {
        String value = query.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    /** A query parameter read as a value; null where it is missing, an error where it cannot be read. */
    public <T> @Nullable T query(String name, String what, Function<String, Optional<T>> parse) {
        String text = query(name);
        if (text == null) {
            return null;
        }
        T value = parse.apply(text).orElse(null);
        if (value == null) {
            error(name, "not " + what);
        }
        return value;
    }

    /** A whole number within bounds; the fallback where the parameter is missing. */
    public long number(String name, long fallback, long min, long max) {
        Long value = query(name, "a number from " + min + " to " + max, text -> {
            try {
                return Optional.of(Long.valueOf(text)).filter(number -> number >= min && number <= max);
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        });
        return value == null ? fallback : value;
    }

    /** Notes that a field is wrong. */
    public void error(String field, String message) {
        errors.add(new Problem.FieldError(field, message));
    }

    /** Ends the call here if anything was wrong so far. */
    public void check() {
        if (!errors.isEmpty()) {
            throw new ProblemException(Problem.badRequest(errors));
        }
    }

    /** The content type without parameters, lower case; empty where there is none. */
    public String contentType() {
        HttpField field = request.getHeaders().getField("Content-Type");
        String value = field == null ? "" : field.getValue();
        int semicolon = value.indexOf(';');
        return (semicolon < 0 ? value : value.substring(0, semicolon)).strip().toLowerCase(java.util.Locale.ROOT);
    }

    /** The body, up to {@value #MAX_BODY} bytes. */
    public byte[] body() {
        try (InputStream stream = Content.Source.asInputStream(request)) {
            byte[] bytes = stream.readNBytes(MAX_BODY + 1);
            if (bytes.length > MAX_BODY) {
                stream.readNBytes(MAX_BODY); // who still writes when the connection closes never sees the answer
                throw new ProblemException(Problem.of(
                        413, "too-large", "Content too large", "the body is larger than " + (MAX_BODY >> 10) + " kB"));
            }
            return bytes;
        } catch (IOException e) {
            throw new ProblemException(Problem.badRequest("body", "ended early"));
        }
    }
}
