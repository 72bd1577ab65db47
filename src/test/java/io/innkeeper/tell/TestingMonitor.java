package io.innkeeper.tell;

import io.innkeeper.wire.rdk.v2.Message;
import io.innkeeper.wire.rdk.v2.MessageReader;
import io.innkeeper.wire.rdk.v2.MessageWriter;
import io.innkeeper.wire.rdk.v2.SessionKeys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A monitor that stores in memory what it is told, and can die at any moment. What it stored it keeps over its deaths. */
final class TestingMonitor implements AutoCloseable {
    private static final String CHANCE = "ab".repeat(Message.NONCE);

    private final Map<Integer, byte[]> keys = new ConcurrentHashMap<>();
    private final Map<String, Long> highest = new ConcurrentHashMap<>();
    private final List<Socket> connections = new CopyOnWriteArrayList<>();

    /** Each report that was stored, once: interface and number. */
    final List<String> stored = new CopyOnWriteArrayList<>();

    /** Numbers of reports that it does not take. */
    final List<Long> rejects = new CopyOnWriteArrayList<>();

    /** After so many stored reports it dies without acknowledging the last ones; 0 for never. */
    volatile int diesAfter;

    private final int port;
    private volatile ServerSocket server;

    TestingMonitor() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        port = server.getLocalPort();
        serve(server);
    }

    /** With a key. */
    TestingMonitor key(int id, byte[] key) {
        keys.put(id, key);
        return this;
    }

    void forget(int id) {
        keys.remove(id);
    }

    String address() {
        return "tcp://127.0.0.1:" + port;
    }

    void die() {
        close();
    }

    /** Listens where it did before. */
    void comeBack() throws IOException {
        server = new ServerSocket();
        server.setReuseAddress(true);
        server.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        serve(server);
    }

    private void serve(ServerSocket listening) {
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    Socket socket = listening.accept();
                    connections.add(socket);
                    Thread.ofVirtual().start(() -> talk(socket));
                }
            } catch (IOException closed) {
                // It died.
            }
        });
    }

    private void talk(Socket socket) {
        try (socket) {
            MessageReader reader = new MessageReader();
            MessageWriter writer = new MessageWriter();
            String sender = "";
            byte[] piece = new byte[4_096];
            for (int read = socket.getInputStream().read(piece);
                    read >= 0;
                    read = socket.getInputStream().read(piece)) {
                ByteBuffer octets = ByteBuffer.wrap(piece, 0, read);
                for (Message one = reader.next(octets); one != null; one = reader.next(octets)) {
                    switch (one) {
                        case Message.Hello hello -> {
                            sender = hello.sender();
                            if (!greet(hello, reader, writer, socket)) {
                                return;
                            }
                        }
                        case Message.Reports reports ->
                            socket.getOutputStream().write(writer.write(new Message.Acks(take(sender, reports))));
                        case Message.Ping _ -> socket.getOutputStream().write(writer.write(new Message.Pong()));
                        default -> {}
                    }
                }
                if (reader.fault() != null) {
                    return;
                }
            }
        } catch (IOException closed) {
            // It died, or the sender went away.
        }
    }

    private boolean greet(Message.Hello hello, MessageReader reader, MessageWriter writer, Socket socket)
            throws IOException {
        if (hello.key() == 0 && !keys.isEmpty()) {
            socket.getOutputStream().write(writer.write(new Message.Refused(Message.Refusal.KEY_NEEDED, "")));
            return false;
        }
        byte[] key = hello.key() == 0 ? null : keys.get(hello.key());
        if (hello.key() != 0 && key == null) {
            socket.getOutputStream().write(writer.write(new Message.Refused(Message.Refusal.KEY_UNKNOWN, "")));
            return false;
        }
        byte[] heard = reader.plainFrame();
        byte[] welcome = writer.write(new Message.Welcome("cd".repeat(Message.IDENTITY), CHANCE, 8));
        socket.getOutputStream().write(welcome);
        if (key != null) {
            SessionKeys session = SessionKeys.of(key, heard, welcome);
            reader.secure(session.fromSender());
            writer.secure(session.fromMonitor());
        }
        return true;
    }

    private synchronized List<Message.Ack> take(String sender, Message.Reports reports) throws IOException {
        List<Message.Ack> acks = new ArrayList<>();
        for (Message.Report report : reports.reports()) {
            String lane = sender + " " + report.ifname();
            boolean fresh = report.sequence() > highest.getOrDefault(lane, 0L);
            Message.AckStatus status = rejects.contains(report.sequence())
                    ? Message.AckStatus.REJECTED
                    : fresh ? Message.AckStatus.STORED : Message.AckStatus.DUPLICATE;
            if (status == Message.AckStatus.STORED) {
                highest.put(lane, report.sequence());
                stored.add(report.ifname() + " " + report.sequence());
            }
            acks.add(new Message.Ack(report.ifname(), report.sequence(), status, "so it is"));
            if (diesAfter > 0 && stored.size() >= diesAfter) {
                die();
                diesAfter = 0;
                throw new IOException("died");
            }
        }
        return acks;
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : connections) {
                socket.close();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        connections.clear();
    }
}
