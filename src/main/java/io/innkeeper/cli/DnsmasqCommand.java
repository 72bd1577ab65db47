package io.innkeeper.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The watched dnsmasq. */
@Command(
        name = "dnsmasq",
        mixinStandardHelpOptions = true,
        subcommands = DnsmasqRestore.class,
        description = "What can be done for a watched dnsmasq.",
        synopsisSubcommandLabel = "COMMAND")
final class DnsmasqCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing: restore");
    }
}
