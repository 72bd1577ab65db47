package io.innkeeper.api.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page: files of the program itself, from {@code ui/} and, for its libraries, from {@code META-INF/resources/_static/}.
 * Each is read once and kept; there are only as many as the program ships.
 */
final class StaticFiles {
    private static final Pattern SAFE = Pattern.compile("(/[A-Za-z0-9@_-][A-Za-z0-9@._-]*)+");
    private static final Pattern IMPORT_MAP =
            Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png",
            "json", "application/json",
            "webmanifest", "application/manifest+json",
            "txt", "text/plain; charset=utf-8");

    /** A file and what identifies its content. */
    @SuppressWarnings("ArrayRecordComponent") // compared by its ETag
    record StaticFile(byte[] bytes, String type, String etag) {
        @Override
        public boolean equals(Object other) {
            return other instanceof StaticFile file && file.etag.equals(etag);
        }

        @Override
        public int hashCode() {
            return etag.hashCode();
        }
    }

    private final Map<String, StaticFile> files = new ConcurrentHashMap<>();
    private final String contentSecurityPolicy;

    StaticFiles() {
        String index = find("/")
                .map(file -> new String(file.bytes(), StandardCharsets.UTF_8))
                .orElse("");
        Matcher map = IMPORT_MAP.matcher(index);
        String inline = map.find()
                ? " 'sha256-"
                        + Base64.getEncoder().encodeToString(sha256(map.group(1).getBytes(StandardCharsets.UTF_8)))
                        + "'"
                : "";
        contentSecurityPolicy = "default-src 'self'; script-src 'self'" + inline
                + "; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";
    }

    /** What the page may load and run: only what this server ships. */
    String contentSecurityPolicy() {
        return contentSecurityPolicy;
    }

    /** The file of a path; empty where there is none. */
    Optional<StaticFile> find(String path) {
        String wanted = path.equals("/") ? "/index.html" : path;
        if (!SAFE.matcher(wanted).matches()) {
            return Optional.empty();
        }
        StaticFile known = files.get(wanted);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<StaticFile> read = read(wanted);
        read.ifPresent(file -> files.put(wanted, file));
        return read;
    }

    private static Optional<StaticFile> read(String path) {
        String resource = path.startsWith("/_static/") ? "/META-INF/resources" + path : "/ui" + path;
        String type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
        if (type == null) {
            return Optional.empty();
        }
        try (InputStream stream = StaticFiles.class.getResourceAsStream(resource)) {
            if (stream == null) {
                return Optional.empty();
            }
            byte[] bytes = stream.readAllBytes();
            String etag = '"' + HexFormat.of().formatHex(sha256(bytes), 0, 12) + '"';
            return Optional.of(new StaticFile(bytes, type, etag));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
