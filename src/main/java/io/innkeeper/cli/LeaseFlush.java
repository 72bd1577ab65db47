package io.innkeeper.cli;

import io.innkeeper.cli.LeaseTargets.Senseless;
import io.innkeeper.io.Signals;
import io.innkeeper.tell.FlushOutcome;
import io.innkeeper.tell.MonitorStatus;
import io.innkeeper.tell.SpoolSender;
import io.innkeeper.tell.spool.Spool;
import io.innkeeper.tell.spool.Tally;
import io.innkeeper.view.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Sends what waits in a spool. */
@Command(
        name = "flush",
        mixinStandardHelpOptions = true,
        description = "Sends what waits in a spool.",
        footer = {
            "",
            "Exit codes: 0 nothing waits; 1 a monitor refused something, or the spool cannot be used; 3 something still waits."
        })
final class LeaseFlush implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before call()
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private MonitorOptions monitors;

    @Option(
            names = "--wait",
            paramLabel = "DURATION",
            defaultValue = "30s",
            description = "How long to try. Default: 30s")
    @SuppressWarnings("NullAway.Init")
    private String wait;

    @Option(
            names = "--follow",
            description = "Go on, and send what others append, until SIGTERM or SIGINT. They need not connect then.")
    private boolean follow;

    @Option(names = "--json", description = "Print the outcome as JSON, for programs.")
    private boolean json;

    @Override
    public Integer call() {
        CommandLine line = spec.commandLine();
        try {
            return run(line.getOut(), line.getErr());
        } catch (Senseless e) {
            throw new ParameterException(line, Objects.requireNonNullElse(e.getMessage(), ""));
        } finally {
            line.getOut().flush();
            line.getErr().flush();
        }
    }

    private int run(PrintWriter out, PrintWriter err) throws Senseless {
        SpoolSender sender = monitors.targets(wait).spoolSender(follow, new DeliveryProgress(err));
        String spool = Objects.requireNonNull(monitors.spool());
        if (!follow && !Spool.isIn(Path.of(spool))) {
            err.println("innkeeper: there is no spool in " + spool);
            return ExitCode.FAILED;
        }
        try {
            Optional<FlushOutcome> outcome = follow ? sender.follow(LeaseFlush::onSignal) : Optional.of(sender.flush());
            if (outcome.isEmpty()) {
                err.println("innkeeper: another process sends from this spool");
                return ExitCode.FAILED;
            }
            return told(outcome.get(), out, err);
        } catch (IOException e) {
            err.println("innkeeper: " + spool + ": " + e.getMessage());
            return ExitCode.FAILED;
        }
    }

    private static void onSignal(Runnable stop) {
        Signals.on("TERM", stop);
        Signals.on("INT", stop);
    }

    private int told(FlushOutcome outcome, PrintWriter out, PrintWriter err) {
        Tally ended = outcome.ended();
        if (json) {
            out.println(Json.write(asJson(outcome)));
        } else {
            out.println(LeaseTally.text(ended) + outcome.waiting() + " waiting");
        }
        if (outcome.waiting() > 0 && !follow) {
            for (MonitorStatus monitor : outcome.monitors()) {
                if (!monitor.why().isEmpty()) {
                    err.println("innkeeper: " + monitor.address() + ": " + monitor.why());
                }
            }
            return ExitCode.UNREACHABLE;
        }
        return ended.rejected() > 0 ? ExitCode.FAILED : ExitCode.OK;
    }

    private static Map<String, Object> asJson(FlushOutcome outcome) {
        Map<String, Object> answer = new LinkedHashMap<>(LeaseTally.json(outcome.ended()));
        answer.put("waiting", outcome.waiting());
        answer.put("monitors", outcome.monitors());
        return answer;
    }
}
