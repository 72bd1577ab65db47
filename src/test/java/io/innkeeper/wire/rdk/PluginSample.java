package io.innkeeper.wire.rdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a client gave a real plugin, and what that plugin sent.
 *
 * @param name of the two files
 * @param action the first argument
 * @param environment all variables
 */
public record PluginSample(String name, String action, Map<String, String> environment) {
    private static final Path SAMPLES = Path.of(System.getProperty("innkeeper.root", "."), "src/test/resources/rdk");

    /** Where the part of DHCPv4 ends in the first releases, which send nothing of what follows. */
    private static final int END_OF_EARLY_V4 = 40 + 616;

    /** All samples. */
    public static Stream<PluginSample> all() throws IOException {
        List<String> names;
        try (Stream<Path> files = Files.list(SAMPLES)) {
            names = files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".env"))
                    .map(file -> file.substring(0, file.length() - 4))
                    .sorted()
                    .toList();
        }
        assertThat(names).hasSizeGreaterThanOrEqualTo(20);
        return names.stream().map(PluginSample::named);
    }

    /** The samples of which the plugin sent something. */
    public static Stream<PluginSample> sent() throws IOException {
        return all().filter(PluginSample::isSent);
    }

    /** One of them. */
    public static PluginSample named(String name) {
        try {
            Map<String, String> environment = new LinkedHashMap<>();
            String action = "";
            for (String line : Files.readAllLines(SAMPLES.resolve(name + ".env"))) {
                if (line.startsWith("# argv[1]: ")) {
                    action = line.substring(11);
                } else if (!line.startsWith("#") && line.contains("=")) {
                    environment.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
                }
            }
            return new PluginSample(name, action, environment);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Whether it is of DHCPv6. */
    public boolean isV6() {
        return name.contains("v6");
    }

    /** Whether the plugin sent a message. */
    public boolean isSent() {
        return Files.exists(SAMPLES.resolve(name + ".bin"));
    }

    /** The message of the plugin. */
    public byte[] bytes() {
        try {
            return Files.readAllBytes(SAMPLES.resolve(name + ".bin"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** How the plugin lays out its messages. */
    public MessageLayout layout() {
        return isSent() ? MessageLayout.ofLength(bytes().length).orElseThrow() : MessageLayout.LP64_MAPE;
    }

    /**
     * The message that a plugin of release 1.1.1 or later sends of the same environment: release 1.0.0 leaves out the end of
     * DHCPv4's part. What it leaves out is taken from {@code later}.
     */
    public byte[] asOfLaterRelease(byte[] later) {
        byte[] bytes = bytes();
        if (name.startsWith("old1.0.0-v4")) {
            assertThat(Arrays.copyOfRange(bytes, END_OF_EARLY_V4, bytes.length)).containsOnly(0);
            System.arraycopy(later, END_OF_EARLY_V4, bytes, END_OF_EARLY_V4, bytes.length - END_OF_EARLY_V4);
        }
        return bytes;
    }

    /** A variable as it arrives in a field of that size. */
    String cut(String variable, int size) {
        String value = environment.getOrDefault(variable, "");
        return value.length() <= size ? value : value.substring(0, size);
    }

    long number(String variable) {
        return Long.parseLong(environment.getOrDefault(variable, "0"));
    }

    @Override
    public String toString() {
        return name;
    }
}
