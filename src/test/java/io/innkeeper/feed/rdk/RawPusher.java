package io.innkeeper.feed.rdk;

import io.innkeeper.wire.rdk.SpFrames;
import io.innkeeper.wire.rdk.SpHello;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** A peer of our own that speaks as a PUSH socket does, or wrongly. */
final class RawPusher implements AutoCloseable {
    private final Socket socket = new Socket();

    RawPusher(int port) throws IOException {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(20_000);
    }

    RawPusher greet() throws IOException {
        send(SpHello.of(SpHello.PUSH));
        heard(SpHello.LENGTH);
        return this;
    }

    RawPusher message(byte[] message) throws IOException {
        byte[] head = SpFrames.head(SpFrames.Form.TCP, message.length);
        byte[] all = java.util.Arrays.copyOf(head, head.length + message.length);
        System.arraycopy(message, 0, all, head.length, message.length);
        return send(all);
    }

    RawPusher send(byte[] octets) throws IOException {
        socket.getOutputStream().write(octets);
        return this;
    }

    byte[] heard(int octets) throws IOException {
        return socket.getInputStream().readNBytes(octets);
    }

    void half() throws IOException {
        socket.shutdownOutput();
    }

    /** True where the other side closes: what it said before is skipped. */
    boolean isClosed() throws IOException {
        try {
            while (socket.getInputStream().read() >= 0) {
                // The greeting of the other side.
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
