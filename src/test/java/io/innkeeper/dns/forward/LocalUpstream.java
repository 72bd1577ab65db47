package io.innkeeper.dns.forward;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.innkeeper.wire.dns.DnsMessage;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Real upstreams on this machine's loopback, which answer every question with one address. */
final class LocalUpstream implements AutoCloseable {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private final List<Closeable> open = Collections.synchronizedList(new ArrayList<>());
    final List<Integer> sourcePorts = Collections.synchronizedList(new ArrayList<>());
    final AtomicInteger connections = new AtomicInteger();

    /** Whether a UDP answer with a wrong id comes before the right one. */
    volatile boolean guessing;

    private static void thread(Loop loop) {
        Thread.ofVirtual().start(() -> {
            try {
                loop.run();
            } catch (SocketException _) {
                // Closed.
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private interface Loop {
        void run() throws Exception;
    }

    static byte[] answer(byte[] query) {
        DnsMessage asked = (DnsMessage) DnsMessage.parse(query, 0, query.length);
        return ForwardScene.answer(asked, 1).write(DnsMessage.MIN_UDP_LENGTH);
    }

    /** Its port. */
    int udp() throws IOException {
        DatagramSocket socket = new DatagramSocket(new InetSocketAddress(HERE, 0));
        open.add(socket);
        thread(() -> {
            while (true) {
                DatagramPacket packet = new DatagramPacket(new byte[2_000], 2_000);
                socket.receive(packet);
                sourcePorts.add(packet.getPort());
                byte[] reply = answer(java.util.Arrays.copyOf(packet.getData(), packet.getLength()));
                if (guessing) {
                    byte[] guess = reply.clone();
                    guess[0] ^= 0x5a;
                    socket.send(new DatagramPacket(guess, guess.length, packet.getSocketAddress()));
                }
                socket.send(new DatagramPacket(reply, reply.length, packet.getSocketAddress()));
            }
        });
        return socket.getLocalPort();
    }

    /**
     * By TCP or TLS: answers so many questions together, the last first, then closes the connection.
     *
     * @param together 0 for each at once, and never closing
     */
    int stream(ServerSocket server, int together) {
        open.add(server);
        thread(() -> {
            while (true) {
                Socket socket = server.accept();
                open.add(socket);
                connections.incrementAndGet();
                thread(() -> {
                    try (socket) {
                        serve(socket, together);
                    } catch (java.io.EOFException | javax.net.ssl.SSLException _) {
                        // The other side closed, or does not like our certificate.
                    }
                });
            }
        });
        return server.getLocalPort();
    }

    int tcp(int together) throws IOException {
        return stream(new ServerSocket(0, 50, HERE), together);
    }

    private static void serve(Socket socket, int together) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        List<byte[]> answers = new ArrayList<>();
        do {
            byte[] query = in.readNBytes(in.readUnsignedShort());
            answers.addFirst(answer(query));
            if (answers.size() >= together) {
                for (byte[] one : answers) {
                    byte[] framed = new byte[one.length + 2];
                    QueryMessage.put(framed, 0, one.length);
                    System.arraycopy(one, 0, framed, 2, one.length);
                    socket.getOutputStream().write(framed);
                }
                answers.clear();
            }
        } while (together == 0 || !answers.isEmpty());
    }

    /** DNS over HTTPS at {@code /dns-query}; {@code /broken} says 500, {@code /text} no DNS. */
    int https(SSLContext tls) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(HERE, 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.createContext("/dns-query", exchange -> respond(exchange, 200, "application/dns-message"));
        server.createContext("/broken", exchange -> respond(exchange, 500, "application/dns-message"));
        server.createContext("/text", exchange -> respond(exchange, 200, "text/plain"));
        server.start();
        open.add(() -> server.stop(0));
        return server.getAddress().getPort();
    }

    private static void respond(HttpExchange exchange, int status, String type) throws IOException {
        try (exchange;
                InputStream in = exchange.getRequestBody()) {
            byte[] query = in.readAllBytes();
            boolean proper = exchange.getRequestMethod().equals("POST")
                    && "application/dns-message"
                            .equals(exchange.getRequestHeaders().getFirst("content-type"))
                    && QueryMessage.id(query) == 0;
            byte[] reply = answer(query);
            exchange.getResponseHeaders().add("content-type", type);
            exchange.sendResponseHeaders(proper ? status : 400, reply.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(reply);
            }
        }
    }

    /** A certificate made by keytool for {@code dns.example} and 127.0.0.1, which is also what is trusted. */
    static SSLContext certificate(Path folder) throws Exception {
        Path store = folder.resolve("store.p12");
        char[] password = "password".toCharArray();
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "dns",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=dns.example",
                        "-ext",
                        "SAN=dns:dns.example,ip:127.0.0.1",
                        "-validity",
                        "30",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(password))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool failed");
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, password);
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, password);
        trusted.setCertificateEntry("dns", keys.getCertificate("dns"));
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, password);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(own.getKeyManagers(), trust.getTrustManagers(), null);
        return tls;
    }

    @Override
    public void close() throws IOException {
        for (Closeable one : List.copyOf(open)) {
            one.close();
        }
    }
}
