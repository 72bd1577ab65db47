package io.innkeeper.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@link DnsLoad} as a program: one line of JSON for each phase. Its exit status is 1 where a phase with {@code hits} or
 * {@code blocked} saw a wrong answer.
 */
public final class DnsLoadMain {
    private static final String USAGE = """
            usage: DnsLoadMain --server ADDRESS[:PORT] --local ADDRESS[:PORT] [OPTION VALUE]… PHASE…
              --pid PID        the server's process, for its CPU time and memory
              --names N        how many names exist (10000)
              --blocked N      how many names are blocked (1000000)
              --edns true      with an OPT record
            or:    DnsLoadMain write FILE ZONE N FORMAT     a file with a line for each name of the zone known or blocked,
                                                            by a format of Java with the name and its address
            PHASE is MODE[:KEY=VALUE,…] with the modes each, hits, blocked, await, and the keys seconds, window, rate (a second,
            or such as 50% of the mode's last full rate), name, blocked (true: await waits for a blocked name).""";

    private DnsLoadMain() {}

    /** See {@link #USAGE}. */
    public static void main(String[] args) throws IOException {
        if (args.length == 5 && args[0].equals("write")) {
            write(Path.of(args[1]), args[2], Integer.parseInt(args[3]), args[4]);
            return;
        }
        Map<String, String> options = new HashMap<>();
        List<DnsPhase> phases = new ArrayList<>();
        try {
            read(args, options, phases);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n" + USAGE);
            System.exit(2);
        }
        System.exit(run(options, phases) ? 0 : 1);
    }

    private static void write(Path file, String zone, int count, String format) throws IOException {
        DnsPackets.Zone names = zone.equals("known") ? DnsPackets.KNOWN : DnsPackets.BLOCKED;
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(format.formatted(names.name(i), LoadTarget.text(DnsPackets.FIRST_ADDRESS + i)));
            text.append('\n');
        }
        Files.writeString(file, text);
    }

    private static void read(String[] args, Map<String, String> options, List<DnsPhase> phases) {
        for (int i = 0; i < args.length; i++) {
            if (args[i].startsWith("--") && i + 1 < args.length) {
                options.put(args[i], args[++i]);
            } else {
                phases.add(DnsPhase.parse(args[i]));
            }
        }
        if (phases.isEmpty() || !options.containsKey("--server") || !options.containsKey("--local")) {
            throw new IllegalArgumentException("Server, local address and a phase are needed.");
        }
    }

    private static LoadTarget target(Map<String, String> options) {
        String[] server = options.getOrDefault("--server", "").split(":", 2);
        String[] local = options.getOrDefault("--local", "").split(":", 2);
        int from = LoadTarget.address(local[0]);
        return new LoadTarget(
                LoadTarget.address(server[0]),
                server.length > 1 ? Integer.parseInt(server[1]) : 53,
                from,
                local.length > 1 ? Integer.parseInt(local[1]) : 0,
                from,
                1000,
                1,
                0,
                Long.parseLong(options.getOrDefault("--pid", "0")));
    }

    private static boolean run(Map<String, String> options, List<DnsPhase> phases) throws IOException {
        int names = Integer.parseInt(options.getOrDefault("--names", "10000"));
        int blocked = Integer.parseInt(options.getOrDefault("--blocked", "1000000"));
        boolean good = true;
        try (DnsLoad load = new DnsLoad(target(options), names, blocked, Boolean.parseBoolean(options.get("--edns")))) {
            System.err.println("ready");
            for (DnsPhase phase : phases) {
                DnsReport report = load.run(phase);
                System.out.println(report.json());
                boolean counts = phase.mode() == DnsPhase.Mode.HITS || phase.mode() == DnsPhase.Mode.BLOCKED;
                good &= !counts || report.answers().wrong() == 0;
            }
        }
        return good;
    }
}
