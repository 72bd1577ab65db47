package io.innkeeper.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells a lease monitor what udhcpc or dibbler did: can stand as their script, or be called from it. */
@Command(
        name = "lease",
        mixinStandardHelpOptions = true,
        description = {
            "Tells a lease monitor what a DHCP client did. Takes the argument that the client gives its script, and its variables"
                    + " from the environment, as the plugins of the RDK manager do.",
            "packaging/plugins has scripts that do the same where there is no Java."
        })
final class NotifyLease implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before call()
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "CLIENT", description = "udhcpc or dibbler.")
    @SuppressWarnings("NullAway.Init")
    private String client;

    @Parameters(index = "1", paramLabel = "ACTION", description = "bound, renew, deconfig, …; add, update, expire, …")
    @SuppressWarnings("NullAway.Init")
    private String action;

    @Option(
            names = "--to",
            paramLabel = "ADDRESS",
            description =
                    "A monitor. Repeatable: the first that answers is told. Default: " + LeaseNotice.USUAL_MONITOR)
    private @Nullable List<String> to;

    @Option(
            names = "--wait",
            paramLabel = "DURATION",
            defaultValue = LeaseNotice.USUAL_WAIT,
            description = "How long to try. Default: " + LeaseNotice.USUAL_WAIT)
    @SuppressWarnings("NullAway.Init")
    private String wait;

    @Option(
            names = "--octets",
            paramLabel = "N",
            defaultValue = "1720",
            description =
                    "Which build of the manager to speak to: 1720 (default), 1712, 1464 or 1456 octets a message.")
    private int octets;

    @Option(names = "--dry-run", description = "Print the message and send nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print what became of it as JSON, for programs.")
    private boolean json;

    private final Supplier<Map<String, String>> variables;

    /** @param variables that the client gave */
    NotifyLease(Supplier<Map<String, String>> variables) {
        this.variables = variables;
    }

    @Override
    public Integer call() {
        LeaseNotice notice = new LeaseNotice(client, action, to == null ? List.of() : to, wait, octets, dryRun, json);
        CommandLine line = spec.commandLine();
        try {
            return notice.run(variables.get(), line.getOut(), line.getErr());
        } catch (LeaseNotice.Senseless e) {
            throw new ParameterException(
                    line, Optional.ofNullable(e.getMessage()).orElse(""));
        } finally {
            line.getOut().flush();
            line.getErr().flush();
        }
    }
}
