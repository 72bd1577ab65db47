package io.innkeeper.dhcp;

import io.innkeeper.io.FrameBatch;
import io.innkeeper.io.LinkPort;
import io.innkeeper.wire.dhcp4.DhcpMessage;
import io.innkeeper.wire.ethernet.EthernetFrame;
import io.innkeeper.wire.ethernet.UdpDatagram;
import io.innkeeper.wire.net.MacAddress;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears DHCP messages below IP, whoever they are for, and tells them to a listener in one thread. Hears what reaches this
 * machine: a switch keeps unicasts between others to itself.
 */
public final class Eavesdropper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Eavesdropper.class);
    private static final int IDLE_MS = 500;

    /** Is told what was heard; called by the eavesdropper's thread. */
    @FunctionalInterface
    public interface Listener {
        /** A message, how it came, and the hardware address of the frame. */
        void heard(DhcpMessage message, Arrival arrival, MacAddress sender, long nowMs);
    }

    private final LinkPort port;
    private final ServedLinks links;
    private final Listener listener;
    private final LongConsumer tick;
    private final InstantSource clock;
    private final Consumer<Throwable> broken;
    private final Thread thread;
    private final FaultLog faults = new FaultLog();
    private volatile boolean closed;

    /**
     * Not started.
     *
     * @param port is closed by {@link #close}
     * @param tick called at least twice a second, with the time in milliseconds since 1970
     * @param broken is told when it cannot go on
     */
    public Eavesdropper(
            LinkPort port,
            ServedLinks links,
            Listener listener,
            LongConsumer tick,
            InstantSource clock,
            Consumer<Throwable> broken) {
        this.port = port;
        this.links = links;
        this.listener = listener;
        this.tick = tick;
        this.clock = clock;
        this.broken = broken;
        this.thread = Thread.ofPlatform().name("dhcp4-listener").unstarted(this::loop);
    }

    /** Begins to listen. */
    public void start() {
        thread.start();
    }

    /** Ends a wait, so that {@code tick} is called soon. */
    void wake() {
        port.wake();
    }

    private void loop() {
        FrameBatch batch = new FrameBatch();
        try {
            while (!closed) {
                int frames = port.receive(batch, IDLE_MS);
                long nowMs = clock.millis();
                for (int frame = 0; frame < frames; frame++) {
                    take(batch, frame, nowMs);
                }
                tick.accept(nowMs);
            }
        } catch (IOException | RuntimeException e) {
            broken.accept(e);
        } finally {
            port.close();
        }
    }

    private void take(FrameBatch batch, int frame, long nowMs) {
        byte[] bytes = batch.bytes(frame);
        Arrival.Link link = links.link(batch.interfaceIndex(frame));
        if (link == null || batch.truncated(frame)) {
            return;
        }
        Optional<EthernetFrame> ethernet = EthernetFrame.parse(bytes, batch.length(frame));
        @Nullable
        UdpDatagram udp = UdpDatagram.parse(bytes, batch.length(frame)).orElse(null);
        if (udp != null
                && ethernet.isPresent()
                && DhcpMessage.parse(bytes, udp.offset(), udp.length()) instanceof DhcpMessage message) {
            Arrival arrival = new Arrival(link, udp.source(), udp.sourcePort(), udp.destination());
            try {
                listener.heard(message, arrival, ethernet.get().source(), nowMs);
            } catch (RuntimeException e) {
                faults.error(LOG, "A message could not be looked at", e, nowMs);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        port.wake();
        try {
            thread.join(IDLE_MS * 4L);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
