package io.innkeeper.feed.rdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.wire.rdk.SpFrames;
import io.innkeeper.wire.rdk.SpHello;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A PULL socket that takes one message a connection and keeps it, and can greet wrongly before. */
public final class TestingMonitor implements AutoCloseable {
    private final ServerSocket server = new ServerSocket();
    private final BlockingQueue<byte[]> streams = new LinkedBlockingQueue<>();
    private final BlockingQueue<byte[]> greetings = new LinkedBlockingQueue<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger early = new AtomicInteger();

    /** Listens at a port of this machine. */
    public TestingMonitor() throws IOException {
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Thread.ofVirtual().start(this::serve);
    }

    /** Where. */
    public int port() {
        return server.getLocalPort();
    }

    /** The first peers hear these in place of a greeting, and are then closed. */
    public void answerFirst(byte[]... wrong) {
        greetings.addAll(Arrays.asList(wrong));
    }

    private void serve() {
        try {
            while (true) {
                Socket socket = server.accept();
                connections.incrementAndGet();
                byte[] wrong = greetings.poll();
                Thread.ofVirtual().start(() -> talk(socket, wrong));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void talk(Socket socket, byte[] wrong) {
        try (socket) {
            InputStream in = socket.getInputStream();
            byte[] hello = in.readNBytes(SpHello.LENGTH);
            early.addAndGet(in.available());
            if (wrong != null) {
                socket.getOutputStream().write(wrong);
                socket.shutdownOutput();
                early.addAndGet(in.readAllBytes().length);
                return;
            }
            socket.getOutputStream().write(SpHello.of(SpHello.PULL));
            byte[] rest = in.readAllBytes();
            byte[] all = Arrays.copyOf(hello, hello.length + rest.length);
            System.arraycopy(rest, 0, all, hello.length, rest.length);
            streams.add(all);
        } catch (IOException e) {
            // the peer's affair
        }
    }

    /** The next message; fails where more or less came than a greeting, the length and the message. */
    public byte[] message() throws InterruptedException {
        byte[] stream = Objects.requireNonNull(streams.poll(20, TimeUnit.SECONDS), "no message");
        int head = 2 * SpHello.LENGTH;
        assertThat(Arrays.copyOf(stream, SpHello.LENGTH)).isEqualTo(SpHello.of(SpHello.PUSH));
        assertThat(Arrays.copyOfRange(stream, SpHello.LENGTH, head))
                .isEqualTo(SpFrames.head(SpFrames.Form.TCP, stream.length - head));
        return Arrays.copyOfRange(stream, head, stream.length);
    }

    /** How many connected so far. */
    public int connections() {
        return connections.get();
    }

    /** Octets that were sent before our greeting, beside the peer's own. */
    public int tooEarly() {
        return early.get();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
