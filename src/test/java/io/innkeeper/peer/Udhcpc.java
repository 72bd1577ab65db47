package io.innkeeper.peer;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Busybox's DHCP client, at an interface of the client's namespace. */
final class Udhcpc implements AutoCloseable {
    /**
     * Uses what it was given. A released address stays where it is, or the release itself might never leave: it waits in
     * the kernel for the hardware address of the server.
     */
    private static final String SCRIPT = """
            #!/bin/sh
            case "$1" in bound|renew) ;; *) exit 0 ;; esac
            ip -4 address show dev "$interface" | grep -q " $ip/" || ip -4 address flush dev "$interface"
            ip -4 address replace "$ip/$mask" dev "$interface"
            for one in $dns; do echo "nameserver $one"; done >"${0%.sh}.resolv"
            # With classless static routes the router is of no account (RFC 3442).
            for one in ${staticroutes:+none} $router; do
              [ "$one" = none ] || ip route replace default via "$one" dev "$interface"
              break
            done
            set -- $staticroutes
            while [ $# -gt 1 ]; do
              ip route replace "$1" via "$2" dev "$interface"
              shift 2
            done
            echo >>"${0%.sh}.used"
            """;

    private final Place place;
    private final Path folder;
    private final String device;
    private final List<String> further;
    private @Nullable Process staying;

    /** A client at an interface of the clients' namespace that does nothing yet. */
    Udhcpc(Namespaces network, Path folder, String device) {
        this(network::onClient, folder, device, List.of());
    }

    /** The same with further options; {@code -s SCRIPT} replaces what uses the address, which is then {@link #plainScript}. */
    static Udhcpc with(Namespaces network, Path folder, String device, String... further) {
        return new Udhcpc(network::onClient, folder, device, List.of(further));
    }

    /** A client on a machine of its own that does nothing yet; with further options. */
    Udhcpc(Guest guest, String... further) {
        this(guest, guest.folder(), Guest.DEVICE, List.of(further));
    }

    private Udhcpc(Place place, Path folder, String device, List<String> further) {
        this.place = place;
        this.folder = folder;
        this.device = device;
        this.further = further;
    }

    private List<String> command(String... options) throws IOException {
        Path script = plainScript(folder, device);
        List<String> all = new ArrayList<>(List.of(
                Programs.find("busybox"),
                "udhcpc",
                "-f",
                "-n",
                "-T",
                "1",
                "-t",
                "10",
                "-i",
                device,
                "-s",
                script.toString()));
        all.addAll(Arrays.asList(options));
        all.addAll(further);
        return place.command(all.toArray(String[]::new));
    }

    /** The script that uses the address and does nothing else. */
    static Path plainScript(Path folder, String device) throws IOException {
        Path script = folder.resolve("udhcpc-" + device + ".sh");
        if (!Files.exists(script)) {
            Files.writeString(script, SCRIPT);
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return script;
    }

    /** Gets an address and goes away without a word: the lease lives on. */
    void obtain(String hostname) throws IOException {
        Programs.run(command("-q", "-x", "hostname:" + hostname));
    }

    /** The name servers it was given, a line each. */
    Path resolv() {
        return folder.resolve("udhcpc-" + device + ".resolv");
    }

    /** What it said since it stays. */
    String said() throws IOException {
        return Files.readString(folder.resolve("udhcpc-" + device + ".log"));
    }

    /** Ends it without a word, as a power cut does. */
    void kill() throws InterruptedException {
        Process running = staying;
        if (running != null) {
            running.destroyForcibly().waitFor();
        }
        staying = null;
    }

    /** Gets an address and stays, so that {@link #renew} and {@link #release} work. */
    void stay(String hostname) throws IOException {
        Path log = folder.resolve("udhcpc-" + device + ".log");
        Path used = folder.resolve("udhcpc-" + device + ".used");
        Files.deleteIfExists(used);
        staying = new ProcessBuilder(command("-x", "hostname:" + hostname))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        // It says that it has an address before its script sets it.
        await("udhcpc has an address")
                .atMost(30, SECONDS)
                .until(() -> Files.readString(log).contains(" obtained ") && Files.exists(used));
    }

    /** Renews now. */
    void renew() {
        signal("USR1");
    }

    /** Gives the address back, and waits to be told to get one again. */
    void release() {
        signal("USR2");
    }

    private void signal(String name) {
        Process running = staying;
        if (running == null) {
            throw new IllegalStateException("udhcpc does not run");
        }
        Programs.run("kill", "-" + name, String.valueOf(running.pid()));
    }

    @Override
    public void close() {
        Process running = staying;
        if (running != null) {
            Programs.end(running);
        }
        staying = null;
    }
}
