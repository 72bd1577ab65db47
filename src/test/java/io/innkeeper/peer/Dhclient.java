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
    /** Uses the IPv4 address it was given: a release is sent from there. IPv6 needs no address for that. */
    private static final String SCRIPT = """
            #!/bin/sh
            echo "$reason" >>"${0%.sh}.reasons"
            case "$reason" in BOUND|RENEW|REBIND|REBOOT) ;; *) exit 0 ;; esac
            ip -4 address show dev "$interface" | grep -q " $new_ip_address/" || ip -4 address flush dev "$interface"
            ip -4 address replace "$new_ip_address/$new_subnet_mask" dev "$interface"
            for one in $new_domain_name_servers; do echo "nameserver $one"; done >"${0%.sh}.resolv"
            for one in $new_routers; do
              ip route replace default via "$one" dev "$interface"
              break
            done
            """;

    private final Place place;
    private final Path folder;
    private final String family;
    private final String device;
    private final String name;
    private @Nullable Process running;

    /**
     * A client at an interface of the clients' namespace that does nothing yet.
     *
     * @param family 4 or 6
     */
    Dhclient(Namespaces network, Path folder, int family, String device) throws IOException {
        this(network::onClient, folder, family, device);
    }

    /** A client for IPv4 on a machine of its own that does nothing yet. */
    Dhclient(Guest guest) throws IOException {
        this(guest, guest.folder(), 4, Guest.DEVICE);
    }

    private Dhclient(Place place, Path folder, int family, String device) throws IOException {
        this.place = place;
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
        return place.command(all.toArray(String[]::new));
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

    /** Why it called its script so far: {@code BOUND}, {@code RENEW} and so on. */
    List<String> reasons() throws IOException {
        Path reasons = folder.resolve(name + ".reasons");
        return Files.exists(reasons) ? Files.readAllLines(reasons) : List.of();
    }

    /** The name servers it was given, a line each. */
    Path resolv() {
        return folder.resolve(name + ".resolv");
    }

    /** Ends it without a word, as a power cut does; its leases are on its disk. */
    void kill() throws InterruptedException {
        Process last = running;
        if (last != null) {
            last.destroyForcibly().waitFor();
        }
        running = null;
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
