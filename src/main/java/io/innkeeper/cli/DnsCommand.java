package io.innkeeper.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The DNS server. */
@Command(
        name = "dns",
        mixinStandardHelpOptions = true,
        subcommands = {DnsExplain.class, DnsQueries.class},
        description = "What the DNS server answers, and why.",
        synopsisSubcommandLabel = "COMMAND")
final class DnsCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing: explain or queries");
    }
}
