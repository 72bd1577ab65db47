package io.innkeeper.cli;

import java.io.PrintWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** A command that asks a running Innkeeper. */
abstract class ApiCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before call()
    private CommandSpec spec;

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "${env:INNKEEPER_URL:-http://127.0.0.1:8067}",
            description = "Where Innkeeper is; also INNKEEPER_URL.%nDefault: http://127.0.0.1:8067")
    @SuppressWarnings("NullAway.Init")
    private URI url;

    @Option(names = "--json", description = "Print the answer as JSON, for programs.")
    private boolean json;

    abstract int call(Client client, PrintWriter out) throws Client.Failure;

    boolean json() {
        return json;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
        if (!http || url.getHost() == null) {
            throw usage("--url is not an address such as http://127.0.0.1:8067");
        }
        try (Client client = new Client(url.toString().endsWith("/") ? url : URI.create(url + "/"))) {
            return call(client, out);
        } catch (Client.Failure failure) {
            out.flush();
            spec.commandLine().getErr().println("innkeeper: " + failure.getMessage());
            return failure.exitCode();
        } finally {
            out.flush();
        }
    }

    /** A command line that makes no sense, for a reason that picocli cannot see. */
    ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /** {@code &name=value}, or nothing where there is no value. */
    static String parameter(String name, @Nullable String value) {
        return value == null ? "" : "&" + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** A time field for a table, in the zone of whoever looks; {@code -} where there is none. */
    static String time(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isString() ? Remaining.clock(Instant.parse(value.stringValue())) : "-";
    }

    /** A text field for a table: {@code -} where there is none, without what would break a line. */
    static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        String text = value.isNull() || value.isMissingNode() ? "" : value.asString("");
        return text.isEmpty() ? "-" : text.replaceAll("\\p{Cntrl}", "?");
    }

    /** Texts of a list with commas between; {@code -} where there are none. */
    static String joined(JsonNode texts) {
        StringBuilder joined = new StringBuilder();
        texts.forEach(text -> joined.append(joined.isEmpty() ? "" : ",").append(text.asString("")));
        return joined.isEmpty() ? "-" : joined.toString().replaceAll("\\p{Cntrl}", "?");
    }
}
