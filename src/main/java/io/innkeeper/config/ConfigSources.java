package io.innkeeper.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the configuration comes from; {@link #load} may be called again whenever one of them may have changed. Relative
 * paths inside a configuration are relative to the working directory, wherever the file stands.
 *
 * @param file the configuration file, or null for none
 * @param environment the variables of the process
 * @param settings {@code key=value} of {@code --set}, in order
 */
public record ConfigSources(@Nullable Path file, Map<String, String> environment, List<String> settings) {
    /** Names that are looked for where no file is named, the first that exists wins. */
    public static final List<String> FILE_NAMES =
            List.of("innkeeper.yaml", "innkeeper.yml", "innkeeper.json", "innkeeper.ini", "innkeeper.conf");

    /** Bytes of the largest file that is read. */
    private static final int MAX_BYTES = 4 * ConfigDocument.MAX_LENGTH;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /** Copies the collections. */
    public ConfigSources {
        environment = Map.copyOf(environment);
        settings = List.copyOf(settings);
    }

    /** The first of {@link #FILE_NAMES} in a folder, as a path relative to what was given. */
    public static Optional<Path> find(Path folder) {
        return FILE_NAMES.stream()
                .map(name -> folder.toString().isEmpty() ? Path.of(name) : folder.resolve(name))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /**
     * Reads the file and loads everything. A file that cannot be read is an error of the result, not an exception.
     *
     * @param runTime what {@link RuntimeLayer} last stored, or null for nothing
     */
    public ConfigResult load(@Nullable String runTime) {
        Problems problems = new Problems();
        ConfigDocument document = file == null ? null : read(file, problems);
        return ConfigLoader.load(document, environment, settings, runTime, problems);
    }

    private static @Nullable ConfigDocument read(Path file, Problems problems) {
        Origin origin = new Origin(file.toString(), 0);
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                problems.unreadable(origin, "is larger than " + MAX_BYTES + " bytes");
                return null;
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            boolean marked = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
            return new ConfigDocument(file.toString(), marked ? text.substring(1) : text);
        } catch (NoSuchFileException e) {
            problems.unreadable(origin, "there is no such file");
        } catch (AccessDeniedException e) {
            problems.unreadable(origin, "may not be read by this user");
        } catch (CharacterCodingException e) {
            problems.unreadable(origin, "is not UTF-8 text");
        } catch (IOException e) {
            problems.unreadable(origin, "cannot be read: " + e.getMessage());
        }
        return null;
    }
}
