package io.innkeeper.wire.rdk.v2;

import io.innkeeper.wire.rdk.PluginMessage;
import io.innkeeper.wire.rdk.PluginParsed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Reports to send in tests: of real clients, as the samples have them, and made up ones. */
public final class TestingReports {
    private static final Path SAMPLES = Path.of("src/test/resources/rdk");

    /** When all of them were said. */
    public static final Instant AT = Instant.parse("2026-03-01T12:00:00Z");

    private TestingReports() {}

    /** What real plugins said, as far as it is right. */
    public static List<PluginMessage> samples() throws IOException {
        try (Stream<Path> all = Files.list(SAMPLES)) {
            return all.filter(file -> file.toString().endsWith(".bin"))
                    .sorted()
                    .map(TestingReports::parse)
                    .filter(PluginMessage.class::isInstance)
                    .map(PluginMessage.class::cast)
                    .toList();
        }
    }

    private static PluginParsed parse(Path file) {
        try {
            return PluginMessage.parse(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A sample by its name, such as {@code v4-bound}. */
    public static PluginMessage sample(String name) {
        return (PluginMessage) parse(SAMPLES.resolve(name + ".bin"));
    }

    /** A report that says this. */
    public static Message.Report report(long sequence, PluginParsed said) {
        return report(sequence, "erouter0", Message.Priority.RENEW, said);
    }

    /** A report that says this. */
    public static Message.Report report(long sequence, String ifname, Message.Priority priority, PluginParsed said) {
        return new Message.Report(sequence, ifname, priority, AT, said);
    }
}
