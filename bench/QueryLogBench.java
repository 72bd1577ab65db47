import io.innkeeper.config.ByteSize;
import io.innkeeper.config.DnsLog;
import io.innkeeper.config.DnsLogMode;
import io.innkeeper.dns.log.LogWorld;
import io.innkeeper.dns.log.QueryFilter;
import io.innkeeper.dns.log.QueryLog;
import io.innkeeper.dns.log.QueryStep;
import io.innkeeper.dns.log.QueryTape;
import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** How quickly the log takes rows, how large they are, and how quickly half a million of them are searched. */
public final class QueryLogBench {
    private static final int NAMES = 20_000;
    private static final int CLIENTS = 50;
    private static final int ROUND = 20_000;
    private static final int ROUNDS = 7;

    private final QueryTape tape = new QueryTape();
    private final List<byte[]> names = new ArrayList<>();
    private final Random random = new Random(1);
    private final QueryLog log;
    private volatile long nowMs = 1_767_268_800_000L;

    private QueryLogBench(Path folder) {
        for (int i = 0; i < NAMES; i++) {
            String host = List.of("www", "api", "cdn", "img", "telemetry").get(random.nextInt(5));
            names.add(
                    DnsName.of(host + ".s" + Integer.toHexString(random.nextInt()) + "." + (i % 3 == 0 ? "com" : "net"))
                            .wire());
        }
        LogWorld world = new LogWorld(
                () -> Instant.ofEpochMilli(nowMs), address -> MacAddress.parse("02:00:00:00:00:01"), seen -> {}, fault -> {});
        log = new QueryLog(folder, tape, world, new DnsLog(DnsLogMode.FULL, Duration.ofDays(30), new ByteSize(1L << 30)));
        log.names(List.of("ads"), List.of("9.9.9.9"));
    }

    /** Arguments: an empty folder, and how many rows. */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        int rows = Integer.parseInt(args[1]);
        QueryLogBench bench = new QueryLogBench(folder);
        bench.log.start();
        bench.fill(rows);
        bench.log.close();
        long bytes;
        try (var files = Files.list(folder)) {
            bytes = files.mapToLong(file -> file.toFile().length()).sum();
        }
        System.out.printf("on disk: %.1f octets a row%n", (double) bytes / rows);
        QueryLogBench again = new QueryLogBench(folder);
        again.nowMs = bench.nowMs;
        long begin = System.nanoTime();
        again.log.start();
        System.out.printf("opened in %.1f ms%n", (System.nanoTime() - begin) / 1e6);
        again.searches();
        again.log.close();
    }

    private void fill(int rows) {
        OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpu = process.getProcessCpuTime();
        long writing = 0;
        for (int done = 0; done < rows; done += ROUND) {
            long begin = System.nanoTime();
            for (int i = 0; i < ROUND; i++) {
                add();
            }
            writing += System.nanoTime() - begin;
            while (log.state().rows() + log.state().dropped() < done + ROUND) {
                tape.flush();
                LockSupport.parkNanos(1_000_000);
            }
        }
        System.out.printf(
                "the server: %.0f ns a row (with making it up); CPU of all: %.0f ns a row; dropped %d%n",
                (double) writing / rows, (double) (process.getProcessCpuTime() - cpu) / rows, tape.dropped());
    }

    private void add() {
        nowMs = nowMs + random.nextInt(40);
        double rank = random.nextDouble();
        byte[] name = names.get((int) (rank * rank * rank * NAMES));
        QueryStep step = random.nextInt(5) == 0 ? QueryStep.BLOCKED : QueryStep.CACHED;
        long client = 0xffff_c0a8_0100L + random.nextInt(CLIENTS);
        tape.add(nowMs, 0, client, name, 0, name.length, 1, 0, step, 0, random.nextInt(500), 0, 0);
    }

    private void searches() {
        measure("the newest 100", () -> QueryFilter.newest(100));
        measure("a text that is nowhere", () -> QueryFilter.newest(100).withText("nowhere"));
        measure("a text that is everywhere", () -> QueryFilter.newest(100).withText("www"));
        DnsName rare = DnsName.ofWire(names.getLast(), 0, names.getLast().length);
        measure("a rare name", () -> QueryFilter.newest(100).below(rare));
        measure("a step that never was", () -> QueryFilter.newest(100).answeredBy(QueryStep.FAILED));
        measure("a type that never was", () -> QueryFilter.newest(100).ofType(99));
        measure("a client that never was", () -> QueryFilter.newest(100).ofClient(IpAddress.parse("192.168.1.250").orElseThrow()));
        measure("a client, 10,000 rows", () -> QueryFilter.newest(10_000).ofClient(IpAddress.parse("192.168.1.7").orElseThrow()));
    }

    private void measure(String what, Supplier<QueryFilter> filter) {
        double[] ms = new double[ROUNDS];
        int found = 0;
        for (int i = 0; i < ROUNDS; i++) {
            long begin = System.nanoTime();
            found = log.search(filter.get()).rows().size();
            ms[i] = (System.nanoTime() - begin) / 1e6;
        }
        double first = ms[0];
        Arrays.sort(ms);
        System.out.printf("%-28s %6d rows, %7.1f ms (first %.1f)%n", what, found, ms[ROUNDS / 2], first);
    }
}
