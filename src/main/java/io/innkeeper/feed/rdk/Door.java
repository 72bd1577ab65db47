package io.innkeeper.feed.rdk;

import io.innkeeper.wire.rdk.SpAddress;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A socket that listens. Belongs to the thread of its receiver once that runs. */
public final class Door implements AutoCloseable {
    /** How many connections may wait to be accepted. */
    private static final int BACKLOG = 1_024;

    /** Where it listens, with the port that the system chose. */
    public final SpAddress address;

    private final ServerSocketChannel channel;
    private final SelectionKey key;
    private final @Nullable Path file;

    private Door(SpAddress address, ServerSocketChannel channel, SelectionKey key, @Nullable Path file) {
        this.address = address;
        this.channel = channel;
        this.key = key;
        this.file = file;
    }

    /**
     * Begins to listen.
     *
     * @throws IOException if the address cannot be had; the message names it
     */
    public static Door open(SpAddress wanted, Selector selector) throws IOException {
        boolean ipc = wanted.transport() == SpAddress.Transport.IPC;
        ServerSocketChannel channel =
                ipc ? ServerSocketChannel.open(StandardProtocolFamily.UNIX) : ServerSocketChannel.open();
        try {
            Path file = ipc ? Path.of(wanted.path()) : null;
            if (file != null) {
                removeOld(file);
            } else {
                channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            }
            SocketAddress socket = file == null ? internet(wanted) : UnixDomainSocketAddress.of(file);
            channel.bind(socket, BACKLOG);
            channel.configureBlocking(false);
            SelectionKey key = channel.register(selector, SelectionKey.OP_ACCEPT);
            int port = ipc ? 0 : ((InetSocketAddress) channel.getLocalAddress()).getPort();
            Door door =
                    new Door(new SpAddress(wanted.transport(), wanted.host(), port, wanted.path()), channel, key, file);
            key.attach(door);
            return door;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw new IOException(wanted + ": " + e.getMessage(), e);
        }
    }

    private static InetSocketAddress internet(SpAddress wanted) {
        return wanted.host().equals(SpAddress.ANY)
                ? new InetSocketAddress(wanted.port())
                : new InetSocketAddress(wanted.host(), wanted.port());
    }

    /** A socket file that nobody listens to any more is in the way; one with a listener is somebody's. */
    private static void removeOld(Path file) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        if (isHeardAt(file)) {
            throw new BindException("somebody listens there already");
        }
        if (Files.isRegularFile(file) || Files.isDirectory(file)) {
            throw new BindException("there is another file of this name");
        }
        Files.delete(file);
    }

    private static boolean isHeardAt(Path file) {
        try {
            SocketChannel.open(UnixDomainSocketAddress.of(file)).close();
            return true;
        } catch (IOException nobodyListens) {
            return false;
        }
    }

    /** The next connection; null where none waits. */
    public @Nullable SocketChannel accept() throws IOException {
        return channel.accept();
    }

    /** Accepts, or lets connections wait. */
    public void accepting(boolean now) {
        key.interestOps(now ? SelectionKey.OP_ACCEPT : 0);
    }

    /**
     * Closes a selector, all whose connections it watches, and the doors that these came in by.
     *
     * @throws IOException if one of them does not close; others may then be open
     */
    public static void closeAll(Selector selector, List<Door> doors) throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        for (Door door : doors) {
            door.close();
        }
        selector.close();
    }

    @Override
    public void close() throws IOException {
        channel.close();
        if (file != null) {
            Files.deleteIfExists(file);
        }
    }
}
