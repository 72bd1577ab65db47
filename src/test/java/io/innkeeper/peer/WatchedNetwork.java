package io.innkeeper.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.App;
import io.innkeeper.StartException;
import io.innkeeper.config.ConfigSources;
import io.innkeeper.ops.LogSetup;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A network with a real dnsmasq, an Innkeeper that watches it, and somebody who follows the events. */
final class WatchedNetwork implements AutoCloseable {
    /** How soon after the change of the file its event has to be there. */
    static final Duration SOON = Duration.ofSeconds(1);

    /** How long the clients may take: they wait a random while before they ask. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final Path folder;
    final Namespaces network;
    final RealDnsmasq dnsmasq;
    private final LogSetup log = new LogSetup(OutputStream.nullOutputStream(), false);
    private App app;
    final EventTape tape;

    /** Starts everything. */
    WatchedNetwork(Path folder, String... dnsmasqLines) throws IOException, StartException, InterruptedException {
        this.folder = folder;
        network = Namespaces.create("dnsmasq", "busybox", "dhclient");
        try {
            dnsmasq = new RealDnsmasq(
                    network, Files.createDirectory(folder.resolve("dnsmasq")), List.of(dnsmasqLines), Map.of());
            dnsmasq.start();
            app = app(0);
            app.start();
            tape = EventTape.follow(app.uri(), 0);
        } catch (IOException | StartException | InterruptedException | RuntimeException | Error e) {
            network.close();
            throw e;
        }
    }

    private App app(int port) throws StartException {
        List<String> settings = List.of(
                "store=sqlite:" + folder.resolve("innkeeper.db"),
                "api.listen=127.0.0.1:" + port,
                "log.console=off",
                "dnsmasq.name=peer",
                "dnsmasq.leases=" + dnsmasq.leases(),
                "dnsmasq.config=" + dnsmasq.config(),
                "dnsmasq.ethers=" + folder.resolve("ethers"));
        return new App(new ConfigSources(null, Map.of(), settings), false, log);
    }

    /** The Innkeeper. */
    App app() {
        return app;
    }

    /** Stops the Innkeeper, does something, and starts it again where it was. */
    void restartInnkeeper(Runnable meanwhile) throws StartException {
        int port = app.uri().getPort();
        app.close();
        meanwhile.run();
        app = app(port);
        app.start();
    }

    /** Busybox's client, at a device of its own with this hardware address. */
    Udhcpc udhcpc(String device, String mac) {
        network.addDevice(device, mac);
        return new Udhcpc(network, folder, device);
    }

    /** The ISC's client, at a device of its own with this hardware address. */
    Dhclient dhclient(int family, String device, String mac) throws IOException {
        network.addDevice(device, mac);
        return new Dhclient(network, folder, family, device);
    }

    /** The next event about a lease: must be of this type, and be there soon after dnsmasq wrote its file. */
    EventTape.Told next(String type) throws InterruptedException, IOException {
        EventTape.Told told = tape.next(type, PATIENCE);
        Duration delay = Duration.between(dnsmasq.writtenAt(), told.arrivedAt());
        System.out.printf("%s %s: %d ms after the file%n", type, told.lease("address"), delay.toMillis());
        assertThat(delay).as("%s after the file changed", type).isLessThan(SOON);
        return told;
    }

    @Override
    public void close() {
        tape.close();
        app.close();
        dnsmasq.close();
        network.close();
        log.close();
    }
}
