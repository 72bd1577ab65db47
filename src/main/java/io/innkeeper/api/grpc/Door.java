package io.innkeeper.api.grpc;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A listening socket and a thread that sleeps until somebody comes. The libraries of gRPC take memory and a part of a second to
 * begin; whoever does not use it shall not pay for it. The kernel keeps those who come waiting meanwhile.
 */
final class Door implements AutoCloseable {
    private static final int BACKLOG = 128;

    private final ServerSocketChannel channel;
    private final Selector selector;
    private volatile boolean closed;

    private Door(ServerSocketChannel channel, Selector selector) {
        this.channel = channel;
        this.selector = selector;
    }

    /** Listens. */
    static Door open(InetSocketAddress at) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        Selector selector = null;
        try {
            channel.bind(at, BACKLOG);
            channel.configureBlocking(false);
            selector = Selector.open();
            return new Door(channel, selector);
        } catch (IOException | RuntimeException e) {
            close(channel);
            close(selector);
            throw e;
        }
    }

    /** Where it is, with the port that was really taken. */
    SocketAddress address() throws IOException {
        return channel.getLocalAddress();
    }

    /**
     * Waits for the first who comes, on a thread of its own.
     *
     * @param opened is handed the socket, which listens and from which nobody was taken; from then on it is the taker's
     */
    void await(Consumer<ServerSocketChannel> opened) {
        Thread.ofPlatform().name("grpc-door").daemon().start(() -> {
            if (hasSomebody() && !closed) {
                opened.accept(channel);
            }
        });
    }

    private boolean hasSomebody() {
        try (selector) {
            SelectionKey key = channel.register(selector, SelectionKey.OP_ACCEPT);
            while (!closed && selector.select() == 0) {
                // Woken for nothing, or to see that it is closed.
            }
            key.cancel();
            return !closed;
        } catch (IOException | ClosedSelectorException e) {
            return false;
        }
    }

    /** Closes the socket, also where it was handed on. */
    @Override
    public void close() {
        closed = true;
        close(channel);
        close(selector);
    }

    private static void close(@Nullable AutoCloseable resource) {
        try {
            if (resource != null) {
                resource.close();
            }
        } catch (Exception e) {
            // Nobody is left who could act on it.
        }
    }
}
