package io.innkeeper.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs the scenarios of the DNS server. A file begins with a comment that names the rule it shows; then comes the section
 * {@code dns} of a configuration, and after a line {@code TALK} the conversation ({@link DnsConversation}). {@code PLAN} begins
 * another configuration in its midst.
 */
class DnsScenarioTest {
    private static final Path FOLDER = Path.of("src/test/resources/scenarios/dns");

    @TestFactory
    Stream<DynamicTest> scenarios() throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.list(FOLDER)) {
            files = found.filter(file -> file.toString().endsWith(".txt"))
                    .sorted()
                    .toList();
        }
        assertThat(files).as("scenarios").hasSizeGreaterThan(25);
        return files.stream()
                .map(file -> DynamicTest.dynamicTest(
                        file.getFileName().toString(),
                        file.toUri(),
                        () -> run(file.getFileName().toString(), lines(file))));
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(String name, List<String> lines) {
        assertThat(lines.getFirst()).as("%s:1 names the rule it shows", name).startsWith("# ");
        StringBuilder plan = new StringBuilder();
        DnsConversation conversation = null;
        boolean planning = true;
        int expected = 0;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            try {
                if (line.equals("PLAN")) {
                    planning = true;
                    plan.setLength(0);
                } else if (line.equals("TALK")) {
                    planning = false;
                    conversation = DnsConversation.go(conversation, plan.toString());
                } else if (planning) {
                    plan.append(lines.get(i)).append('\n');
                } else if (conversation != null && !line.isEmpty() && !line.startsWith("#")) {
                    expected += conversation.take(line) ? 1 : 0;
                }
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("%s:%d\n  %s\n  %s".formatted(name, i + 1, line, e.getMessage()), e);
            }
        }
        assertThat(expected).as("%s expects something", name).isPositive();
    }

    @Test
    void aScenarioCanFail() {
        List<String> lines = List.of(
                "# a rule",
                "upstreams: 192.0.2.53",
                "TALK",
                "KNOWS www.example. 300 A 192.0.2.1",
                "ASK www.example A",
                "TIME +1s",
                "EXPECT NOERROR answer=\"A 192.0.2.2 @300\"");
        assertThatThrownBy(() -> run("made-up", lines))
                .hasMessageContaining("made-up:7")
                .hasMessageContaining("A 192.0.2.2 @300");
    }
}
