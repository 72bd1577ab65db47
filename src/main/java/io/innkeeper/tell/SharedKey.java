package io.innkeeper.tell;

import io.innkeeper.wire.net.Octets;
import io.innkeeper.wire.rdk.v2.Message;
import io.innkeeper.wire.rdk.v2.SessionKeys;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;

/**
 * A key that sender and monitor both know. Its octets are never shown.
 *
 * @param id by which the monitor finds it, 1 to {@value Message#MAX_KEY}
 * @param octets {@value SessionKeys#KEY} of them
 */
public record SharedKey(int id, Octets octets) {
    private static final int LONGEST_FILE = 1_024;

    /**
     * Reads what the command line says: {@code ID:FILE}. The file has the octets themselves, or Base64 of them.
     *
     * @throws IOException where it is no such text, or the file no key; the message is for the user
     */
    public static SharedKey read(String text) throws IOException {
        int colon = text.indexOf(':');
        String number = colon < 0 ? "" : text.substring(0, colon);
        if (!number.matches("[0-9]{1,5}")
                || Integer.parseInt(number) < 1
                || Integer.parseInt(number) > Message.MAX_KEY) {
            throw new IOException("a key is ID:FILE with an ID of 1 to " + Message.MAX_KEY + ", not '" + text + "'");
        }
        Path file = Path.of(text.substring(colon + 1));
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(LONGEST_FILE);
            return octets(content)
                    .map(octets -> new SharedKey(Integer.parseInt(number), Octets.of(octets)))
                    .orElseThrow(() -> new IOException("there is no key in " + file + ": it has " + SessionKeys.KEY
                            + " octets, or Base64 of them"));
        }
    }

    private static Optional<byte[]> octets(byte[] content) {
        if (content.length == SessionKeys.KEY) {
            return Optional.of(content);
        }
        try {
            String text = new String(content, StandardCharsets.US_ASCII).strip();
            return Optional.of(Base64.getDecoder().decode(text)).filter(octets -> octets.length == SessionKeys.KEY);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "key " + id;
    }
}
