import io.innkeeper.arp.ArpFinding;
import io.innkeeper.arp.ArpScanner;
import io.innkeeper.arp.ArpStatistics;
import io.innkeeper.arp.Hearing;
import io.innkeeper.arp.HearingSink;
import io.innkeeper.arp.ScanPlan;
import io.innkeeper.arp.ScanProgress;
import io.innkeeper.arp.ScanWorld;
import io.innkeeper.config.ArpConfig;
import io.innkeeper.io.Gateways;
import io.innkeeper.io.LinuxLinkPort;
import io.innkeeper.io.LocalNetworks;
import io.innkeeper.io.NeighborTable;
import io.innkeeper.io.PacketFilter;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * The scanner alone: scans of the subnets of an interface, one after another, each in one line; then how much of a core it
 * takes with nothing but its routine.
 */
public final class ScanBench {
    private static final double SECOND = 1e9;
    private static final long SETTLE_S = 10;

    private ScanBench() {}

    /** Arguments: interface, rate or "unlimited", number of scans, seconds of rest. */
    public static void main(String[] args) throws Exception {
        int rate = args[1].equals("unlimited") ? ScanPlan.UNLIMITED : Integer.parseInt(args[1]);
        ArpConfig config = new ArpConfig(
                List.of(args[0]),
                List.of(),
                Duration.ofSeconds(60),
                Duration.ofMinutes(10),
                rate,
                3,
                true,
                List.of(),
                List.of());
        LinuxLinkPort port = LinuxLinkPort.open(List.of(PacketFilter.arp(), PacketFilter.neighborDiscovery()), 0);
        try (NeighborTable table = NeighborTable.open()) {
            ScanWorld world = new ScanWorld(
                    port, table::read, LocalNetworks::read, Gateways::read, System::nanoTime, InstantSource.system());
            try (ArpScanner scanner = new ArpScanner(
                    world, config, new Nobody(), ScanBench::told, new Nothing(), Throwable::printStackTrace)) {
                scanner.start();
                for (int scan = 1; scan <= Integer.parseInt(args[2]); scan++) {
                    scan(scanner, rate, scan);
                }
                rest(scanner, Long.parseLong(args[3]));
            }
        }
    }

    private static void told(ArpFinding finding) {
        System.err.println(finding);
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static void scan(ArpScanner scanner, int rate, int number) throws Exception {
        long cpu = cpuNanos();
        if (number > 1) {
            scanner.wish(plan -> {
                        plan.scan(rate, scanner.nowNanos());
                        return true;
                    })
                    .get();
        }
        ScanProgress progress;
        do {
            Thread.sleep(20);
            progress = scanner.wish(plan -> plan.progress(scanner.nowNanos())).get();
        } while (progress.running() || progress.addresses() == 0);
        double seconds = progress.nanos() / SECOND;
        System.out.printf(
                "innkeeper %d found %d missed %d seconds %.2f cpu %.2f asked %d a-second %.0f%n",
                number,
                progress.found(),
                progress.addresses() - progress.found(),
                seconds,
                (cpuNanos() - cpu) / SECOND,
                progress.asked(),
                progress.asked() / seconds);
    }

    private static void rest(ArpScanner scanner, long seconds) throws Exception {
        if (seconds == 0) {
            return;
        }
        scanner.wish(plan -> {
                    ScanPlan.Settings now = plan.settings();
                    plan.settings(new ScanPlan.Settings(20, now.interval(), now.sweep(), now.tries(), now.v6()));
                    return true;
                })
                .get();
        Thread.sleep(Duration.ofSeconds(SETTLE_S)); // the compiler has its work to do after the scans
        long cpu = cpuNanos();
        Thread.sleep(Duration.ofSeconds(seconds));
        System.out.printf("idle %.2f %% of a core%n", (cpuNanos() - cpu) / SECOND / seconds * 100);
    }

    private static final class Nobody implements HearingSink {
        @Override
        public void heard(List<Hearing> batch) {
            // The scanner alone is measured.
        }

        @Override
        public void silent(MacAddress mac, IpAddress address) {
            // As above.
        }
    }

    private static final class Nothing implements ArpStatistics {
        @Override
        public void sent(int sent, int failed) {
            if (failed > 0) {
                System.err.println("not sent: " + failed);
            }
        }

        @Override
        public void heard(Hearing.Kind kind) {
            // As above.
        }

        @Override
        public void malformed() {
            System.err.println("malformed");
        }
    }
}
