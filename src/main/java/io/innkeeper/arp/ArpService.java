package io.innkeeper.arp;

import io.innkeeper.config.ArpConfig;
import io.innkeeper.service.Health;
import io.innkeeper.service.OwnCommand;
import io.innkeeper.service.Service;
import io.innkeeper.service.ServiceException;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The service {@code arp}: opens what the scanner needs, and takes its commands. */
public final class ArpService implements Service {
    private static final String UNLIMITED = "unlimited";
    private static final double SECOND_MS = 1_000;
    private static final double SECOND_NANOS = 1e9;
    private static final int PERCENT = 100;

    /** Makes what the scanner needs of the world. */
    @FunctionalInterface
    public interface Opener {
        /**
         * Opens a scanner, which is not started.
         *
         * @throws ServiceException if something cannot be had; the message says what to do
         */
        World open(FailureListener listener) throws ServiceException;
    }

    /** What was opened. */
    public interface World extends AutoCloseable {
        /** The scanner. */
        ArpScanner scanner();

        /** Closes the scanner and gives everything back. */
        @Override
        void close();
    }

    private final Opener opener;
    private volatile @Nullable World world;

    /** The newest configuration of which it was told: what was opened before may have an older one. */
    private volatile @Nullable ArpConfig wanted;

    /** The service. */
    public ArpService(Opener opener) {
        this.opener = opener;
    }

    @Override
    public void start(FailureListener listener) throws ServiceException {
        World opened = opener.open(listener);
        opened.scanner().start();
        world = opened;
        ArpConfig newer = wanted;
        if (newer != null) {
            opened.scanner().config(newer);
        }
    }

    /** Takes another configuration while it runs, or as soon as it does. */
    public void adjust(ArpConfig config) {
        wanted = config;
        World running = world;
        if (running != null) {
            running.scanner().config(config);
        }
    }

    /** See {@link ArpScanner#ask}; false where it does not run. */
    public boolean ask(MacAddress mac, IpAddress address, int tries) {
        World running = world;
        return running != null && running.scanner().ask(mac, address, tries);
    }

    /** See {@link ArpScanner#reaches}; false where it does not run. */
    public boolean reaches(IpAddress address) {
        World running = world;
        return running != null && running.scanner().reaches(address);
    }

    @Override
    public Health health() {
        World running = world;
        if (running == null) {
            return new Health(Health.Level.FAILED, "does not run", Map.of());
        }
        ScanStatus status = running.scanner().status();
        if (!status.complaints().isEmpty()) {
            return new Health(Health.Level.DEGRADED, String.join("; ", status.complaints()), numbers(status));
        }
        String doing = status.paused() ? "paused; listens on " : "on ";
        return new Health(
                Health.Level.OK,
                doing + String.join(", ", status.interfaces()) + ": " + status.known() + " of " + status.addresses()
                        + " addresses are in use",
                numbers(status));
    }

    private static Map<String, Object> numbers(ScanStatus status) {
        Map<String, Object> numbers = new LinkedHashMap<>();
        numbers.put("interfaces", status.interfaces());
        numbers.put("addresses", status.addresses());
        numbers.put("found", status.known());
        numbers.put("rate", rate(status.rate()));
        numbers.put("interval", status.intervalMs() / SECOND_MS);
        numbers.put("paused", status.paused());
        numbers.put("sent", status.sent());
        numbers.put("lost", status.lost());
        numbers.put("scan", scan(status.scan()));
        numbers.put("complaints", status.complaints());
        return numbers;
    }

    static Object rate(int rate) {
        return rate == ScanPlan.UNLIMITED ? UNLIMITED : rate;
    }

    private static Map<String, Object> scan(ScanProgress scan) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("running", scan.running());
        shown.put("percent", Math.floor(scan.done() * PERCENT));
        shown.put("addresses", scan.addresses());
        shown.put("asked", scan.asked());
        shown.put("found", scan.found());
        shown.put("seconds", scan.nanos() / SECOND_NANOS);
        return shown;
    }

    @Override
    public List<OwnCommand> commands() {
        return new ArpCommands(() -> {
                    World running = world;
                    if (running == null) {
                        throw new ServiceException("the scanner does not run; see get_status");
                    }
                    return running.scanner();
                })
                .all();
    }

    @Override
    public void close() {
        World running = world;
        world = null;
        if (running != null) {
            running.close();
        }
    }
}
