package io.innkeeper.bench.rdk;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@link LeaseLoad} as a program: one line of JSON for each phase. Its exit status is 1 where events were missing, came twice or in
 * disorder.
 */
public final class LeaseLoadMain {
    private static final String USAGE = """
            usage: LeaseLoadMain --port PORT [OPTION VALUE]… PHASE…
              --pid PID          the process that hears, for its CPU time and memory
              --interfaces N     of how many interfaces messages are (8)
              --mix MIX          renewed, mixed (mixed)
              --api PORT         follow the events of an Innkeeper whose page is there
            PHASE is MODE[:KEY=VALUE,…] with the modes stream, single, and the keys seconds, rate (a second, or such as 50% of the
            last full rate), name.""";

    /** Each message makes one of these, or two; others would only be read past. */
    private static final String EVENTS = "/api/v1/events?type=lease.added,lease.renewed,lease.changed";

    private LeaseLoadMain() {}

    /** See {@link #USAGE}. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Map<String, String> options = new HashMap<>();
        List<LeasePhase> phases = new ArrayList<>();
        try {
            read(args, options, phases);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n" + USAGE);
            System.exit(2);
        }
        System.exit(run(options, phases) ? 0 : 1);
    }

    private static void read(String[] args, Map<String, String> options, List<LeasePhase> phases) {
        for (int i = 0; i < args.length; i++) {
            if (args[i].startsWith("--") && i + 1 < args.length) {
                options.put(args[i], args[++i]);
            } else {
                phases.add(LeasePhase.parse(args[i]));
            }
        }
        if (phases.isEmpty() || !options.containsKey("--port")) {
            throw new IllegalArgumentException("A port and a phase are needed.");
        }
    }

    private static boolean run(Map<String, String> options, List<LeasePhase> phases)
            throws IOException, InterruptedException {
        int interfaces = Integer.parseInt(options.getOrDefault("--interfaces", "8"));
        Messages.Mix mix =
                Messages.Mix.valueOf(options.getOrDefault("--mix", "mixed").toUpperCase(Locale.ROOT));
        long pid = Long.parseLong(options.getOrDefault("--pid", "0"));
        String api = options.get("--api");
        boolean good = true;
        try (Follower follower = api == null ? null : new Follower(local(api), EVENTS, interfaces);
                LeaseLoad load = new LeaseLoad(
                        local(options.getOrDefault("--port", "")), new Messages(mix, interfaces), pid, follower)) {
            for (LeasePhase phase : phases) {
                LeaseReport report = load.run(phase);
                System.out.println(report.json());
                good &= !report.counts().bad();
            }
        }
        return good;
    }

    private static InetSocketAddress local(String port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port));
    }
}
