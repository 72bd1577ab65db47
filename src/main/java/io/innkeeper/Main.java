package io.innkeeper;

import io.innkeeper.cli.Commands;
import io.innkeeper.cli.ExitCode;
import io.innkeeper.cli.Program;
import io.innkeeper.cli.QuickCommand;
import io.innkeeper.config.Config;
import io.innkeeper.config.ConfigSources;
import io.innkeeper.demo.DemoDnsmasq;
import io.innkeeper.demo.DemoUplink;
import io.innkeeper.io.Signals;
import io.innkeeper.ops.LogSetup;
import io.innkeeper.tell.push.PushSender;
import io.innkeeper.view.HostNameView;
import io.innkeeper.wire.rdk.SpAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Arguments → configuration → {@link App} → wait for a signal. */
public final class Main implements Program {
    private static final long DEMO_SEED = 20_261_121;

    /** The socket at which the uplink of the demonstration tells of its leases. */
    private static final String UPLINKS = "uplinks.sock";

    /** How long it waits for the program to start. */
    private static final Duration DEMO_PATIENCE = Duration.ofSeconds(5);

    /** Open once a signal asks the program to end. */
    private final CountDownLatch ended = new CountDownLatch(1);

    /** Open when everything is closed and tidied away: the JVM may end. */
    private final CountDownLatch finished = new CountDownLatch(1);

    private Main() {}

    /** The entry point. */
    public static void main(String[] arguments) {
        Main program = new Main();
        try {
            int exitCode = RunArguments.parse(arguments)
                    .map(run -> program.run(run.config(), run.settings()))
                    .orElseGet(() -> QuickCommand.execute(arguments)
                            .orElseGet(() -> Commands.of(program).execute(arguments)));
            System.out.flush();
            System.err.flush();
            if (program.ended.getCount() > 0) {
                // Not exit(): that would load the logging system only to say that the program ends.
                Runtime.getRuntime().halt(exitCode);
            }
        } finally {
            program.finished.countDown(); // a signal ends the JVM, with a code of its own
        }
    }

    @Override
    public Optional<HostNameView> hostName(
            Config config, String mac, @Nullable String hostname, @Nullable String address) {
        return NameSketch.of(config, mac, hostname, address);
    }

    @Override
    public int run(@Nullable Path config, List<String> settings) {
        String variable = System.getenv("INNKEEPER_CONFIG");
        Path named = config == null && variable != null && !variable.isEmpty() ? Path.of(variable) : config;
        Path file = named == null ? ConfigSources.find(Path.of("")).orElse(null) : named;
        return serve(new ConfigSources(file, System.getenv(), settings), false);
    }

    private int serve(ConfigSources sources, boolean demo) {
        // The JVM ends when its hooks have: this one lets the main thread close everything first.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            ended.countDown();
            await(finished);
        }));
        try (LogSetup log = LogSetup.ofProcess()) {
            log.logUncaught();
            try (App app = new App(sources, demo, log)) {
                Signals.on("HUP", app::reload);
                app.start();
                await(ended);
            }
            return ExitCode.OK;
        } catch (StartException e) {
            System.err.println(e.getMessage());
            return ExitCode.FAILED;
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public int demo(int devices, double speed, List<String> settings) {
        return inTemporaryFolder(folder -> {
            try (DemoDnsmasq dnsmasq =
                            new DemoDnsmasq(folder, devices, speed, new Random(DEMO_SEED), InstantSource.system());
                    DemoUplink uplink = demoUplink(folder, speed)) {
                dnsmasq.start();
                uplink.start();
                List<String> all = new ArrayList<>(List.of("lease-monitor.listen=ipc://" + folder.resolve(UPLINKS)));
                all.addAll(settings);
                return serve(demoSources(folder, dnsmasq, all), true);
            }
        });
    }

    private static DemoUplink demoUplink(Path folder, double speed) {
        List<SpAddress> monitor =
                SpAddress.parse("ipc://" + folder.resolve(UPLINKS)).stream().toList();
        return new DemoUplink(message -> new PushSender(monitor, DEMO_PATIENCE).send(message), speed);
    }

    private static ConfigSources demoSources(Path folder, DemoDnsmasq dnsmasq, List<String> settings) {
        List<String> all = new ArrayList<>(List.of(
                "store=sqlite:" + folder.resolve("demo.db"),
                "dnsmasq.name=demo",
                "dnsmasq.leases=" + dnsmasq.leases(),
                "dnsmasq.config=" + dnsmasq.config(),
                // Its leases are short, too: who leaves is gone soon enough to be seen going.
                "devices.presence.idle-after=2m",
                "devices.presence.offline-after=3m",
                "devices.presence.probe.tries=3",
                "devices.presence.probe.spacing=10s"));
        all.addAll(settings);
        return new ConfigSources(null, System.getenv(), all);
    }

    /** Something that needs a folder of its own for a while. */
    private interface Work {
        int in(Path folder) throws IOException;
    }

    private static int inTemporaryFolder(Work work) {
        try {
            Path folder = Files.createTempDirectory("innkeeper-");
            try {
                return work.in(folder);
            } finally {
                remove(folder);
            }
        } catch (IOException e) {
            System.err.println("innkeeper: no temporary folder: " + e.getMessage());
            return ExitCode.FAILED;
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    @Override
    public int training() {
        return inTemporaryFolder(folder -> {
            try (LogSetup log = LogSetup.ofProcess();
                    DemoDnsmasq dnsmasq =
                            new DemoDnsmasq(folder, 40, 20, new Random(DEMO_SEED), InstantSource.system())) {
                dnsmasq.start();
                DhcpTraining dhcp = new DhcpTraining();
                List<String> settings =
                        new ArrayList<>(List.of("api.listen=127.0.0.1:0", "api.grpc=off", "log.level=warn"));
                settings.addAll(dhcp.settings());
                try (App app = new App(demoSources(folder, dnsmasq, settings), true, log)) {
                    app.start();
                    dhcp.visit();
                    Training.visit(app.uri());
                }
                dhcp.read(folder);
                return ExitCode.OK;
            } catch (StartException e) {
                System.err.println(e.getMessage());
                return ExitCode.FAILED;
            }
        });
    }
}
