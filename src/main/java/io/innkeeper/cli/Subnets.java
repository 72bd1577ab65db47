package io.innkeeper.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** How full the subnets of our own DHCP server are. */
@Command(
        name = "subnets",
        mixinStandardHelpOptions = true,
        description = "How full each subnet and pool of the DHCP server is.",
        footer = {"", "Example: innkeeper subnets"})
final class Subnets extends ApiCommand {
    @Override
    int call(Client client, PrintWriter out) throws Client.Failure {
        JsonNode answer = client.get("api/v1/dhcp4/subnets");
        if (json()) {
            out.println(answer);
            return ExitCode.OK;
        }
        Table table = new Table("SUBNET", "POOL", "SIZE", "ACTIVE", "OFFERED", "REMEMBERED", "DECLINED", "FREE");
        for (JsonNode subnet : answer.path("items")) {
            JsonNode pools = subnet.path("pools");
            for (JsonNode pool : pools) {
                table.row(
                        text(subnet, "prefix"),
                        text(pool, "range"),
                        text(pool, "size"),
                        text(pool, "active"),
                        text(pool, "offered"),
                        text(pool, "ended"),
                        text(pool, "declined"),
                        text(pool, "free"));
            }
            if (pools.isEmpty()) {
                table.row(text(subnet, "prefix"), "-", "0", text(subnet, "active"), "0", "0", "0", "0");
            }
        }
        out.print(answer.path("items").isEmpty() ? "no subnets\n" : table.text());
        return ExitCode.OK;
    }
}
