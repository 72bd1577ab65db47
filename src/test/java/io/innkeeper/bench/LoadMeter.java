package io.innkeeper.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/** Measures a part of a phase: time, completed exchanges, and what server and generator used meanwhile. */
public final class LoadMeter {
    /** From this part of a core on, a thread counts as the limit. */
    private static final double FULL = 0.9;

    private static final int THREADS_SHOWN = 6;

    private final long serverPid;
    private ProcessUsage server;
    private ProcessUsage generator;
    private long fromNs;
    private long from;

    /** The server's process; 0 where it is not known. */
    public LoadMeter(long serverPid) {
        this.serverPid = serverPid;
        server = ProcessUsage.of(serverPid);
        generator = server;
    }

    /** What was measured. */
    public record Measured(double perSecond, LoadReport.Use use) {}

    /** Begins to measure, when so many were completed. */
    public void start(long completed) {
        server = ProcessUsage.of(serverPid);
        generator = ProcessUsage.of(ProcessHandle.current().pid());
        from = completed;
        fromNs = System.nanoTime();
    }

    /** What was measured since the start, now that so many are completed. */
    public Measured stop(long completed) {
        long ns = Math.max(1, System.nanoTime() - fromNs);
        ProcessUsage serverNow = ProcessUsage.of(serverPid);
        ProcessUsage generatorNow = ProcessUsage.of(ProcessHandle.current().pid());
        long done = completed - from;
        double each = 1000.0 * Math.max(1, done);
        // A server that ended meanwhile, or was replaced, counts as if it had done nothing.
        double serverNs = Math.max(0, serverNow.total() - server.total());
        double generatorNs = generatorNow.total() - generator.total();
        double ticks = Math.max(1, serverNow.ticks() - server.ticks());
        double idle = (serverNow.idle() - server.idle())
                / ticks
                * Runtime.getRuntime().availableProcessors();
        LoadReport.Use use = new LoadReport.Use(
                serverNs / each,
                threads(serverNow, each),
                serverNs / ns,
                generatorNs / each,
                generatorNs / ns,
                idle,
                (serverNow.stolen() - server.stolen()) / ticks,
                serverNow.residentKb() / 1024.0,
                limit(serverNow.busiest(server) / (double) ns, generatorNow.busiest(generator) / (double) ns, idle));
        return new Measured(done * 1e9 / ns, use);
    }

    private Map<String, Double> threads(ProcessUsage now, double each) {
        Map<String, Double> threads = new LinkedHashMap<>();
        now.since(server).entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(THREADS_SHOWN)
                .filter(entry -> entry.getValue() > 0)
                .forEach(entry -> threads.put(entry.getKey(), entry.getValue() / each));
        return threads;
    }

    private static String limit(double server, double generator, double idle) {
        if (generator >= FULL) {
            return server >= FULL ? "server and generator" : "generator";
        }
        if (server >= FULL) {
            return "server";
        }
        return idle < 1 - FULL ? "cores" : "waiting";
    }
}
