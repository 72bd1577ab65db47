package io.innkeeper.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Roy Marples' DHCP client, on a machine of its own. It sets addresses and routes by itself. */
final class Dhcpcd implements AutoCloseable {
    private static final String SCRIPT = """
            #!/bin/sh
            echo "$reason" >>"${0%.sh}.reasons"
            for one in $new_domain_name_servers; do echo "nameserver $one"; done >"${0%.sh}.resolv"
            """;

    /** Its folders are built in; these commands of a mount namespace of its own put the test's in their place. */
    private static final String START = """
            mkdir -p /run/dhcpcd /var/lib/dhcpcd
            mount --bind "$0/run" /run/dhcpcd && mount --bind "$0/lib" /var/lib/dhcpcd || exit 1
            exec "$@"
            """;

    private final Guest guest;
    private final Path folder;
    private @Nullable Process running;

    /** A client that does nothing yet. */
    Dhcpcd(Guest guest) throws IOException {
        this.guest = guest;
        folder = Files.createDirectory(guest.folder().resolve("dhcpcd"));
        for (String inside : List.of("run", "lib")) {
            Path made = Files.createDirectory(folder.resolve(inside));
            Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxrwxrwx"));
        }
        Path script = Files.writeString(folder.resolve("hook.sh"), SCRIPT);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Gets an address under this name and stays. Does not wait for the address. */
    void stay(String hostname) throws IOException {
        Path config =
                Files.writeString(folder.resolve("dhcpcd.conf"), """
                hostname %s
                ipv4only
                noipv4ll
                noarp
                nodelay
                option routers, domain_name_servers, host_name, classless_static_routes
                script %s
                """.formatted(hostname, folder.resolve("hook.sh")));
        running = new ProcessBuilder(guest.command(
                        "sh",
                        "-c",
                        START,
                        folder.toString(),
                        Programs.find("dhcpcd"),
                        "-B",
                        "-d",
                        "-f",
                        config.toString(),
                        Guest.DEVICE))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    /** Why it called its script so far: {@code BOUND}, {@code RENEW} and so on. */
    List<String> reasons() throws IOException {
        Path reasons = folder.resolve("hook.reasons");
        return Files.exists(reasons) ? Files.readAllLines(reasons) : List.of();
    }

    /** The name servers it was given, a line each. */
    Path resolv() {
        return folder.resolve("hook.resolv");
    }

    /** Gives its address back, and ends. */
    void release() {
        signal("ALRM");
    }

    private void signal(String name) {
        Process process = running;
        if (process == null) {
            throw new IllegalStateException("dhcpcd does not run");
        }
        Programs.run("kill", "-" + name, String.valueOf(process.pid()));
    }

    /** Ends it without a word, as a power cut does; its lease is on its disk. */
    void kill() throws InterruptedException, IOException {
        Process process = running;
        if (process != null) {
            List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
            process.destroyForcibly().waitFor();
            all.forEach(ProcessHandle::destroyForcibly);
        }
        running = null;
    }

    @Override
    public void close() {
        Process process = running;
        if (process != null) {
            Programs.end(process);
        }
        running = null;
    }
}
