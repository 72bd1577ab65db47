package io.innkeeper.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.innkeeper.TestingApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sender of the documents, written in another language by the words of the page, against the program. */
@Tag("slow")
class LeaseSenderPeerTest {
    private static final String PYTHON = "/usr/bin/python3";
    private static final Path SENDER = Path.of(System.getProperty("innkeeper.root", "."), "docs", "examples")
            .toAbsolutePath()
            .resolve("lease_sender.py");

    @TempDir
    private Path folder;

    private @Nullable TestingApp app;

    private void start(String keys) {
        assumeTrue(Files.isExecutable(Path.of(PYTHON)), "this test needs Python");
        TestingApp.write(folder.resolve("innkeeper.yaml"), TestingApp.yaml(folder, """
                        lease-monitor:
                          listen: tcp://127.0.0.1:0
                          v2: {listen: "tcp://127.0.0.1:0", announce: {file: %s}, keys: {%s}}
                        """.formatted(
                        folder.resolve("where"), keys)));
        app = TestingApp.start(folder);
    }

    @AfterEach
    void close() {
        if (app != null) {
            app.close();
        }
    }

    private String send(String... arguments) throws IOException {
        String address = Files.readString(folder.resolve("where")).strip().replace("tcp://", "");
        List<String> command = new ArrayList<>(List.of(PYTHON, SENDER.toString(), address));
        command.addAll(List.of(arguments));
        return Programs.run(command).strip();
    }

    private String leases() {
        return Objects.requireNonNull(app).get("api/v1/leases?origin=rdk").body();
    }

    @Test
    void itTellsOfALeaseAndOfItsEnd() throws IOException {
        start("");
        assertThat(send("wan0", "1", "state=bound", "address=192.0.2.7", "netmask=255.255.255.0", "lease_time=3600"))
                .isEqualTo("wan0 1 stored");
        assertThat(leases()).contains("192.0.2.7");
        assertThat(send("wan0", "1", "state=bound", "address=192.0.2.8")).isEqualTo("wan0 1 duplicate");
        assertThat(send("wan0", "2", "state=deconfig", "ended=1", "time_zone=" + "long ".repeat(200)))
                .isEqualTo("wan0 2 stored");
        assertThat(leases()).doesNotContain("192.0.2.7", "192.0.2.8");
    }

    @Test
    void itEncrypts() throws IOException {
        boolean knows = knowsCryptography();
        assumeTrue(knows, "this test needs the package python3-cryptography");
        byte[] key = new byte[32];
        key[31] = 9;
        Path file = folder.resolve("lease.key");
        Files.writeString(file, Base64.getEncoder().encodeToString(key));
        start("7: \"file:" + file + "\"");
        assertThat(send(
                        "wan0",
                        "1",
                        "--key",
                        "7:" + file,
                        "state=bound",
                        "address=192.0.2.7",
                        "lease_time=3600",
                        "time_zone=" + "long ".repeat(200)))
                .isEqualTo("wan0 1 stored");
        assertThat(leases()).contains("192.0.2.7");
    }

    private static boolean knowsCryptography() {
        try {
            return Programs.run(PYTHON, "-c", "from cryptography.hazmat.primitives.ciphers.aead import AESGCM")
                    .isEmpty();
        } catch (AssertionError e) {
            return false;
        }
    }
}
