package io.innkeeper.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class ThreadNiceTest {
    /** The place of the niceness in /proc/…/stat, counted after the name (proc_pid_stat(5)). */
    private static final int NICE = 16;

    @Test
    void onlyTheCallingThreadYields() throws Exception {
        int before = niceness();
        FutureTask<List<Integer>> task = new FutureTask<>(() -> {
            assertThat(ThreadNice.lower()).isTrue();
            return List.of(niceness());
        });
        Thread.ofPlatform().start(task);
        assertThat(task.get()).containsExactly(10);
        assertThat(niceness()).isEqualTo(before);
    }

    private static int niceness() throws Exception {
        String stat = Files.readString(Path.of("/proc/thread-self/stat"));
        return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[NICE]);
    }

    @Test
    void aVirtualThreadIsLeftAlone() throws Exception {
        FutureTask<Boolean> task = new FutureTask<>(ThreadNice::lower);
        Thread.ofVirtual().start(task);
        assertThat(task.get()).isFalse();
    }
}
