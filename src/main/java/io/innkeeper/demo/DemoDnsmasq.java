package io.innkeeper.demo;

import io.innkeeper.wire.dnsmasq.LeaseFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** A dnsmasq that only writes its files: truncated and rewritten in place, as the real one does. */
public final class DemoDnsmasq implements AutoCloseable {
    private final Path folder;
    private final DemoNetwork network;
    private final InstantSource clock;
    private final long stepMs;
    private final Thread thread;

    /**
     * A simulated dnsmasq.
     *
     * @param folder where its files go
     * @param devices how many devices its network has
     * @param speed how many times faster than real life they come and go
     */
    public DemoDnsmasq(Path folder, int devices, double speed, RandomGenerator random, InstantSource clock) {
        this.folder = folder;
        this.clock = clock;
        this.network = new DemoNetwork(devices, random, clock.instant());
        this.stepMs = Math.max(10, (long) (1_000 / speed));
        this.thread = Thread.ofVirtual().name("demo").unstarted(this::loop);
    }

    /** Its lease file. */
    public Path leases() {
        return folder.resolve("dnsmasq.leases");
    }

    /** Its configuration file. */
    public Path config() {
        return folder.resolve("dnsmasq.conf");
    }

    /** Writes the files for the first time and begins to live. */
    public void start() {
        try {
            Files.writeString(config(), network.configuration());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        write();
        thread.start();
    }

    private void loop() {
        try {
            while (true) {
                TimeUnit.MILLISECONDS.sleep(stepMs);
                if (network.step(clock.instant())) {
                    write();
                }
            }
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    private void write() {
        try {
            Files.write(leases(), LeaseFile.write(network.leases()));
        } catch (ClosedByInterruptException e) {
            Thread.currentThread().interrupt(); // closed while it wrote
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns when nothing is written any more; the files stay. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
