package io.innkeeper.service;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The commands of one service, its own and those that every service has; finds, checks, runs. */
final class SlotCommands {
    private static final Logger LOG = LoggerFactory.getLogger(SlotCommands.class);
    private static final int NAME_SHOWN = 40;
    private static final int REASON_SHOWN = 200;
    private static final CommandSpec LIST = CommandSpec.of(
            "list_commands",
            "Tells which commands this service has.",
            "commands: name, doc, arguments (name, type, required, preset, min, max, choices, doc) and result of each");
    private static final CommandSpec STATUS = CommandSpec.of(
            "get_status",
            "Tells how this service is, running or not.",
            "service, state, health, message, since (seconds since 1970), uptime (seconds), restarts, last_error, detail");
    private static final CommandSpec RESTART = CommandSpec.of(
            "restart",
            "Stops this service and starts it anew, half a second after the answer. One that fails to start is tried again.",
            "restarting: true");

    private final ServiceSlot slot;
    private final Instant now;
    private final Runnable restart;

    /** @param restart asks for a restart of the service, a moment later */
    SlotCommands(ServiceSlot slot, Instant now, Runnable restart) {
        this.slot = slot;
        this.now = now;
        this.restart = restart;
    }

    /** What the service has of its own, running or not. */
    static List<OwnCommand> own(ServiceSlot slot) {
        Service newest = slot.newest();
        return newest == null ? List.of() : newest.commands();
    }

    private List<OwnCommand> ofEveryService() {
        return List.of(
                new OwnCommand(LIST, _ -> CommandResponse.success(Map.of("commands", views()))),
                new OwnCommand(STATUS, _ -> CommandResponse.success(status())),
                new OwnCommand(RESTART, _ -> {
                    restart.run();
                    return CommandResponse.success(Map.of("restarting", true));
                }));
    }

    /** All, its own first. */
    List<CommandView> views() {
        return specs().stream().map(CommandView::of).toList();
    }

    private List<CommandSpec> specs() {
        List<CommandSpec> specs =
                new ArrayList<>(own(slot).stream().map(OwnCommand::spec).toList());
        ofEveryService().forEach(one -> specs.add(one.spec()));
        return specs;
    }

    private Map<String, Object> status() {
        ServiceStatus status = slot.status();
        boolean running = status.state().equals("running");
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("service", status.name());
        told.put("state", status.state());
        told.put("health", status.health());
        told.put("message", status.message());
        told.put("since", status.since().toEpochMilli() / 1_000.0);
        told.put(
                "uptime",
                running ? Math.max(0, Duration.between(status.since(), now).toMillis()) / 1_000.0 : 0.0);
        told.put("restarts", status.restarts());
        told.put("last_error", status.lastError());
        told.put("detail", status.detail());
        return told;
    }

    /** Does a command, or says what is wrong with it. */
    CommandResponse run(Command command) {
        Optional<OwnCommand> found = find(ofEveryService(), command.name());
        if (found.isPresent()) {
            return checked(found.get(), command);
        }
        Service running = slot.running();
        if (running == null) {
            boolean known =
                    slot.newest() == null || find(own(slot), command.name()).isPresent();
            return known ? notRunning() : unknown(command.name());
        }
        return find(running.commands(), command.name())
                .map(own -> checked(own, command))
                .orElseGet(() -> unknown(command.name()));
    }

    private static Optional<OwnCommand> find(List<OwnCommand> commands, String name) {
        return commands.stream().filter(one -> one.spec().name().equals(name)).findFirst();
    }

    private CommandResponse unknown(String written) {
        List<String> names = specs().stream().map(CommandSpec::name).toList();
        return CommandResponse.commandError(slot.name() + " has no command '"
                + CommandSpec.shown(written, NAME_SHOWN) + "'; " + CommandSpec.didYouMean(written, names)
                + "there are: " + String.join(", ", names));
    }

    private CommandResponse notRunning() {
        ServiceStatus status = slot.status();
        return CommandResponse.serviceError("the service '" + slot.name() + "' is not running (" + status.state() + ": "
                + status.message() + "); it is tried again by itself, get_status tells more");
    }

    private CommandResponse checked(OwnCommand found, Command command) {
        return switch (found.spec().check(command)) {
            case CommandSpec.Wrong wrong -> CommandResponse.wrong(wrong.problems());
            case CommandSpec.Right right -> act(found, right.arguments());
        };
    }

    private CommandResponse act(OwnCommand command, Arguments arguments) {
        try {
            return command.action().run(arguments);
        } catch (ServiceException e) {
            return CommandResponse.serviceError(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("The command {} of {} failed", command.spec().name(), slot.name(), e);
            return CommandResponse.serviceError("it could not be done: "
                    + CommandSpec.shown(String.valueOf(e.getMessage()), REASON_SHOWN) + "; the log has the details");
        }
    }
}
