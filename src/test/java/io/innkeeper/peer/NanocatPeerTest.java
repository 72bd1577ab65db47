package io.innkeeper.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.innkeeper.feed.rdk.LeaseReceiver;
import io.innkeeper.feed.rdk.MessageLog;
import io.innkeeper.feed.rdk.MonitorCounts;
import io.innkeeper.feed.rdk.RefusedMessages;
import io.innkeeper.wire.rdk.PluginMessage;
import io.innkeeper.wire.rdk.SpAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real libnanomsg pushes to us, by the program nanocat, over all that it can be carried by. */
@Tag("slow")
class NanocatPeerTest {
    private static final Path SAMPLE = Path.of("src/test/resources/rdk/v6-add-both.bin");

    /** Both ends are in this process, which may often have 20,000 files and no more. */
    private static final int PEERS = 9_000;

    private final BlockingQueue<PluginMessage> taken = new LinkedBlockingQueue<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final MonitorCounts counts = new MonitorCounts();

    @TempDir
    Path folder;

    private LeaseReceiver receiver;

    @BeforeEach
    void listen() throws IOException {
        List<SpAddress> addresses = new ArrayList<>();
        for (String text : List.of("tcp://127.0.0.1:0", "ipc://" + folder + "/sock", "ws://127.0.0.1:0")) {
            addresses.add(SpAddress.parse(text).orElseThrow());
        }
        receiver = new LeaseReceiver(
                addresses,
                new LeaseReceiver.Limits(1 << 20, 16_384, Duration.ofSeconds(1), Duration.ofSeconds(60)),
                taken::offer,
                counts,
                new RefusedMessages(counts, new MessageLog(), () -> Instant.EPOCH),
                failures::add);
        receiver.start();
    }

    @AfterEach
    void close() {
        receiver.close();
        assertThat(failures).isEmpty();
    }

    private String address(String scheme) {
        return receiver.addresses().stream()
                .map(SpAddress::toString)
                .filter(text -> text.startsWith(scheme))
                .findFirst()
                .orElseThrow();
    }

    private static void nanocat(String address, Path file) {
        assumeTrue(Programs.exists("nanocat"), "nanocat is not installed");
        Programs.run(Programs.find("nanocat"), "--push", "--connect", address, "--file", file.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "ipc", "ws"})
    void nanocatPushes(String scheme) throws Exception {
        nanocat(address(scheme), SAMPLE);
        assertThat(taken.poll(20, TimeUnit.SECONDS)).isEqualTo(PluginMessage.parse(Files.readAllBytes(SAMPLE)));
    }

    @Test
    void nanocatPushesTooMuchAndIsClosed() throws Exception {
        Path large = folder.resolve("large");
        Files.write(large, new byte[(1 << 20) + 1]);
        nanocat(address("tcp"), large);
        nanocat(address("tcp"), SAMPLE);
        assertThat(taken.poll(20, TimeUnit.SECONDS)).isNotNull();
        assertThat(counts.connections()).containsKey(List.of("too-long"));
    }

    @Test
    void thousandsOfPeersDoNotKeepThePluginOut() throws Exception {
        assumeTrue(Programs.exists("nanocat"), "nanocat is not installed");
        List<Socket> idle = new ArrayList<>();
        try {
            int port = receiver.addresses().getFirst().port();
            byte[] greeting = {0, 'S', 'P', 0, 0, 0x50, 0, 0};
            for (int i = 0; i < PEERS; i++) {
                Socket socket = new Socket();
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                socket.getOutputStream().write(greeting);
                idle.add(socket);
            }
            nanocat(address("tcp"), SAMPLE);
            assertThat(taken.poll(20, TimeUnit.SECONDS)).isNotNull();
            assertThat(receiver.connections()).isGreaterThanOrEqualTo(PEERS);
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
    }
}
