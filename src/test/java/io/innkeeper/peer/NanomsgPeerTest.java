package io.innkeeper.peer;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.innkeeper.feed.rdk.LeaseReceiver;
import io.innkeeper.feed.rdk.MessageLog;
import io.innkeeper.feed.rdk.MonitorCounts;
import io.innkeeper.feed.rdk.RefusedMessages;
import io.innkeeper.wire.rdk.Dhcpv4PluginMessage;
import io.innkeeper.wire.rdk.PluginMessage;
import io.innkeeper.wire.rdk.SpAddress;
import io.innkeeper.wire.rdk.SpFrames;
import io.innkeeper.wire.rdk.SpHello;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs in C on the real libnanomsg: one pushes to us, another receives beside us, and the same peers meet both. */
@Tag("slow")
class NanomsgPeerTest {
    private static final Path SAMPLE = Path.of("src/test/resources/rdk/v4-bound.bin");
    private static final int MEBIBYTE = 1 << 20;
    private static final byte[] HELLO = SpHello.of(SpHello.PUSH);

    private final List<Long> numbers = new CopyOnWriteArrayList<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final MonitorCounts counts = new MonitorCounts();
    private final RefusedMessages refused = new RefusedMessages(counts, new MessageLog(), () -> Instant.EPOCH);

    @TempDir
    private Path folder;

    private LeaseReceiver receiver;

    @BeforeEach
    void listen() throws IOException {
        refused.keep(true);
        receiver = new LeaseReceiver(
                List.of(
                        SpAddress.parse("tcp://127.0.0.1:0").orElseThrow(),
                        SpAddress.parse("ipc://" + folder + "/sock").orElseThrow()),
                new LeaseReceiver.Limits(MEBIBYTE, 1_000, Duration.ofSeconds(1), Duration.ofSeconds(60)),
                this::take,
                counts,
                refused,
                failures::add);
        receiver.start();
    }

    private boolean take(PluginMessage message) {
        return numbers.add(((Dhcpv4PluginMessage) message).leaseTime());
    }

    @AfterEach
    void close() {
        receiver.close();
        assertThat(failures).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("transports")
    void manyMessagesInOrder(int listener) throws Exception {
        int many = 5_000;
        Path push = NanomsgInC.compiled(folder, "push");
        String address = receiver.addresses().get(listener).toString();
        Process pushing = new ProcessBuilder(push.toString(), address, String.valueOf(many), SAMPLE.toString())
                .inheritIO()
                .redirectInput(ProcessBuilder.Redirect.PIPE)
                .start();
        try {
            await().atMost(20, SECONDS).until(() -> numbers.size() >= many);
            pushing.getOutputStream().close();
            assertThat(pushing.waitFor(10, SECONDS)).isTrue();
            assertThat(pushing.exitValue()).isZero();
            assertThat(numbers)
                    .containsExactlyElementsOf(
                            IntStream.range(0, many).mapToObj(Long::valueOf).toList());
        } finally {
            Programs.end(pushing);
        }
    }

    static Stream<Integer> transports() {
        return Stream.of(0, 1);
    }

    /** What a peer does, in hex or as messages, and what becomes of it. */
    private enum Peer {
        SILENT(false, true, 0),
        PART_OF_A_GREETING(false, true, 0, "0053"),
        PULLS_ITSELF(false, true, 0, "0053500000510000"),
        REQUESTS(false, true, 0, "0053500000300000"),
        VERSION_1(false, true, 0, "0053500100500000"),
        HTTP(false, true, 0, "474554202f20485454502f312e310d0a"),
        RESERVED_OCTETS(true, true, 1, "005350000050ffff", "message"),
        GREETS_ONLY(false, false, 0, "0053500000500000"),
        A_MESSAGE(false, false, 1, "0053500000500000", "message"),
        A_MESSAGE_AND_THE_END(true, true, 1, "0053500000500000", "message"),
        THREE_MESSAGES(true, true, 3, "0053500000500000", "message", "message", "message"),
        AN_EMPTY_MESSAGE(true, true, 1, "0053500000500000", "0000000000000000"),
        PART_OF_A_MESSAGE_AND_THE_END(true, true, 0, "0053500000500000", "00000000000006b8", "6574683000"),
        PART_OF_A_LENGTH_AND_THE_END(true, true, 0, "0053500000500000", "00000000"),
        PART_OF_A_MESSAGE(false, false, 0, "0053500000500000", "00000000000006b8", "6574683000"),
        A_MEBIBYTE(true, true, 1, "0053500000500000", "mebibyte"),
        ONE_OCTET_MORE(false, true, 0, "0053500000500000", "0000000000100001"),
        AS_LONG_AS_CAN_BE(false, true, 0, "0053500000500000", "ffffffffffffffff"),
        ONE_MORE_AFTER_A_MESSAGE(false, true, 1, "0053500000500000", "message", "0000000000100001");

        private final boolean ends;

        @SuppressWarnings("ImmutableEnumChecker") // three values
        private final Outcome outcome;

        @SuppressWarnings("ImmutableEnumChecker") // made by List.of
        private final List<String> pieces;

        Peer(boolean ends, boolean closed, int messages, String... pieces) {
            this.ends = ends;
            this.outcome = new Outcome("0053500000510000", closed, messages);
            this.pieces = List.of(pieces);
        }

        /** Does it, and tells what it heard, and whether it was closed. */
        Outcome meet(int port, Ear ear) throws IOException {
            int before = ear.messages();
            try (Socket socket = connected(port)) {
                boolean closed = false;
                ByteBuffer heard = ByteBuffer.allocate(100);
                try {
                    for (String piece : pieces) {
                        socket.getOutputStream().write(octets(piece));
                    }
                    if (ends) {
                        socket.shutdownOutput();
                    }
                    // Whoever is not closed is not closed for long: libnanomsg waits a second for a greeting.
                    socket.setSoTimeout(outcome.closed ? 20_000 : 1_500);
                    for (int octet = socket.getInputStream().read(); octet >= 0; ) {
                        heard.put((byte) octet);
                        octet = socket.getInputStream().read();
                    }
                    closed = true;
                } catch (SocketTimeoutException e) {
                    // still open
                } catch (SocketException e) {
                    closed = true; // closed with something unread
                }
                await().atMost(20, SECONDS).until(() -> ear.messages() >= before + outcome.messages);
                String hex = HexFormat.of().formatHex(heard.array(), 0, heard.position());
                return new Outcome(hex, closed, ear.messages() - before);
            }
        }
    }

    private record Outcome(String heard, boolean closed, int messages) {}

    /** Who listens: how many messages it got so far. */
    private interface Ear {
        int messages();
    }

    private static Socket connected(int port) throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setTcpNoDelay(true);
        return socket;
    }

    private static byte[] octets(String piece) throws IOException {
        return switch (piece) {
            case "message" -> framed(Files.readAllBytes(SAMPLE));
            case "mebibyte" -> framed(new byte[MEBIBYTE]);
            default -> HexFormat.of().parseHex(piece);
        };
    }

    private static byte[] framed(byte[] message) {
        byte[] head = SpFrames.head(SpFrames.Form.TCP, message.length);
        return ByteBuffer.allocate(head.length + message.length)
                .put(head)
                .put(message)
                .array();
    }

    /** Pushes one good message, and sees it arrive. */
    private static void goesOn(int port, Ear ear) throws IOException {
        int before = ear.messages();
        try (Socket socket = connected(port)) {
            socket.getOutputStream().write(HELLO);
            assertThat(socket.getInputStream().readNBytes(HELLO.length)).hasSize(HELLO.length);
            socket.getOutputStream().write(framed(Files.readAllBytes(SAMPLE)));
        }
        await().atMost(20, SECONDS).until(() -> ear.messages() == before + 1);
    }

    @Test
    void wrongPeersMeetUsAsTheyMeetLibnanomsg() throws Exception {
        int port = freePort();
        Process pull = new ProcessBuilder(NanomsgInC.compiled(folder, "pull").toString(), "tcp://127.0.0.1:" + port)
                .redirectErrorStream(true)
                .start();
        // Closed by its reader, when the program has ended.
        BufferedReader said = pull.inputReader(StandardCharsets.US_ASCII);
        try {
            assertThat(said.readLine()).isEqualTo("listening");
            AtomicInteger pulled = new AtomicInteger();
            Thread.ofVirtual().start(() -> count(said, pulled));
            Ear ours = () -> numbers.size() + refused.kept().size();
            int ourPort = receiver.addresses().getFirst().port();
            for (Peer peer : Peer.values()) {
                assertThat(peer.meet(port, pulled::get))
                        .as("%s at libnanomsg", peer)
                        .isEqualTo(peer.outcome);
                goesOn(port, pulled::get);
                assertThat(peer.meet(ourPort, ours)).as("%s here", peer).isEqualTo(peer.outcome);
                goesOn(ourPort, ours);
            }
        } finally {
            Programs.end(pull);
        }
    }

    private static void count(BufferedReader lines, AtomicInteger pulled) {
        try (lines) {
            while (lines.readLine() != null) {
                pulled.incrementAndGet();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
