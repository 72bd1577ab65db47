package io.innkeeper.peer;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code innkeeper run} as a process of its own. */
final class InnkeeperProcess implements AutoCloseable {
    private static final Pattern PAGE = Pattern.compile("The page is at (http://\\S+)");

    private final Process process;
    private final Path log;

    private InnkeeperProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts one; it may not serve yet.
     *
     * @param wrapper the command that runs it elsewhere, such as in a namespace; empty for here
     * @param folder where it runs and its console is kept, of the last start only
     * @param settings {@code key=value}, as for {@code --set}
     */
    static InnkeeperProcess start(List<String> wrapper, Path folder, List<String> settings) throws IOException {
        List<String> arguments = new ArrayList<>();
        settings.forEach(setting -> arguments.addAll(List.of("--set", setting)));
        return run(wrapper, folder, arguments);
    }

    /** Starts one with this configuration file. */
    static InnkeeperProcess configured(List<String> wrapper, Path folder, Path config) throws IOException {
        return run(wrapper, folder, List.of("--config", config.toString()));
    }

    private static InnkeeperProcess run(List<String> wrapper, Path folder, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(wrapper);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "io.innkeeper.Main",
                "run"));
        command.addAll(arguments);
        Path log = folder.resolve("innkeeper.log");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new InnkeeperProcess(process, log);
    }

    /** Where its page is, once it serves. */
    URI awaitPage() {
        await("innkeeper serves").atMost(30, SECONDS).until(() -> {
            if (!process.isAlive()) {
                throw new AssertionError("innkeeper ended by itself:\n" + Files.readString(log));
            }
            return PAGE.matcher(Files.readString(log)).find();
        });
        try {
            Matcher page = PAGE.matcher(Files.readString(log));
            return URI.create(page.find() ? page.group(1) : "");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** {@code kill -9}; returns when it is dead. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        Programs.end(process);
    }
}
