package io.innkeeper.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints what a dnsmasq needs to tell marked systems what to boot. */
@Command(
        name = "snippet",
        mixinStandardHelpOptions = true,
        description = {
            "Prints the lines by which a dnsmasq tells marked systems what to boot.",
            "Needed only where a dnsmasq, and not our own server, answers them."
        },
        footer = {"", "Example: innkeeper install snippet > /etc/dnsmasq.d/zz-innkeeper-install.conf"})
final class InstallSnippet extends ApiCommand {
    @Option(names = "--hosts", description = "Print the marks alone, as a file for its 'dhcp-hostsdir'.")
    private boolean hosts;

    @Override
    int call(Client client, PrintWriter out) throws Client.Failure {
        String text = client.text(InstallCommand.PATH + (hosts ? "/dnsmasq.hosts" : "/dnsmasq.conf"));
        out.print(text);
        return ExitCode.OK;
    }
}
