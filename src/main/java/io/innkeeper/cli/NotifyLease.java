package io.innkeeper.cli;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells a lease monitor what udhcpc or dibbler did: can stand as their script, or be called from it. */
@Command(
        name = "lease",
        mixinStandardHelpOptions = true,
        subcommands = {LeaseFlush.class, LeaseSpoolStatus.class},
        description = {
            "Tells a lease monitor what a DHCP client did. Takes the argument that the client gives its script, and its variables"
                    + " from the environment, as the plugins of the RDK manager do.",
            "With --spool the message is kept on the disk first, and leaves it when a monitor has stored it.",
            "packaging/plugins has scripts that do the same where there is no Java, without --spool."
        },
        footer = {
            "",
            "Exit codes: 0 stored, told, or kept in the spool (with a warning); 1 no monitor can take it, or it cannot be kept;"
                    + " 2 wrong command line; 3 no monitor was reached, and it is lost (without --spool)."
        })
final class NotifyLease implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before call()
    private CommandSpec spec;

    // Both are needed, but not before "flush" and "status".
    @Parameters(index = "0", arity = "0..1", paramLabel = "CLIENT", description = "udhcpc or dibbler.")
    private @Nullable String client;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "ACTION",
            description = "bound, renew, deconfig, …; add, update, expire, …")
    private @Nullable String action;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private MonitorOptions monitors;

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
        CommandLine line = spec.commandLine();
        if (client == null || action == null) {
            throw new ParameterException(line, "CLIENT and ACTION are missing, or flush, or status");
        }
        LeaseNotice notice = new LeaseNotice(client, action, monitors.targets(wait), octets, dryRun, json);
        try {
            return notice.run(variables.get(), line.getOut(), line.getErr());
        } catch (LeaseTargets.Senseless e) {
            throw new ParameterException(
                    line, Optional.ofNullable(e.getMessage()).orElse(""));
        } finally {
            line.getOut().flush();
            line.getErr().flush();
        }
    }
}
