package io.innkeeper.cli;

import io.innkeeper.wire.rdk.SpHello;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** Tells a monitor of its own a few messages, while the JVM notes which classes that takes: {@code notify lease} then starts quickly. */
final class NotifyTraining {
    /** The hidden command. */
    static final String COMMAND = "notify-training";

    private static final int ROUNDS = 20;

    private NotifyTraining() {}

    static int run() {
        try (ServerSocketChannel monitor = ServerSocketChannel.open()) {
            monitor.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            Thread.ofPlatform().daemon().start(() -> pull(monitor));
            String to = "rdk:tcp://127.0.0.1:" + ((InetSocketAddress) monitor.getLocalAddress()).getPort();
            for (int round = 0; round < ROUNDS; round++) {
                QuickCommand.execute(new String[] {"notify", "lease", "udhcpc", "bound", "--to", to});
                QuickCommand.execute(new String[] {"notify", "lease", "dibbler", "add", "--to", to});
            }
            return ExitCode.OK;
        } catch (IOException e) {
            System.err.println("training: " + e.getMessage());
            return ExitCode.FAILED;
        }
    }

    private static void pull(ServerSocketChannel monitor) {
        ByteBuffer octets = ByteBuffer.allocate(4_096);
        try {
            while (true) {
                try (SocketChannel peer = monitor.accept()) {
                    peer.write(ByteBuffer.wrap(SpHello.of(SpHello.PULL)));
                    while (peer.read(octets.clear()) >= 0) {
                        // whatever it says
                    }
                }
            }
        } catch (IOException e) {
            // the training is over
        }
    }
}
