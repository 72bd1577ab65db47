package io.innkeeper.api.control;

import io.innkeeper.service.ArgumentSpec;
import io.innkeeper.service.ArgumentType;
import io.innkeeper.service.CommandResponse;
import io.innkeeper.service.CommandSpec;
import io.innkeeper.service.Health;
import io.innkeeper.service.OwnCommand;
import io.innkeeper.service.Service;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A service with a few commands. */
final class TestingTeller implements Service {
    /** Holds up {@code wait}. */
    final CountDownLatch gate = new CountDownLatch(1);

    @Override
    public void start(FailureListener listener) {
        // Nothing to start.
    }

    @Override
    public void close() {
        gate.countDown();
    }

    @Override
    public Health health() {
        return Health.ok("tells");
    }

    @Override
    public List<OwnCommand> commands() {
        return List.of(
                new OwnCommand(
                        CommandSpec.of("double", "Doubles a number.", "twice")
                                .taking(ArgumentSpec.required("number", ArgumentType.INTEGER, "Which.")
                                        .range(0, 1_000_000)),
                        arguments -> CommandResponse.success(Map.of("twice", arguments.get("number", Long.class) * 2))),
                new OwnCommand(
                        CommandSpec.of("ping", "Asks another machine.", "nothing"),
                        _ -> CommandResponse.networkError("10.0.0.9 does not answer")),
                new OwnCommand(CommandSpec.of("wait", "Waits.", "nothing"), _ -> {
                    try {
                        gate.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return CommandResponse.success(Map.of());
                }));
    }
}
