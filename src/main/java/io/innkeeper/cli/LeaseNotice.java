package io.innkeeper.cli;

import io.innkeeper.cli.LeaseTargets.Senseless;
import io.innkeeper.tell.push.LeaseSender;
import io.innkeeper.tell.push.Sent;
import io.innkeeper.view.Json;
import io.innkeeper.wire.rdk.MessageLayout;
import io.innkeeper.wire.rdk.PluginEnvironment;
import io.innkeeper.wire.rdk.PluginMessage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * {@code notify lease}: what a DHCP client said to its script, told to a lease monitor.
 *
 * @param client {@code udhcpc} or {@code dibbler}
 * @param action what the client did; its first argument to the script
 * @param targets whom to tell
 * @param octets of a message: which build of the plugins to speak like
 * @param dryRun whether to print the message in place of sending it
 * @param json whether to print for programs
 */
record LeaseNotice(String client, String action, LeaseTargets targets, int octets, boolean dryRun, boolean json) {
    /** As long as the manager's plugins try. */
    static final String USUAL_WAIT = "5s";

    private static final Path ENVIRON = Path.of("/proc/self/environ");

    /**
     * Reads {@code notify lease CLIENT ACTION --to ADDRESS …} in exactly this form. The command line library takes longer than all
     * that is to be done; a DHCP client waits for it. Everything else, and every mistake, is left to that library.
     */
    static Optional<LeaseNotice> quick(String[] arguments) {
        boolean ours = arguments.length >= 4
                && arguments.length % 2 == 0
                && arguments[0].equals("notify")
                && arguments[1].equals("lease")
                && !arguments[2].startsWith("-")
                && !arguments[3].startsWith("-");
        List<String> to = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        String spool = null;
        String patience = USUAL_WAIT;
        for (int i = 4; ours && i < arguments.length; i += 2) {
            String value = arguments[i + 1];
            switch (arguments[i]) {
                case "--to" -> to.add(value);
                case "--key" -> keys.add(value);
                case "--spool" -> spool = value;
                case "--wait" -> patience = value;
                default -> ours = false;
            }
        }
        LeaseTargets targets = new LeaseTargets(to, keys, spool, "first", patience);
        return ours
                ? Optional.of(new LeaseNotice(arguments[2], arguments[3], targets, MessageLayout.LONGEST, false, false))
                : Optional.empty();
    }

    /**
     * The variables of this process as the client gave them: the JVM reads them as the language of the user asks, and turns
     * octets that this language does not have into others.
     */
    static Map<String, String> variables(Map<String, String> otherwise) {
        try {
            return PluginEnvironment.parse(Files.readAllBytes(ENVIRON));
        } catch (IOException e) {
            return otherwise;
        }
    }

    /** Does it, and returns an {@link ExitCode}. */
    int run(Map<String, String> variables, PrintWriter out, PrintWriter err) throws Senseless {
        LeaseSender sender = targets.sender(new DeliveryProgress(err));
        PluginMessage message = message(variables).orElse(null);
        if (message == null) {
            out.print(json ? "{\"state\":\"nothing\"}\n" : "");
            return ExitCode.OK;
        }
        if (dryRun) {
            out.println(json ? Json.write(message) : shown(message));
            return ExitCode.OK;
        }
        if (message.ifname().isEmpty()) {
            err.println("innkeeper: warning: the environment names no interface; monitors drop such a message");
        }
        Sent sent = sender.send(message);
        if (json) {
            Map<String, String> answer = new LinkedHashMap<>();
            answer.put("state", sent.state().text());
            answer.put("interface", message.ifname());
            answer.put("to", sent.to());
            answer.put("detail", sent.detail());
            out.println(Json.write(answer));
        }
        return exitCode(sent, message.ifname(), err);
    }

    private int exitCode(Sent sent, String ifname, PrintWriter err) {
        String what = "'" + action + "' of " + ifname;
        return switch (sent.state()) {
            case STORED, TOLD -> ExitCode.OK;
            case WAITING -> failed(err, ExitCode.OK, "warning: " + what + " waits in the spool: " + sent.detail());
            case REJECTED -> failed(err, ExitCode.FAILED, "the monitor cannot take it: " + sent.detail());
            case NOT_KEPT -> failed(err, ExitCode.FAILED, what + " is lost: " + sent.detail());
            case UNREACHABLE ->
                failed(err, ExitCode.UNREACHABLE, "no lease monitor took " + what + ", it is lost: " + sent.detail());
        };
    }

    private static int failed(PrintWriter err, int exitCode, String message) {
        err.println("innkeeper: " + message);
        return exitCode;
    }

    private Optional<PluginMessage> message(Map<String, String> variables) throws Senseless {
        MessageLayout layout =
                MessageLayout.ofLength(octets).orElseThrow(() -> new Senseless("--octets is 1720, 1712, 1464 or 1456"));
        return switch (client) {
            case "udhcpc" -> PluginEnvironment.udhcpc(action, variables, layout);
            case "dibbler" -> PluginEnvironment.dibbler(action, variables, layout);
            default -> throw new Senseless("CLIENT is udhcpc or dibbler, not '" + client + "'");
        };
    }

    /** What it says, a line each; without what is empty. */
    private static String shown(PluginMessage message) {
        StringBuilder text = new StringBuilder();
        show(text, "", Json.MAPPER.valueToTree(message));
        return text.toString().stripTrailing();
    }

    private static void show(StringBuilder text, String name, JsonNode value) {
        if (value.isObject()) {
            value.properties()
                    .forEach(entry -> show(
                            text, name.isEmpty() ? entry.getKey() : name + "." + entry.getKey(), entry.getValue()));
        } else if (!value.asString("").isEmpty() && !value.asString("").matches("0|false")) {
            text.append(name)
                    .append(": ")
                    .append(value.asString("").replaceAll("\\p{Cntrl}", "?"))
                    .append('\n');
        }
    }
}
