package io.innkeeper.bench.rdk;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Holds many connections to a PULL socket; then a further one pushes a message, and when the input ends each of them one. */
public final class ManyConnections {
    private static final int INTERFACES = 8;

    private ManyConnections() {}

    /** Two arguments: the port, and how many connections. */
    public static void main(String[] args) throws IOException {
        InetSocketAddress to = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]));
        int count = Integer.parseInt(args[1]);
        Messages messages = new Messages(Messages.Mix.RENEWED, INTERFACES);
        long begin = System.nanoTime();
        List<SocketChannel> held = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            held.add(Pushers.greeted(to));
        }
        System.out.printf("%d connections greeted in %.2f s%n", count, (System.nanoTime() - begin) / 1e9);
        begin = System.nanoTime();
        try (SocketChannel further = Pushers.greeted(to)) {
            push(further, messages);
        }
        System.out.printf("a further one greeted and pushed in %.2f ms%n", (System.nanoTime() - begin) / 1e6);
        while (System.in.read() >= 0) {
            // Whoever looks at what the other side takes ends it.
        }
        begin = System.nanoTime();
        for (SocketChannel channel : held) {
            push(channel, messages);
        }
        System.out.printf("each pushed a message in %.2f s%n", (System.nanoTime() - begin) / 1e9);
        for (SocketChannel channel : held) {
            channel.close();
        }
    }

    private static void push(SocketChannel channel, Messages messages) throws IOException {
        ByteBuffer message = ByteBuffer.allocate(Messages.FRAME);
        messages.put(message);
        Pushers.writeAll(channel, message.flip());
    }
}
