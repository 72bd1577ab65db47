package io.innkeeper.wire.dnsmasq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What our tables call valid, a real dnsmasq calls valid too. */
class ConfigPeerTest {
    private static final Path DNSMASQ = Path.of("/usr/sbin/dnsmasq");

    @BeforeAll
    static void needsDnsmasq() {
        assumeTrue(Files.isExecutable(DNSMASQ), "skipped: there is no " + DNSMASQ);
    }

    static Stream<String> lines() {
        return Stream.concat(
                DhcpHostTest.accepted().map(row -> "dhcp-host=" + row.get()[0]),
                DhcpRangeTest.accepted().map(row -> "dhcp-range=" + row.get()[0]));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void dnsmasqAcceptsIt(String line, @TempDir Path folder) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("a.conf"), line + "\n");
        Process process = new ProcessBuilder(DNSMASQ.toString(), "--test", "-C", file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(said).contains("syntax check OK");
    }
}
