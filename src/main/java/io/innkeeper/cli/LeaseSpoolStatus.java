package io.innkeeper.cli;

import io.innkeeper.tell.spool.Entry;
import io.innkeeper.tell.spool.LaneView;
import io.innkeeper.tell.spool.Spool;
import io.innkeeper.tell.spool.SpoolBook;
import io.innkeeper.tell.spool.SpoolLimits;
import io.innkeeper.tell.spool.Tally;
import io.innkeeper.view.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what waits in a spool. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Shows what waits in a spool, and what became of the rest.")
final class LeaseSpoolStatus implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before call()
    private CommandSpec spec;

    @Option(names = "--spool", paramLabel = "DIR", required = true, description = "The folder.")
    @SuppressWarnings("NullAway.Init")
    private Path spool;

    @Option(names = "--json", description = "Print it as JSON, for programs.")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try {
            if (!Spool.isIn(spool)) {
                err.println("innkeeper: there is no spool in " + spool);
                return ExitCode.FAILED;
            }
            Spool open = Spool.in(spool, SpoolLimits.USUAL, new SecureRandom(), InstantSource.system());
            show(open, out);
            return ExitCode.OK;
        } catch (IOException e) {
            err.println("innkeeper: " + spool + ": " + e.getMessage());
            return ExitCode.FAILED;
        } finally {
            out.flush();
            err.flush();
        }
    }

    private void show(Spool open, PrintWriter out) throws IOException {
        List<LaneView> lanes = open.ask(SpoolBook::lanes);
        int waiting = open.ask(SpoolBook::messages);
        Tally tally = open.ask(SpoolBook::tally);
        if (json) {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("sender", open.sender().toString());
            answer.put("waiting", waiting);
            answer.putAll(LeaseTally.json(tally));
            answer.put(
                    "interfaces", lanes.stream().map(LeaseSpoolStatus::asJson).toList());
            out.println(Json.write(answer));
            return;
        }
        Table table = new Table("INTERFACE", "WAITING", "SINCE", "LAST", "STORED", "REJECTED", "TOLD");
        List<String> rejections = new ArrayList<>();
        for (LaneView lane : lanes) {
            Entry.Waiting oldest = lane.oldest();
            table.row(
                    lane.interfaceName(),
                    String.valueOf(lane.waiting()),
                    oldest == null ? "-" : Remaining.clock(at(oldest.said().atMs())),
                    String.valueOf(lane.last()),
                    String.valueOf(lane.tally().stored() + lane.tally().duplicate()),
                    String.valueOf(lane.tally().rejected()),
                    String.valueOf(lane.tally().told()));
            lane.rejections().forEach(end -> rejections.add(rejection(end)));
        }
        out.print(table.text());
        rejections.forEach(out::println);
        out.println(LeaseTally.text(tally) + waiting + " waiting");
    }

    private static Instant at(long ms) {
        return Instant.ofEpochMilli(ms);
    }

    private static String rejection(Entry.Ended end) {
        return end.interfaceName() + " " + end.sequence() + " was rejected: " + end.reason();
    }

    private static Map<String, @Nullable Object> asJson(LaneView lane) {
        Map<String, @Nullable Object> one = new LinkedHashMap<>();
        Entry.Waiting oldest = lane.oldest();
        one.put("interface", lane.interfaceName());
        one.put("waiting", lane.waiting());
        one.put("since", oldest == null ? null : at(oldest.said().atMs()).toString());
        one.put("last", lane.last());
        one.putAll(LeaseTally.json(lane.tally()));
        one.put(
                "rejections",
                lane.rejections().stream()
                        .map(end -> Map.of(
                                "sequence",
                                end.sequence(),
                                "reason",
                                end.reason(),
                                "at",
                                at(end.atMs()).toString()))
                        .toList());
        return one;
    }
}
