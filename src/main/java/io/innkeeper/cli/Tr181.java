package io.innkeeper.cli;

import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** This machine's own DHCP clients in the data model TR-181. */
@Command(
        name = "tr181",
        mixinStandardHelpOptions = true,
        description = "This machine's own DHCP clients in the data model TR-181: a line for each parameter.",
        footer = {"", "Example: innkeeper tr181 'Device.DHCPv4.Client.*.IPAddress'"})
final class Tr181 extends ApiCommand {
    @Parameters(
            paramLabel = "PATH",
            defaultValue = "Device.",
            description = "A parameter, or all below an object; * stands for any row. Without it, everything.")
    private String path = "Device.";

    @Override
    int call(Client client, PrintWriter out) throws Client.Failure {
        JsonNode answer = client.get("api/v1/tr181/" + URLEncoder.encode(path, StandardCharsets.UTF_8));
        if (json()) {
            out.println(answer);
            return ExitCode.OK;
        }
        answer.path("parameters").forEach(parameter -> out.println(line(parameter)));
        return ExitCode.OK;
    }

    /** As TR-181 writes values: lists with commas between. */
    private static String line(JsonNode parameter) {
        JsonNode value = parameter.path("value");
        String text = value.isArray()
                ? value.valueStream().map(JsonNode::asString).collect(Collectors.joining(","))
                : value.asString();
        return parameter.path("path").asString() + "=" + text;
    }
}
