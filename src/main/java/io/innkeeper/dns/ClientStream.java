package io.innkeeper.dns;

import io.innkeeper.wire.dns.DnsMessage;
import io.innkeeper.wire.net.IpAddress;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * One connection of a client: several questions in flight, answers in the order in which they are found (RFC 7766). Reading and
 * writing wait, each on a virtual thread of its own.
 */
final class ClientStream implements AutoCloseable {
    /** Questions of one connection that are not answered yet; more are not read. */
    private static final int IN_FLIGHT = 64;

    private static final byte[] END = {};

    private final Socket socket;
    private final DnsServer server;
    private final int listener;
    private final Transport transport;
    private final long high;
    private final long low;
    private final int idleMs;
    private final Semaphore room = new Semaphore(IN_FLIGHT);
    private final BlockingQueue<byte[]> answers = new ArrayBlockingQueue<>(IN_FLIGHT + 1);

    ClientStream(Socket socket, DnsServer server, int listener, Transport transport, int idleMs) {
        this.socket = socket;
        this.server = server;
        this.listener = listener;
        this.transport = transport;
        this.idleMs = idleMs;
        IpAddress client = IpAddress.of(socket.getInetAddress().getAddress());
        this.high = client.high();
        this.low = client.v6() ? client.low() : 0xffff_0000_0000L | client.low();
    }

    /** Reads until the client ends it, or is silent for too long, or asks nonsense. */
    void serve() {
        Thread writer = Thread.ofVirtual().name("dns-answers").start(this::write);
        try (socket) {
            socket.setSoTimeout(idleMs);
            socket.setTcpNoDelay(true);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            while (take(in)) {
                // Each round is one question.
            }
            // Those that are under way still get their answers.
            if (room.tryAcquire(IN_FLIGHT, idleMs, TimeUnit.MILLISECONDS) && answers.offer(END)) {
                writer.join(idleMs);
            }
        } catch (IOException e) {
            // The client is gone, or silent: nothing to tell anybody.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            writer.interrupt();
        }
    }

    private boolean take(DataInputStream in) throws IOException, InterruptedException {
        int length;
        try {
            length = in.readUnsignedShort();
        } catch (EOFException e) {
            return false;
        }
        byte[] message = in.readNBytes(length);
        boolean sense = message.length == length && length >= DnsCache.HEADER;
        if (!sense || !room.tryAcquire(idleMs, TimeUnit.MILLISECONDS)) {
            return false;
        }
        return server.offer(new StreamQuery(message, high, low, listener, transport, this::answer));
    }

    /** An empty answer is none: the question was not one to be answered. */
    private void answer(byte[] bytes, int length) {
        if (length == 0 || length > DnsMessage.MAX_LENGTH) {
            room.release();
        } else if (!answers.offer(Arrays.copyOf(bytes, length))) {
            close();
        }
    }

    private void write() {
        try {
            OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 4096);
            for (byte[] answer = answers.take(); answer.length > 0; answer = answers.take()) {
                out.write(answer.length >> 8);
                out.write(answer.length);
                out.write(answer);
                if (answers.isEmpty()) {
                    out.flush();
                }
                room.release();
            }
            out.flush();
        } catch (IOException e) {
            close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed all the same.
        }
    }
}
