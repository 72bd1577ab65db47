package io.innkeeper.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Takes reservations of a file. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = "Takes lines of mac,address,name,client-id: all of them, or none where one is wrong.",
        footer = {"", "Example: innkeeper reservations import hosts.csv --dry-run"})
final class ReservationImport extends ApiCommand {
    @Parameters(index = "0", paramLabel = "FILE", description = "The file, in UTF-8, at most 1 MB.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(names = "--dry-run", description = "Only say what is wrong.")
    private boolean dryRun;

    @Override
    int call(Client client, PrintWriter out) throws Client.Failure {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new Client.Failure(ExitCode.FAILED, "cannot read " + file + ": " + e.getMessage());
        }
        String query = dryRun ? "?dry-run=true" : "";
        JsonNode answer = client.send("POST", "api/v1/reservations/import" + query, text, "text/csv");
        boolean good = answer.path("errors").isEmpty();
        if (json()) {
            out.println(answer);
            return good ? ExitCode.OK : ExitCode.FAILED;
        }
        answer.path("errors").forEach(error -> out.println(text(error, "field") + ": " + text(error, "message")));
        answer.path("warnings").forEach(warning -> out.println("note: " + warning.asString("")));
        out.println(
                dryRun
                        ? text(answer, "lines") + " lines, "
                                + answer.path("errors").size() + " mistakes; nothing was taken"
                        : text(answer, "taken") + " reservations taken");
        return good ? ExitCode.OK : ExitCode.FAILED;
    }
}
