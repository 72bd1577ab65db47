package io.innkeeper.cli;

import io.innkeeper.config.DurationText;
import io.innkeeper.tell.Balance;
import io.innkeeper.tell.DeliveryPlan;
import io.innkeeper.tell.MonitorAddress;
import io.innkeeper.tell.SharedKey;
import io.innkeeper.tell.SpoolSender;
import io.innkeeper.tell.push.LeaseSender;
import io.innkeeper.tell.push.PushSender;
import io.innkeeper.tell.spool.SpoolLimits;
import io.innkeeper.wire.rdk.SpAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Whom {@code notify lease} tells, as the command line says it.
 *
 * @param to monitors, in the order they are tried
 * @param keys {@code ID:FILE}
 * @param spool folder; null for none
 * @param balance {@code first} or {@code spread}
 * @param patience how long to try
 */
record LeaseTargets(
        List<String> to, List<String> keys, @Nullable String spool, String balance, String patience) {
    /** Where the manager's plugins find their monitor. */
    static final String USUAL_MONITOR = "rdk:tcp://127.0.0.1:50324";

    /** Where a monitor listens for version 2. */
    static final String USUAL_SECOND = "tcp://127.0.0.1:50326";

    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");
    private static final int LONGEST_NAME = 64;

    /** A command line that makes no sense. The message is for the user. */
    static final class Senseless extends Exception {
        private static final long serialVersionUID = 1L;

        Senseless(String message) {
            super(message);
        }
    }

    /** Who sends one message. */
    LeaseSender sender(Consumer<Integer> progress) throws Senseless {
        if (spool != null) {
            return spoolSender(false, progress);
        }
        if (!keys.isEmpty()) {
            throw new Senseless(
                    "--key needs --spool: only version 2 encrypts, and it keeps its messages until they are stored");
        }
        List<SpAddress> monitors = new ArrayList<>();
        for (MonitorAddress address : monitors(USUAL_MONITOR)) {
            if (!(address instanceof MonitorAddress.Old old)) {
                throw new Senseless(
                        address + " speaks version 2, which needs --spool DIR; version 1 is written rdk:" + address);
            }
            monitors.add(old.address());
        }
        return new PushSender(monitors, time());
    }

    /**
     * Who sends what waits.
     *
     * @param stays whether it goes on until it is stopped
     */
    SpoolSender spoolSender(boolean stays, Consumer<Integer> progress) throws Senseless {
        if (spool == null) {
            throw new Senseless("--spool DIR is missing: where messages wait");
        }
        Balance way = switch (balance) {
            case "first" -> Balance.FIRST;
            case "spread" -> Balance.SPREAD;
            default -> throw new Senseless("--balance is first or spread, not '" + balance + "'");
        };
        DeliveryPlan plan = new DeliveryPlan(monitors(USUAL_SECOND), way, sharedKeys(), hostName(), stays);
        return new SpoolSender(Path.of(spool), SpoolLimits.USUAL, plan, time(), InstantSource.system(), progress);
    }

    private Duration time() throws Senseless {
        return DurationText.parse(patience)
                .orElseThrow(() -> new Senseless("--wait is a duration such as 5s, not '" + patience + "'"));
    }

    private List<MonitorAddress> monitors(String usual) throws Senseless {
        List<MonitorAddress> monitors = new ArrayList<>();
        for (String text : to.isEmpty() ? List.of(usual) : to) {
            monitors.add(MonitorAddress.parse(text)
                    .orElseThrow(
                            () -> new Senseless("--to is one of " + MonitorAddress.FORMS + "; not '" + text + "'")));
        }
        if (monitors.stream().distinct().count() < monitors.size()) {
            throw new Senseless("--to names a monitor twice");
        }
        return monitors;
    }

    private List<SharedKey> sharedKeys() throws Senseless {
        List<SharedKey> shared = new ArrayList<>();
        for (String text : keys) {
            try {
                shared.add(SharedKey.read(text));
            } catch (IOException e) {
                throw new Senseless(
                        "--key: " + Optional.ofNullable(e.getMessage()).orElse(text));
            }
        }
        return shared;
    }

    /** What monitors show of this machine. */
    private static String hostName() {
        try {
            String name =
                    Files.readString(HOST_NAME, StandardCharsets.UTF_8).strip().toLowerCase(Locale.ROOT);
            return name.substring(0, Math.min(name.length(), LONGEST_NAME));
        } catch (IOException unknown) {
            return "";
        }
    }
}
