package io.innkeeper.feed.dnsmasq.log;

import io.innkeeper.feed.dnsmasq.ListenerStatus;
import io.innkeeper.feed.dnsmasq.LogIntake;
import io.innkeeper.feed.dnsmasq.Witness;
import io.innkeeper.wire.net.Prefix;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Receives syslog messages by UDP (RFC 5426): one thread for all sockets; what has come meanwhile is handed on together. */
final class SyslogDatagrams implements Closeable {
    /** How much the kernel is asked to hold while lines wait to be stored. */
    private static final int KERNEL_BUFFER = 8 << 20;

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Selector selector;
    private final List<DatagramChannel> channels = new ArrayList<>();
    private final SenderCheck senders;
    private final LineBatch batch;
    private final ListenerStatus status;
    private final Consumer<Throwable> broken;
    private final Thread thread;

    /**
     * Listens.
     *
     * @param broken is told when it ends without having been closed
     * @throws IOException with a sentence for people
     */
    SyslogDatagrams(
            List<InetSocketAddress> listen,
            List<Prefix> from,
            LogIntake intake,
            ListenerStatus status,
            Consumer<Throwable> broken)
            throws IOException {
        this.senders = new SenderCheck(from);
        this.batch = new LineBatch(LineBatch.LARGE, Witness.SYSLOG, intake, status);
        this.status = status;
        this.broken = broken;
        this.selector = Selector.open();
        try {
            for (InetSocketAddress address : listen) {
                open(address);
            }
        } catch (IOException e) {
            closeAll();
            throw e;
        }
        this.thread = Thread.ofPlatform().name("dnsmasq-syslog-udp").start(this::loop);
    }

    private void open(InetSocketAddress address) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        channels.add(channel);
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, KERNEL_BUFFER);
            channel.bind(address);
            channel.register(selector, SelectionKey.OP_READ);
        } catch (IOException e) {
            throw SyslogListener.cannotListen(address, "UDP", e);
        }
    }

    /** Where it listens. */
    List<InetSocketAddress> addresses() throws IOException {
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (DatagramChannel channel : channels) {
            addresses.add((InetSocketAddress) channel.getLocalAddress());
        }
        return addresses;
    }

    private void loop() {
        ByteBuffer datagram = ByteBuffer.allocate(1 << 16);
        try {
            while (selector.isOpen()) {
                selector.select();
                selector.selectedKeys().clear();
                boolean more = true;
                while (more) {
                    more = false;
                    for (DatagramChannel channel : channels) {
                        more |= receive(channel, datagram);
                    }
                    batch.flush(null);
                }
            }
        } catch (InterruptedException | ClosedSelectorException e) {
            // close() ends it so.
        } catch (IOException e) {
            if (selector.isOpen()) {
                broken.accept(e);
            }
        } catch (RuntimeException | Error e) {
            broken.accept(e);
        }
    }

    /** Takes what there is, until the batch is full; false where nothing is left. */
    private boolean receive(DatagramChannel channel, ByteBuffer datagram) throws IOException {
        while (batch.hasRoom()) {
            datagram.clear();
            InetSocketAddress sender = (InetSocketAddress) channel.receive(datagram);
            if (sender == null) {
                return false;
            }
            if (senders.may(sender.getAddress())) {
                batch.add(datagram.array(), datagram.arrayOffset(), datagram.arrayOffset() + datagram.position());
            } else {
                status.dropped(1);
            }
        }
        return true;
    }

    private void closeAll() {
        try {
            selector.close();
            for (DatagramChannel channel : channels) {
                channel.close();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        closeAll();
        thread.interrupt();
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
