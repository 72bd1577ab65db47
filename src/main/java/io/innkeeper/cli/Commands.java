package io.innkeeper.cli;

import io.innkeeper.config.ConfigResult;
import io.innkeeper.config.ConfigSources;
import io.innkeeper.view.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The root command and those that need no running server. */
@Command(
        name = "innkeeper",
        mixinStandardHelpOptions = true,
        versionProvider = Commands.VersionText.class,
        description = "Knows every guest of a network.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Exit codes: 0 done; 1 could not be done; 2 wrong command line; 3 no Innkeeper answers.",
            "First steps: 'innkeeper run' beside your dnsmasq, or 'innkeeper demo' without one."
        })
public final class Commands implements Runnable {
    private final Program program;
    private final Map<String, String> environment;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private Commands(Program program, Map<String, String> environment) {
        this.program = program;
        this.environment = environment;
    }

    /** The command line in the environment of this process. */
    public static CommandLine of(Program program) {
        return of(program, System.getenv(), () -> LeaseNotice.variables(System.getenv()));
    }

    /**
     * The command line; {@code execute} runs it and returns the exit code.
     *
     * @param environment the variables of the process
     */
    public static CommandLine of(Program program, Map<String, String> environment) {
        return of(program, environment, () -> environment);
    }

    /** @param client the variables as the kernel has them, for what is handed on octet for octet */
    private static CommandLine of(
            Program program, Map<String, String> environment, Supplier<Map<String, String>> client) {
        CommandLine line = new CommandLine(new Commands(program, environment));
        line.addSubcommand(new Leases());
        line.addSubcommand(new History());
        line.addSubcommand(new Reservations());
        line.addSubcommand(new Subnets());
        line.addSubcommand(new DnsCommand());
        line.addSubcommand(new Explain());
        line.addSubcommand(new Release());
        line.addSubcommand(new Exceptions());
        line.addSubcommand(new ShadowCommand());
        line.addSubcommand(new TakeoverCommand());
        line.addSubcommand(new DnsmasqCommand());
        line.addSubcommand(new Tr181());
        line.addSubcommand(new Devices());
        line.addSubcommand(new DeviceCommand());
        line.addSubcommand(new HostnameCommand(program, environment));
        line.addSubcommand(new Wake());
        line.addSubcommand(new InstallCommand());
        line.addSubcommand(new Events());
        line.addSubcommand(new Services());
        line.addSubcommand("command", new ServiceCommand());
        line.addSubcommand(new CommandLine(new Notify(environment)).addSubcommand(new NotifyLease(client)));
        return line;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    /** The version of the program. */
    static final class VersionText implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Commands.class.getPackage().getImplementationVersion();
            return new String[] {"Innkeeper " + (version == null ? "development" : version)};
        }
    }

    @Command(
            name = "run",
            mixinStandardHelpOptions = true,
            description = {
                "Watches the network and serves the page until it is told to stop.",
                "Without --config, innkeeper.yaml (.yml, .json, .ini) of the working directory is used where it exists."
            })
    int runProgram(
            @Option(
                            names = {"-c", "--config"},
                            paramLabel = "FILE",
                            description = "The configuration file.")
                    @Nullable
                    Path config,
            @Option(
                            names = {"-s", "--set"},
                            paramLabel = "KEY=VALUE",
                            description = "Sets one key, as in --set api.listen=127.0.0.1:9000. Repeatable.")
                    @Nullable
                    List<String> settings) {
        return program.run(config, settings == null ? List.of() : settings);
    }

    @Command(
            name = "demo",
            mixinStandardHelpOptions = true,
            description =
                    "Shows the page with a simulated network: needs no dnsmasq, no privileges, leaves nothing behind.")
    int demo(
            @Option(
                            names = "--devices",
                            paramLabel = "N",
                            defaultValue = "40",
                            description = "How many devices, 1 to 1000.")
                    int devices,
            @Option(
                            names = "--speed",
                            paramLabel = "X",
                            defaultValue = "1",
                            description = "How many times faster they come and go, 0.1 to 100.")
                    double speed,
            @Option(
                            names = {"-s", "--set"},
                            paramLabel = "KEY=VALUE",
                            description = "Sets one key, as for run.")
                    @Nullable
                    List<String> settings) {
        if (devices < 1 || devices > 1_000 || speed < 0.1 || speed > 100) {
            spec.commandLine().getErr().println("innkeeper: --devices is 1 to 1000, --speed 0.1 to 100");
            return ExitCode.USAGE;
        }
        return program.demo(devices, speed, settings == null ? List.of() : settings);
    }

    @Command(name = "aot-training", hidden = true, description = "Makes the cache that later starts use.")
    int training() {
        return program.training();
    }

    @Command(
            name = "check-config",
            mixinStandardHelpOptions = true,
            description = "Tells everything that is wrong with a configuration file; exit code 1 where anything is.")
    int checkConfig(
            @Parameters(paramLabel = "FILE", description = "The file.") Path file,
            @Option(
                            names = {"-s", "--set"},
                            paramLabel = "KEY=VALUE",
                            description = "As for run.")
                    @Nullable
                    List<String> settings,
            @Option(names = "--json", description = "Print the result as JSON.") boolean json) {
        ConfigSources sources = new ConfigSources(file, environment, settings == null ? List.of() : settings);
        ConfigResult result = sources.load(null);
        boolean valid = result instanceof ConfigResult.Valid;
        CommandLine line = spec.commandLine();
        if (json) {
            List<String> problems = result.text().lines().toList();
            line.getOut().println(Json.write(Map.of("valid", valid, "problems", problems)));
        } else if (!result.text().isEmpty()) {
            line.getErr().println(result.text());
        }
        if (!json && valid) {
            line.getOut().println(file + ": good");
        }
        return valid ? ExitCode.OK : ExitCode.FAILED;
    }
}
