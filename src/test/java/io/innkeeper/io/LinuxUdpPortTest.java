package io.innkeeper.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real sockets, on loopback. */
@Timeout(30)
class LinuxUdpPortTest {
    private static final int LOOPBACK = 0x7f000001;
    private static final int PATIENCE_MS = 10_000;

    private final UdpPort server = open();
    private final UdpPort client = open();
    private final ReceiveBatch received = new ReceiveBatch();
    private final SendBatch toSend = new SendBatch();

    private static UdpPort open() {
        try {
            return LinuxUdpPort.open(LOOPBACK, 0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void close() {
        server.close();
        client.close();
    }

    @Test
    void aPacketComesWithItsOriginAndItsInterface() throws Exception {
        add("hello", LOOPBACK, server.localPort(), 0, 0);
        assertThat(client.send(toSend)).isEqualTo(1);
        assertThat(toSend.count()).isZero();
        assertThat(server.receive(received, PATIENCE_MS)).isEqualTo(1);
        assertThat(received.count()).isEqualTo(1);
        assertThat(text(0)).isEqualTo("hello");
        assertThat(received.fromAddress(0)).isEqualTo(LOOPBACK);
        assertThat(received.fromPort(0)).isEqualTo(client.localPort());
        assertThat(received.toAddress(0)).isEqualTo(LOOPBACK);
        assertThat(received.interfaceIndex(0))
                .isEqualTo(NetworkInterface.getByName("lo").getIndex());
        assertThat(received.truncated(0)).isFalse();
    }

    @Test
    void manyPacketsKeepTheirOrder() throws Exception {
        int all = 3 * SendBatch.CAPACITY;
        for (int i = 0; i < all; i++) {
            add("packet " + i, LOOPBACK, server.localPort(), 0, 0);
            if (toSend.isFull()) {
                assertThat(client.send(toSend)).isEqualTo(SendBatch.CAPACITY);
            }
        }
        int seen = 0;
        while (seen < all) {
            int count = server.receive(received, PATIENCE_MS);
            for (int i = 0; i < count; i++) {
                assertThat(text(i)).isEqualTo("packet " + seen++);
            }
        }
        assertThat(server.receive(received, 0)).isZero();
        assertThat(received.count()).isZero();
        assertThat(server.dropped()).isZero();
    }

    @Test
    void aReplyLeavesFromTheAddressAskedForByTheInterfaceAskedFor() throws Exception {
        int second = 0x7f000002;
        try (UdpPort everywhere = LinuxUdpPort.open(0, 0)) {
            int lo = NetworkInterface.getByName("lo").getIndex();
            add("from the second", LOOPBACK, server.localPort(), second, 0);
            add("by loopback", LOOPBACK, server.localPort(), 0, lo);
            add("both", LOOPBACK, server.localPort(), second, lo);
            assertThat(everywhere.send(toSend)).isEqualTo(3);
            receive(3);
            assertThat(received.fromAddress(0)).isEqualTo(second);
            assertThat(received.fromAddress(1)).isEqualTo(LOOPBACK);
            assertThat(received.fromAddress(2)).isEqualTo(second);
        }
    }

    @Test
    void aSocketForAllAddressesKnowsWhichOneWasMeant() throws Exception {
        try (UdpPort everywhere = LinuxUdpPort.open(0, 0)) {
            add("x", 0x7f010203, everywhere.localPort(), 0, 0);
            client.send(toSend);
            assertThat(everywhere.receive(received, PATIENCE_MS)).isEqualTo(1);
            assertThat(received.toAddress(0)).isEqualTo(0x7f010203);
        }
    }

    @Test
    void whatIsTooLongIsMarked() throws Exception {
        byte[] long_ = new byte[ReceiveBatch.MAX_LENGTH + 1];
        Arrays.fill(long_, (byte) 'x');
        try (DatagramSocket java = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            for (int length : new int[] {long_.length, long_.length - 1, 0}) {
                java.send(new DatagramPacket(long_, length, InetAddress.getLoopbackAddress(), server.localPort()));
            }
        }
        receive(3);
        assertThat(received.truncated(0)).isTrue();
        assertThat(received.length(0)).isEqualTo(ReceiveBatch.MAX_LENGTH);
        assertThat(received.truncated(1)).isFalse();
        assertThat(received.length(1)).isEqualTo(ReceiveBatch.MAX_LENGTH);
        assertThat(received.truncated(2)).isFalse();
        assertThat(received.length(2)).isZero();
    }

    @Test
    void aPacketThatCannotLeaveDoesNotStopTheOthers() throws Exception {
        int nowhere = 0xf0000001;
        add("one", LOOPBACK, server.localPort(), 0, 0);
        add("lost", nowhere, 67, 0, 0);
        add("two", LOOPBACK, server.localPort(), 0, 0);
        add("lost", LOOPBACK, server.localPort(), 0, 0x7fffffff);
        add("three", LOOPBACK, server.localPort(), 0, 0);
        assertThat(client.send(toSend)).isEqualTo(3);
        assertThat(client.failed()).isEqualTo(2);
        assertThat(client.lastFailure()).isNotEmpty();
        receive(3);
        assertThat(text(0)).isEqualTo("one");
        assertThat(text(1)).isEqualTo("two");
        assertThat(text(2)).isEqualTo("three");
    }

    @Test
    void aWakeUpBeforeTheWaitEndsIt() throws Exception {
        server.wake();
        server.wake();
        assertThat(server.receive(received, -1)).isZero();
        assertThat(server.receive(received, 0)).isZero();
    }

    @Test
    void wakeUpsDuringTheWaitEndItEachTime() throws Exception {
        BlockingQueue<Integer> returns = new ArrayBlockingQueue<>(1);
        int rounds = 200;
        Thread waiting = Thread.ofPlatform().daemon().start(() -> {
            for (int i = 0; i < rounds; i++) {
                try {
                    returns.put(server.receive(received, -1));
                } catch (IOException | InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        });
        for (int i = 0; i < rounds; i++) {
            server.wake();
            assertThat(returns.poll(PATIENCE_MS, TimeUnit.MILLISECONDS)).isEqualTo(0);
        }
        waiting.join(PATIENCE_MS);
        assertThat(waiting.isAlive()).isFalse();
    }

    @Test
    void aPortThatIsTakenIsExplained() {
        assertThatThrownBy(() -> LinuxUdpPort.open(LOOPBACK, server.localPort()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("127.0.0.1:" + server.localPort())
                .hasMessageContaining("dnsmasq")
                .hasMessageContaining("ss -lunp");
    }

    @Test
    void aForeignAddressIsExplained() {
        assertThatThrownBy(() -> LinuxUdpPort.open(0xc0000201, 0))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("192.0.2.1:0")
                .hasMessageContaining("no interface of this machine");
    }

    @Test
    void closingTwiceAndWakingAfterwardsDoNothing() {
        server.close();
        server.close();
        server.wake();
    }

    @Test
    void theKernelsCounterOf32BitsGoesOn() {
        assertThat(LinuxUdpPort.forward(0, 5)).isEqualTo(5);
        assertThat(LinuxUdpPort.forward(5, 5)).isEqualTo(5);
        assertThat(LinuxUdpPort.forward(0xffff_fffeL, 1)).isEqualTo(0x1_0000_0001L);
    }

    @Test
    void lostPacketsAreCounted() throws Exception {
        // Fills the receive buffer, which is several megabytes at most: 4 kB each, and as much again for the kernel's
        // own.
        for (int i = 0; i < 200 && server.dropped() == 0; i++) {
            for (int j = 0; j < SendBatch.CAPACITY; j++) {
                toSend.add(new byte[SendBatch.MAX_LENGTH], SendBatch.MAX_LENGTH, LOOPBACK, server.localPort(), 0, 0);
            }
            client.send(toSend);
        }
        while (server.receive(received, 0) > 0) {
            assertThat(received.length(0)).isEqualTo(SendBatch.MAX_LENGTH);
        }
        add("after", LOOPBACK, server.localPort(), 0, 0);
        client.send(toSend);
        receive(1);
        assertThat(server.dropped()).isPositive();
    }

    private void add(String text, int to, int port, int from, int link) {
        byte[] payload = text.getBytes(StandardCharsets.US_ASCII);
        toSend.add(payload, payload.length, to, port, from, link);
    }

    /** Waits for exactly so many, which came together. */
    private void receive(int count) throws IOException {
        assertThat(server.receive(received, PATIENCE_MS)).isEqualTo(count);
    }

    private String text(int index) {
        return new String(received.bytes(index), 0, received.length(index), StandardCharsets.US_ASCII);
    }
}
