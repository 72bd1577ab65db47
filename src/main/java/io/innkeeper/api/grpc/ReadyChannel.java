package io.innkeeper.api.grpc;

import io.grpc.netty.shaded.io.netty.channel.ChannelFuture;
import io.grpc.netty.shaded.io.netty.channel.socket.SocketChannel;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A socket that listens already, for Netty; takes so many connections at a time and closes further ones. */
final class ReadyChannel extends NioServerSocketChannel {
    private final int most;
    private final AtomicInteger open = new AtomicInteger();
    private volatile boolean begun;

    /** @param most connections at a time */
    ReadyChannel(ServerSocketChannel listening, int most) {
        super(listening);
        this.most = most;
    }

    /** It is bound already. What counts connections is in place only now, so nobody is taken before. */
    @Override
    protected void doBind(SocketAddress address) {
        begun = true;
    }

    @Override
    public boolean isActive() {
        return begun && super.isActive();
    }

    /** How many connections are open. */
    int connections() {
        return open.get();
    }

    @Override
    protected int doReadMessages(List<Object> taken) throws Exception {
        int count = super.doReadMessages(taken);
        if (count > 0 && taken.getLast() instanceof SocketChannel connection) {
            if (open.incrementAndGet() > most) {
                open.decrementAndGet();
                taken.removeLast();
                connection.unsafe().closeForcibly();
                return 0;
            }
            ChannelFuture _ = connection.closeFuture().addListener(_ -> open.decrementAndGet());
        }
        return count;
    }
}
