package io.innkeeper.arp;

import io.innkeeper.config.ArpConfig;
import io.innkeeper.service.Command;
import io.innkeeper.service.CommandResponse;
import io.innkeeper.service.Health;
import io.innkeeper.service.Service;
import io.innkeeper.service.ServiceException;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The service {@code arp}: opens what the scanner needs, and takes its commands. */
public final class ArpService implements Service {
    private static final long ANSWER_WITHIN_S = 10;
    private static final String COMMANDS = "get_devices, set_scan_interval, scan_now, get_status, pause, resume";
    private static final String UNLIMITED = "unlimited";
    private static final long FASTEST = 100_000;
    private static final long SHORTEST_S = 5;
    private static final long LONGEST_S = 86_400;
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

    /** The service. */
    public ArpService(Opener opener) {
        this.opener = opener;
    }

    @Override
    public void start(FailureListener listener) throws ServiceException {
        World opened = opener.open(listener);
        opened.scanner().start();
        world = opened;
    }

    /** Takes another configuration while it runs. */
    public void adjust(ArpConfig config) {
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
        return numbers;
    }

    private static Object rate(int rate) {
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
    public CommandResponse command(Command command) {
        World running = world;
        if (running == null) {
            return CommandResponse.error("the scanner does not run; 'arp' of the configuration starts it");
        }
        try {
            return command(running.scanner(), command);
        } catch (ServiceException e) {
            return CommandResponse.error(String.valueOf(e.getMessage()));
        }
    }

    private static CommandResponse command(ArpScanner scanner, Command command) throws ServiceException {
        return switch (command.name()) {
            case "get_devices" -> CommandResponse.success(devices(answer(scanner.roster())));
            case "set_scan_interval" -> interval(scanner, command);
            case "scan_now" -> scanNow(scanner, command);
            case "get_status" -> status(scanner);
            case "pause" -> pause(scanner, true);
            case "resume" -> pause(scanner, false);
            default -> CommandResponse.unknown(command, COMMANDS);
        };
    }

    private static Map<String, Object> devices(List<Roster.Entry> entries) {
        List<Map<String, Object>> devices = new ArrayList<>();
        entries.stream()
                .filter(entry -> entry.address() != null)
                .sorted(Comparator.comparing(entry -> Objects.requireNonNull(entry.address())))
                .forEach(entry -> {
                    Map<String, Object> device = new LinkedHashMap<>();
                    device.put("mac", entry.mac().toString());
                    device.put("ip", String.valueOf(entry.address()));
                    device.put("last_seen", entry.lastSeenMs() / SECOND_MS);
                    devices.add(device);
                });
        return Map.of("devices", devices);
    }

    private static CommandResponse interval(ArpScanner scanner, Command command) throws ServiceException {
        OptionalLong seconds = number(command, "interval", SHORTEST_S, LONGEST_S);
        if (seconds.isEmpty()) {
            return CommandResponse.error("set_scan_interval needs interval=, from " + SHORTEST_S + " to " + LONGEST_S
                    + " seconds, such as interval=30");
        }
        long nanos = Duration.ofSeconds(seconds.getAsLong()).toNanos();
        answer(scanner.wish(plan -> {
            ScanPlan.Settings now = plan.settings();
            plan.settings(new ScanPlan.Settings(now.rate(), nanos, now.sweep(), now.tries(), now.v6()));
            return true;
        }));
        return CommandResponse.success(Map.of("new_interval", seconds.getAsLong()));
    }

    /** Empty where the argument is missing or wrong. */
    private static OptionalLong number(Command command, String name, long least, long most) {
        String text = String.valueOf(command.args().get(name));
        if (!text.matches("[0-9]{1,9}(\\.0)?")) {
            return OptionalLong.empty();
        }
        long value = (long) Double.parseDouble(text);
        return value < least || value > most ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private static CommandResponse scanNow(ArpScanner scanner, Command command) throws ServiceException {
        Object asked = command.args().get("rate");
        boolean unlimited = UNLIMITED.equals(asked);
        OptionalLong wanted = unlimited ? OptionalLong.of(ScanPlan.UNLIMITED) : number(command, "rate", 1, FASTEST);
        if (asked != null && wanted.isEmpty()) {
            return CommandResponse.error(
                    "rate is a number of packets a second from 1 to " + FASTEST + ", or '" + UNLIMITED + "'");
        }
        return answer(scanner.wish(plan -> {
            if (plan.isPaused()) {
                return CommandResponse.error("the scanner is paused; 'resume' first");
            }
            long now = scanner.nowNanos();
            int rate = (int) wanted.orElse(plan.settings().rate());
            plan.scan(rate, now);
            return CommandResponse.success(Map.of("rate", rate(rate), "addresses", plan.addresses()));
        }));
    }

    private static CommandResponse status(ArpScanner scanner) throws ServiceException {
        ScanStatus status = scanner.status();
        ScanProgress scan = answer(scanner.wish(plan -> plan.progress(scanner.nowNanos())));
        Map<String, Object> numbers = numbers(status);
        numbers.put("scan", scan(scan));
        numbers.put("complaints", status.complaints());
        return CommandResponse.success(numbers);
    }

    private static CommandResponse pause(ArpScanner scanner, boolean pause) throws ServiceException {
        answer(scanner.wish(plan -> {
            if (pause) {
                plan.pause();
            } else {
                plan.resume();
            }
            return true;
        }));
        return CommandResponse.success(Map.of("paused", pause));
    }

    private static <T> T answer(Future<T> future) throws ServiceException {
        try {
            return future.get(ANSWER_WITHIN_S, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServiceException("interrupted while waiting for the scanner", e);
        } catch (ExecutionException e) {
            Throwable reason = Objects.requireNonNullElse(e.getCause(), e);
            throw new ServiceException(String.valueOf(reason.getMessage()), reason);
        } catch (TimeoutException e) {
            throw new ServiceException("the scanner did not answer within " + ANSWER_WITHIN_S + " seconds", e);
        }
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
