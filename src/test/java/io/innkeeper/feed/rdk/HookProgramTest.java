package io.innkeeper.feed.rdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that tell a client to do something: what they get, and what becomes of those that do not behave. */
class HookProgramTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final HookProgram programs = new HookProgram();

    private HookProgram.Outcome sh(String script, Duration timeout) {
        return programs.run("wan0", List.of("/bin/sh", "-c", script), Map.of("INTERFACE", "wan0"), timeout);
    }

    @Test
    void itHasItsVariablesAndNoShellLooksAtItsArguments() {
        assertThat(sh("echo \"<$INTERFACE>\"; echo err >&2", LONG)).isEqualTo(new HookProgram.Done("<wan0> err"));
        assertThat(programs.run("wan0", List.of("/bin/echo", "$INTERFACE; x"), Map.of(), LONG))
                .isEqualTo(new HookProgram.Done("$INTERFACE; x"));
    }

    @Test
    void whatItPrintsIsBounded() {
        HookProgram.Outcome outcome = sh("head -c 5000000 /dev/zero | tr '\\0' x", LONG);
        assertThat(((HookProgram.Done) outcome).output()).hasSize(HookProgram.OUTPUT);
    }

    @Test
    void aStatusIsAFailure() {
        assertThat(sh("echo why; exit 7", LONG)).isEqualTo(new HookProgram.Failed("it ended with status 7", "why"));
        assertThat(programs.run("wan0", List.of("/nowhere/to/be/found"), Map.of(), LONG))
                .asString()
                .contains("/nowhere/to/be/found cannot be run");
    }

    @Test
    void itIsEndedWithAllItStartedWhereItTakesTooLong(@TempDir Path folder) throws IOException {
        Path child = folder.resolve("child");
        HookProgram.Outcome outcome =
                sh("sleep 1000 & echo $! > " + child + "; echo began; wait", Duration.ofSeconds(1));
        assertThat(outcome).isEqualTo(new HookProgram.Failed("it took longer than 1 s and was ended", "began"));
        long pid = Long.parseLong(Files.readString(child).strip());
        org.awaitility.Awaitility.await()
                .until(() ->
                        ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
    }

    @Test
    void aClientThatItLeavesBehindIsNotWaitedFor(@TempDir Path folder) throws IOException {
        Path child = folder.resolve("child");
        assertThat(sh("sleep 1000 & echo $! > " + child, LONG)).isInstanceOf(HookProgram.Done.class);
        long pid = Long.parseLong(Files.readString(child).strip());
        ProcessHandle left = ProcessHandle.of(pid).orElseThrow();
        assertThat(left.isAlive()).isTrue();
        left.destroyForcibly();
    }

    @Test
    void oneRunsAtATimeForEachInterface(@TempDir Path folder) throws Exception {
        Path gate = folder.resolve("gate");
        Path began = folder.resolve("began");
        CompletableFuture<HookProgram.Outcome> first = CompletableFuture.supplyAsync(
                () -> sh("touch " + began + "; until [ -e " + gate + " ]; do sleep 0.05; done", LONG));
        org.awaitility.Awaitility.await().until(() -> Files.exists(began));
        assertThat(sh("true", LONG)).isEqualTo(new HookProgram.Busy());
        assertThat(programs.run("wan1", List.of("/bin/true"), Map.of(), LONG)).isEqualTo(new HookProgram.Done(""));
        Files.createFile(gate);
        assertThat(first.get()).isEqualTo(new HookProgram.Done(""));
        assertThat(sh("true", LONG)).isEqualTo(new HookProgram.Done(""));
    }
}
