package io.innkeeper;

import io.innkeeper.api.http.UplinkDesk;
import io.innkeeper.feed.rdk.tr181.Order;
import io.innkeeper.service.ArgumentSpec;
import io.innkeeper.service.ArgumentType;
import io.innkeeper.service.CommandSpec;
import io.innkeeper.service.OwnCommand;
import java.util.List;
import java.util.stream.Stream;

/** The commands by which DHCP clients are told something. */
final class UplinkCommands {
    private UplinkCommands() {}

    /** All of them. */
    static List<OwnCommand> of(UplinkDesk desk) {
        return Stream.of(Order.values()).map(order -> command(order, desk)).toList();
    }

    /** {@code restart} is what every service has: it starts the service anew, not a client. */
    private static String name(Order order) {
        return order == Order.RESTART ? "restart_client" : order.text();
    }

    private static String doc(Order order) {
        return switch (order) {
            case RENEW -> "Renews the lease of a DHCP client: runs the program lease-monitor.hooks.renew.";
            case RESTART ->
                "Gives the lease of a DHCP client back and begins anew: runs the program lease-monitor.hooks.restart.";
            case RELEASE ->
                "Gives the lease of a DHCP client back and stops it: runs the program lease-monitor.hooks.release.";
        };
    }

    private static OwnCommand command(Order order, UplinkDesk desk) {
        CommandSpec spec = CommandSpec.of(
                        name(order), doc(order), "interface, families and command, when the program has ended well")
                .taking(
                        ArgumentSpec.required("interface", ArgumentType.TEXT, "The interface of the client.")
                                .range(1, 31),
                        ArgumentSpec.optional(
                                        "family",
                                        ArgumentType.CHOICE,
                                        "Its DHCPv4 or its DHCPv6 client; without it, both.")
                                .choices("4", "6"));
        return new OwnCommand(spec, arguments -> {
            int family =
                    arguments.find("family", String.class).map(Integer::valueOf).orElse(0);
            return desk.order(order, arguments.get("interface", String.class), family, arguments.by());
        });
    }
}
