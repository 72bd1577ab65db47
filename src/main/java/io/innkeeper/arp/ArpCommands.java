package io.innkeeper.arp;

import io.innkeeper.service.Answers;
import io.innkeeper.service.ArgumentSpec;
import io.innkeeper.service.ArgumentType;
import io.innkeeper.service.Arguments;
import io.innkeeper.service.CommandResponse;
import io.innkeeper.service.CommandSpec;
import io.innkeeper.service.OwnCommand;
import io.innkeeper.service.ServiceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Future;

/** What the roll call can be told. */
final class ArpCommands {
    private static final double SECOND_MS = 1_000;

    private static final CommandSpec DEVICES = CommandSpec.of(
            "get_devices",
            "Tells which devices were heard, with their IPv4 addresses.",
            "devices: mac, ip, last_seen (seconds since 1970, with fractions)");
    private static final CommandSpec INTERVAL = CommandSpec.of(
                    "set_scan_interval",
                    "Sets how often known hosts are asked, until the next change of the configuration.",
                    "new_interval: seconds")
            .taking(ArgumentSpec.required("interval", ArgumentType.INTEGER, "Seconds.")
                    .range(5, 86_400));
    private static final CommandSpec SCAN = CommandSpec.of(
                    "scan_now",
                    "Asks for every address now. How far it is: get_status.",
                    "rate: packets a second or unlimited; addresses: how many are asked for")
            .taking(
                    ArgumentSpec.optional(
                                    "rate", ArgumentType.INTEGER, "Packets a second, otherwise the configured rate.")
                            .range(1, 100_000),
                    ArgumentSpec.optional(
                                    "unlimited",
                                    ArgumentType.BOOLEAN,
                                    "As quickly as it goes, for measuring: a switch may take it for an attack.")
                            .otherwise("false"));
    private static final CommandSpec PAUSE =
            CommandSpec.of("pause", "Asks nobody any more; listens on.", "paused: true");
    private static final CommandSpec RESUME = CommandSpec.of("resume", "Asks again.", "paused: false");

    /** The scanner as it runs now. */
    interface Running {
        /** @throws ServiceException if it does not */
        ArpScanner scanner() throws ServiceException;
    }

    private final Running running;

    ArpCommands(Running running) {
        this.running = running;
    }

    List<OwnCommand> all() {
        return List.of(
                new OwnCommand(
                        DEVICES,
                        _ -> CommandResponse.success(
                                devices(answer(running.scanner().roster())))),
                new OwnCommand(INTERVAL, this::interval),
                new OwnCommand(SCAN, this::scanNow),
                new OwnCommand(PAUSE, _ -> pause(true)),
                new OwnCommand(RESUME, _ -> pause(false)));
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

    private CommandResponse interval(Arguments arguments) throws ServiceException {
        long seconds = arguments.get("interval", Long.class);
        long nanos = Duration.ofSeconds(seconds).toNanos();
        answer(running.scanner().wish(plan -> {
            ScanPlan.Settings now = plan.settings();
            plan.settings(new ScanPlan.Settings(now.rate(), nanos, now.sweep(), now.tries(), now.v6()));
            return true;
        }));
        return CommandResponse.success(Map.of("new_interval", seconds));
    }

    private CommandResponse scanNow(Arguments arguments) throws ServiceException {
        boolean unlimited = arguments.get("unlimited", Boolean.class);
        ArpScanner scanner = running.scanner();
        return answer(scanner.wish(plan -> {
            if (plan.isPaused()) {
                return CommandResponse.serviceError("the scanner is paused; 'resume' first");
            }
            int usual = plan.settings().rate();
            int rate = unlimited
                    ? ScanPlan.UNLIMITED
                    : arguments.find("rate", Long.class).map(Math::toIntExact).orElse(usual);
            plan.scan(rate, scanner.nowNanos());
            return CommandResponse.success(Map.of("rate", ArpService.rate(rate), "addresses", plan.addresses()));
        }));
    }

    private CommandResponse pause(boolean pause) throws ServiceException {
        answer(running.scanner().wish(plan -> {
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
        return Answers.of(future, "the scanner");
    }
}
