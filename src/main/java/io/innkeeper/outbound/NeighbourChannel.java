package io.innkeeper.outbound;

import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.innkeeper.config.OutboundNeighbour;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The connection to a neighbour, with one thread of its own. It connects when it is used, and again after each loss. */
final class NeighbourChannel implements AutoCloseable {
    private static final int MAX_ANSWER = 1 << 20;
    private static final long STOP_MS = 500;

    private final EventLoopGroup loop;
    private final ManagedChannel channel;

    /** @throws IOException if the certificates cannot be read */
    NeighbourChannel(String name, OutboundNeighbour config) throws IOException {
        ChannelCredentials credentials = credentials(config);
        loop = new MultiThreadIoEventLoopGroup(
                1, Thread.ofPlatform().name("outbound-" + name).daemon().factory(), NioIoHandler.newFactory());
        channel = NettyChannelBuilder.forTarget("dns:///" + config.authority(), credentials)
                .eventLoopGroup(loop)
                .channelType(NioSocketChannel.class)
                .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        config.timeout().toMillis())
                .directExecutor() // calls wait for their answers on threads of their own
                .maxInboundMessageSize(MAX_ANSWER)
                .disableRetry() // the place in the stream says what is tried again, and when
                .disableServiceConfigLookUp()
                .keepAliveTime(30, TimeUnit.SECONDS)
                .userAgent("Innkeeper")
                .build();
    }

    private static ChannelCredentials credentials(OutboundNeighbour config) throws IOException {
        if (!config.isTls()) {
            return InsecureChannelCredentials.create();
        }
        TlsChannelCredentials.Builder tls = TlsChannelCredentials.newBuilder();
        Path caFile = config.caFile();
        return caFile == null ? tls.build() : tls.trustManager(caFile.toFile()).build();
    }

    /** For the next call. Waiting after failures is not the channel's: it tries at once. */
    ManagedChannel channel() {
        channel.resetConnectBackoff();
        return channel;
    }

    @Override
    public void close() {
        channel.shutdownNow();
        loop.shutdownGracefully(0, STOP_MS, TimeUnit.MILLISECONDS).awaitUninterruptibly(STOP_MS);
    }
}
