package io.innkeeper.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs the scenarios. A file begins with a comment that names the rule it shows; then come the configuration ({@link PlanText})
 * and, after a line {@code TALK}, the conversation ({@link Conversation}). {@code PLAN} begins another configuration in its
 * midst. {@code docs/testing.md} has the words.
 */
class ScenarioTest {
    private static final Path FOLDER = Path.of("src/test/resources/scenarios/dhcp4");

    @TestFactory
    Stream<DynamicTest> scenarios() throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.list(FOLDER)) {
            files = found.filter(file -> file.toString().endsWith(".scenario"))
                    .sorted()
                    .toList();
        }
        assertThat(files).as("scenarios").hasSizeGreaterThan(40);
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
        List<Words> links = new ArrayList<>();
        List<Words> plan = new ArrayList<>();
        Conversation conversation = null;
        boolean planning = true;
        int expected = 0;
        for (int i = 0; i < lines.size(); i++) {
            Words line = Words.of(name + ":" + (i + 1), lines.get(i));
            if (line.isEmpty()) {
                continue;
            }
            try {
                if (line.at(0).equals("PLAN")) {
                    planning = true;
                    plan.clear();
                } else if (line.at(0).equals("TALK") && conversation == null) {
                    planning = false;
                    conversation = new Conversation(links, PlanText.parse(plan, Conversation.START_MS));
                } else if (line.at(0).equals("TALK") && conversation != null) {
                    planning = false;
                    conversation.plan(PlanText.parse(plan, conversation.nowMs()));
                } else if (planning) {
                    (line.at(0).equals("link") ? links : plan).add(line);
                } else if (conversation != null) {
                    expected += line.at(0).equals("SEND") ? 0 : 1;
                    conversation.take(line);
                }
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("%s\n  %s\n  %s".formatted(line.where, lines.get(i), e.getMessage()), e);
            }
        }
        assertThat(expected).as("%s expects something", name).isPositive();
    }

    @Test
    void aScenarioCanFail() {
        List<String> lines = List.of(
                "# a rule",
                "link eth0 192.168.1.1",
                "subnet 192.168.1.0/24",
                "pool 192.168.1.100-192.168.1.100",
                "TALK",
                "SEND DISCOVER mac=02:00:00:00:00:01",
                "EXPECT OFFER yiaddr=192.168.1.101");
        assertThatThrownBy(() -> run("made-up", lines))
                .hasMessageContaining("made-up:7")
                .hasMessageContaining("expected 192.168.1.101, came 192.168.1.100");
    }
}
