package io.innkeeper.feed.rdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.feed.MsgType;
import io.innkeeper.lease.Expiry;
import io.innkeeper.lease.LeaseFact;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.rdk.Dhcpv4PluginMessage;
import io.innkeeper.wire.rdk.Dhcpv6PluginMessage;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Plays scenarios: lines that begin with a time say what a client's plugin told then ({@code time}: nothing), indented lines
 * what follows. {@code mode rdk} asks for the original's behaviour, {@code same-run} says that the next messages wait together.
 */
class ClientScenarioTest {
    private static final Instant START = Instant.parse("2026-11-21T00:00:00Z");

    private Dhcpv4Client v4 = new Dhcpv4Client(Compatibility.NONE);
    private Dhcpv6Client v6 = new Dhcpv6Client(Compatibility.NONE);
    private final Map<IpAddress, LeaseFact> table = new TreeMap<>();
    private Outcome outcome = Outcome.NOTHING;
    private Phase phase = Phase.NONE;
    private boolean sameRun;

    static Stream<Path> scenarios() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(Path.of("src/test/resources/scenarios/rdk"))) {
            files = all.sorted().toList();
        }
        assertThat(files).hasSizeGreaterThan(5);
        return files.stream();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void plays(Path scenario) throws IOException {
        int number = 0;
        for (String line : Files.readAllLines(scenario)) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            try {
                play(line);
            } catch (AssertionError e) {
                throw new AssertionError(scenario.getFileName() + ":" + number + ": " + e.getMessage(), e);
            }
        }
    }

    private void play(String line) {
        if (line.equals("mode rdk")) {
            v4 = new Dhcpv4Client(Compatibility.RDK);
            v6 = new Dhcpv6Client(Compatibility.RDK);
        } else if (line.equals("same-run")) {
            sameRun = true;
            v4.beginRun();
        } else if (line.startsWith(" ")) {
            expect(line.strip());
        } else {
            act(List.of(line.split(" ")));
        }
    }

    private void act(List<String> words) {
        Instant now = at(words.get(0));
        if (words.get(1).equals("time")) {
            Outcome four = v4.tick(now);
            Outcome six = v6.tick(now);
            phase = four.told().isEmpty() ? v6.shown().phase() : v4.shown().phase();
            take(four.and(six));
            return;
        }
        Map<String, String> environment = new HashMap<>();
        words.stream().skip(2).forEach(word -> environment.put(word.split("=")[0], word.split("=")[1]));
        if (!sameRun) {
            v4.beginRun();
        }
        switch (PluginWords.of("eth0", words.get(1), environment)) {
            case Dhcpv4PluginMessage said -> {
                take(v4.hear(said, now));
                phase = v4.shown().phase();
            }
            case Dhcpv6PluginMessage said -> {
                take(v6.hear(said, now));
                phase = v6.shown().phase();
            }
        }
    }

    private void take(Outcome next) {
        outcome = next;
        table.keySet().removeAll(outcome.gone());
        outcome.seen().forEach(fact -> table.put(fact.address(), fact));
    }

    private void expect(String line) {
        String[] words = line.split(" ", 2);
        switch (words[0]) {
            case "tells" -> assertThat(told()).isEqualTo(words[1]);
            case "leases" -> assertThat(leases()).isEqualTo(words[1]);
            case "ignored" -> assertThat(outcome.ignored()).isEqualTo(words[1]);
            case "phase" -> assertThat(phase.text()).isEqualTo(words[1]);
            default -> throw new AssertionError("not understood: " + line);
        }
    }

    private String told() {
        return outcome.told().isEmpty()
                ? "nothing"
                : outcome.told().stream().map(MsgType::name).collect(Collectors.joining(","));
    }

    private String leases() {
        return table.isEmpty()
                ? "none"
                : table.values().stream()
                        .map(fact -> fact.address() + " " + until(fact.expiry()))
                        .collect(Collectors.joining(", "));
    }

    private static String until(Expiry expiry) {
        return switch (expiry.kind()) {
            case INFINITE -> "forever";
            case UNKNOWN -> "unknown";
            case AT ->
                "until "
                        + java.time.Duration.between(START, Objects.requireNonNull(expiry.at()))
                                .toSeconds() + "s";
        };
    }

    private static Instant at(String time) {
        BigDecimal seconds = new BigDecimal(time.replace("s", ""));
        return START.plusMillis(seconds.movePointRight(3).longValueExact());
    }
}
