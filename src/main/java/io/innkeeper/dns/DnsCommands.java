package io.innkeeper.dns;

import io.innkeeper.service.ArgumentSpec;
import io.innkeeper.service.ArgumentType;
import io.innkeeper.service.Arguments;
import io.innkeeper.service.CommandResponse;
import io.innkeeper.service.CommandSpec;
import io.innkeeper.service.OwnCommand;
import io.innkeeper.service.ServiceException;
import io.innkeeper.wire.dns.DnsName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the DNS server can be told. */
final class DnsCommands {
    private static final CommandSpec FLUSH = CommandSpec.of(
                    "flush_cache",
                    "Forgets what is kept of a name and all below it, or everything.",
                    "flushed: answers")
            .taking(ArgumentSpec.optional("name", ArgumentType.TEXT, "The name; without it, everything."));
    private static final CommandSpec REFRESH = CommandSpec.of(
                    "refresh_lists", "Fetches block lists anew.", "refreshed: lists")
            .taking(ArgumentSpec.optional("list", ArgumentType.TEXT, "Its name; without it, all of them."));
    private static final CommandSpec STATISTICS =
            CommandSpec.of("get_statistics", "Tells what was answered, and how.", "as in /api/v1/dns/status");

    private DnsCommands() {}

    static List<OwnCommand> of(DnsService service) {
        return List.of(
                new OwnCommand(FLUSH, arguments -> flush(service, arguments)),
                new OwnCommand(REFRESH, arguments -> refresh(service, arguments)),
                new OwnCommand(STATISTICS, _ -> CommandResponse.success(Map.of("status", service.status()))));
    }

    private static CommandResponse flush(DnsService service, Arguments arguments) throws ServiceException {
        Optional<String> text = arguments.find("name", String.class);
        Optional<DnsName> name = text.flatMap(DnsName::typed);
        if (text.isPresent() && name.isEmpty()) {
            return CommandResponse.commandError("name: '" + text.get() + "' is no domain name");
        }
        return CommandResponse.success(Map.of("flushed", service.flush(name.orElse(null))));
    }

    private static CommandResponse refresh(DnsService service, Arguments arguments) throws ServiceException {
        List<String> names = arguments.find("list", String.class).stream().toList();
        return CommandResponse.success(Map.of("refreshed", service.world().refresh(names)));
    }
}
