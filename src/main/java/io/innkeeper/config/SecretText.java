package io.innkeeper.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A text that nobody may see: the API and every message show {@value #HIDDEN} in its place. It stands in the configuration
 * itself, or says where it is: {@code file:PATH} or {@code env:NAME}; that is no secret and is shown.
 */
public final class SecretText {
    /** What is shown in place of a secret. */
    public static final String HIDDEN = "(hidden)";

    static final String WORDS = "a secret: a text, file:/path or env:NAME (the API shows '" + HIDDEN
            + "' in its place; leave the key out to keep what is set elsewhere)";

    private static final String FILE = "file:";
    private static final String ENVIRONMENT = "env:";

    /** Octets of the longest file that is read. */
    private static final int MAX_FILE = 65_536;

    private final String text;

    private SecretText(String text) {
        this.text = text;
    }

    /** The secret of that text; empty where it is empty, or what is shown in place of one. */
    public static Optional<SecretText> parse(String text) {
        return text.isEmpty() || text.equals(HIDDEN) ? Optional.empty() : Optional.of(new SecretText(text));
    }

    /**
     * The secret itself, read anew at each call; of a file without the end of its last line.
     *
     * @throws IOException if there is no such file or variable, or it is empty or longer than {@value #MAX_FILE} octets
     */
    public String reveal(Map<String, String> environment) throws IOException {
        if (text.startsWith(FILE)) {
            return checked(file(Path.of(text.substring(FILE.length()))));
        }
        return text.startsWith(ENVIRONMENT)
                ? checked(environment.getOrDefault(text.substring(ENVIRONMENT.length()), ""))
                : text;
    }

    /** True where the secret itself stands elsewhere: in a file or a variable. */
    boolean isReference() {
        return text.startsWith(FILE) || text.startsWith(ENVIRONMENT);
    }

    private String checked(String secret) throws IOException {
        if (secret.isEmpty()) {
            throw new IOException("the secret is not there: " + text + " is empty or missing");
        }
        return secret;
    }

    private String file(Path path) throws IOException {
        try (InputStream stream = Files.newInputStream(path)) {
            byte[] octets = stream.readNBytes(MAX_FILE + 1);
            if (octets.length > MAX_FILE) {
                throw new IOException("the secret cannot be read: " + text + " is longer than " + MAX_FILE + " octets");
            }
            return new String(octets, StandardCharsets.UTF_8).replaceFirst("\\R\\z", "");
        } catch (IOException e) {
            throw new IOException("the secret cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SecretText secret && secret.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** Where it is, or {@value #HIDDEN}. */
    @Override
    public String toString() {
        return text.startsWith(FILE) || text.startsWith(ENVIRONMENT) ? text : HIDDEN;
    }
}
