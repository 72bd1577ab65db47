package io.innkeeper.bench.rdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Another process holds 10,000 connections: a further one is heard, and then each of them. */
@Tag("slow")
class ManyConnectionsTest {
    private static final int CONNECTIONS = 10_000;

    /** Of either process; a connection takes one file on either side. */
    private static final long FILES = CONNECTIONS + 1_000L;

    private static long openFilesAllowed() throws Exception {
        return Files.readAllLines(Path.of("/proc/self/limits")).stream()
                .filter(line -> line.startsWith("Max open files"))
                .map(line -> line.split(" +", -1)[3])
                .mapToLong(allowed -> allowed.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(allowed))
                .findFirst()
                .orElse(0);
    }

    @Test
    void tenThousandAndOneMore() throws Exception {
        assumeThat(openFilesAllowed()).isGreaterThan(FILES);
        try (LeasePull pull = new LeasePull(true)) {
            Process holder = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx512m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            ManyConnections.class.getName(),
                            String.valueOf(pull.port()),
                            String.valueOf(CONNECTIONS))
                    .redirectErrorStream(true)
                    .start();
            try (BufferedReader said = holder.inputReader(StandardCharsets.US_ASCII)) {
                assertThat(said.readLine()).startsWith(CONNECTIONS + " connections greeted");
                assertThat(said.readLine()).startsWith("a further one");
                assertThat(pull.connections()).isGreaterThanOrEqualTo(CONNECTIONS);
                holder.getOutputStream().close();
                assertThat(said.readLine()).startsWith("each pushed");
            } finally {
                holder.destroy();
                holder.waitFor();
            }
            await().atMost(Duration.ofSeconds(30)).until(() -> pull.taken() == CONNECTIONS + 1);
            await().atMost(Duration.ofSeconds(30)).until(() -> pull.connections() == 0);
        }
    }
}
