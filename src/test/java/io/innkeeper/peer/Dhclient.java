package io.innkeeper.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ISC's DHCP client, for IPv4 or IPv6, at an interface of the client's namespace. */
final class Dhclient implements AutoCloseable {
    /** Sets the IPv4 address it was given: a release is sent from there. IPv6 needs no address for that. */
    private static final String SCRIPT = """
            #!/bin/sh
            case "$reason" in
              BOUND|RENEW|REBIND|REBOOT) ip -4 address replace "$new_ip_address/24" dev "$interface" ;;
            esac
            """;

    private final Namespaces network;
    private final Path folder;
    private final String family;
    private final String device;
    private final String name;
    private @Nullable Process running;

    /**
     * A client that does nothing yet.
     *
     * @param family 4 or 6
     */
    Dhclient(Namespaces network, Path folder, int family, String device) throws IOException {
        this.network = network;
        this.folder = folder;
        this.family = "-" + family;
        this.device = device;
        this.name = "dhclient" + family + "-" + device;
        Files.writeString(folder.resolve(name + ".leases"), "");
    }

    private Path script() throws IOException {
        Path script = folder.resolve(name + ".sh");
        if (!Files.exists(script)) {
            Files.writeString(script, SCRIPT);
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return script;
    }

    private List<String> command(String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of(Programs.find("dhclient"), family));
        all.addAll(Arrays.asList(options));
        all.addAll(List.of(
                "-cf",
                folder.resolve(name + ".conf").toString(),
                "-lf",
                folder.resolve(name + ".leases").toString(),
                "-pf",
                folder.resolve(name + ".pid").toString(),
                "-sf",
                script().toString(),
                device));
        return network.onClient(all.toArray(String[]::new));
    }

    /** Gets an address under this name and stays. Does not wait for the address. */
    void stay(String hostname) throws IOException {
        boolean v6 = family.equals("-6");
        Files.writeString(
                folder.resolve(name + ".conf"),
                v6 ? "send fqdn.fqdn \"" + hostname + "\";\n" : "send host-name \"" + hostname + "\";\n");
        running = new ProcessBuilder(v6 ? command("-d", "-D", "LL") : command("-d"))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start();
    }

    /** Ends the one that stays, and gives the address back in its name. */
    void release() throws IOException {
        Programs.run(command("-r"));
    }

    @Override
    public void close() {
        Process last = running;
        if (last != null) {
            Programs.end(last);
        }
        running = null;
    }
}
