package io.innkeeper.cli;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** A command that prints a list page by page, so that a million rows need no memory. */
abstract class ListCommand extends ApiCommand {
    private static final int PAGE = 500;

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            description = "Print at most N rows. Default: all.")
    private long limit = Long.MAX_VALUE;

    /** Path and query of the list, without {@code limit} and {@code cursor}. */
    abstract String path();

    abstract Table table();

    abstract void row(Table table, JsonNode item);

    /** What to print where there is nothing. */
    abstract String nothing();

    @Override
    int call(Client client, PrintWriter out) throws Client.Failure {
        if (limit < 1) {
            throw usage("--limit is 1 or more");
        }
        long printed = 0;
        String cursor = null;
        do {
            long wanted = Math.min(PAGE, limit - printed);
            String separator = path().contains("?") ? "&" : "?";
            JsonNode page = client.get(path() + separator + "limit=" + wanted + parameter("cursor", cursor));
            int count = print(page, out, printed == 0);
            printed += count;
            cursor = next(page);
        } while (cursor != null && printed < limit);
        if (printed == 0 && !json()) {
            out.println(nothing());
        }
        return ExitCode.OK;
    }

    private static @Nullable String next(JsonNode page) {
        JsonNode next = page.path("next");
        return next.isString() ? next.stringValue() : null;
    }

    /** JSON goes out as one object a line, which any number of pages can be. */
    private int print(JsonNode page, PrintWriter out, boolean first) {
        int count = 0;
        Table table = table();
        for (JsonNode item : page.path("items")) {
            if (json()) {
                out.println(item);
            } else {
                row(table, item);
            }
            count++;
        }
        if (!json() && count > 0) {
            String text = table.text();
            out.print(first ? text : text.substring(text.indexOf('\n') + 1));
        }
        return count;
    }
}
