package io.innkeeper.dns;

import static io.innkeeper.dns.StreamKit.framed;
import static io.innkeeper.dns.StreamKit.message;
import static io.innkeeper.dns.StreamKit.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.innkeeper.dns.forward.Sending;
import io.innkeeper.security.PemFiles;
import io.innkeeper.security.TestingCertificate;
import io.innkeeper.wire.dns.DnsMessage;
import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.dns.RecordType;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Questions by TCP, with real sockets (RFC 7766). */
class StreamListenerTest {
    @TempDir
    private Path folder;

    @Test
    void aQuestionMayComeInManySegments() throws Exception {
        try (StreamKit kit = new StreamKit();
                Socket socket = kit.connect()) {
            for (byte octet : framed("nas.home.arpa", RecordType.A, 7)) {
                socket.getOutputStream().write(octet);
                socket.getOutputStream().flush();
            }
            DnsMessage answer = message(read(socket));
            assertThat(answer.id()).isEqualTo(7);
            assertThat(answer.answers()).hasSize(1);
        }
    }

    @Test
    void manyQuestionsMayComeInOneSegment() throws Exception {
        try (StreamKit kit = new StreamKit();
                Socket socket = kit.connect()) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            Set<Integer> ids = new HashSet<>();
            for (int id = 1; id <= 300; id++) {
                all.write(framed("nas.home.arpa", RecordType.A, id));
                ids.add(id);
            }
            socket.getOutputStream().write(all.toByteArray());
            socket.shutdownOutput();
            while (!ids.isEmpty()) {
                assertThat(ids.remove(message(read(socket)).id())).isTrue();
            }
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void whatIsKnownDoesNotWaitForWhatIsNot() throws Exception {
        try (StreamKit kit = new StreamKit();
                Socket socket = kit.connect()) {
            socket.getOutputStream().write(framed("slow.example", RecordType.A, 1));
            Sending sending = kit.next();
            socket.getOutputStream().write(framed("nas.home.arpa", RecordType.A, 2));
            assertThat(message(read(socket)).id()).isEqualTo(2);
            kit.answer(sending, large(sending, 200));
            assertThat(message(read(socket)).id()).isEqualTo(1);
        }
    }

    @Test
    void theLongestAnswerIsGivenWhole() throws Exception {
        try (StreamKit kit = new StreamKit();
                Socket socket = kit.connect()) {
            socket.getOutputStream().write(framed("large.example", RecordType.TXT, 1));
            Sending sending = kit.next();
            byte[] large = large(sending, DnsMessage.MAX_LENGTH);
            kit.answer(sending, large.clone());
            byte[] answer = read(socket);
            assertThat(answer).hasSize(DnsMessage.MAX_LENGTH);
            assertThat(message(answer).truncated()).isFalse();
            int tail = large.length - 12 - sending.message().length;
            assertThat(answer).endsWith(java.util.Arrays.copyOfRange(large, large.length - tail, large.length));
        }
    }

    /** An answer of this length: one record that nobody knows, of the type that was asked for. */
    private static byte[] large(Sending sending, int length) throws IOException {
        DnsMessage asked = message(sending.message());
        DnsName name = asked.questions().getFirst().name();
        int type = asked.questions().getFirst().type();
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(octets);
        out.writeLong(0x0000_8180_0001_0001L);
        out.writeInt(0);
        out.write(name.wire());
        out.writeShort(type);
        out.writeShort(1);
        out.writeShort(0xc00c);
        out.writeShort(type);
        out.writeShort(1);
        out.writeInt(300);
        int data = length - octets.size() - 2;
        out.writeShort(data);
        for (int left = type == RecordType.TXT ? data : 0; left > 0; ) {
            int piece = Math.min(256, left);
            out.write(piece - 1);
            out.write("x".repeat(piece - 1).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            left -= piece;
        }
        if (type != RecordType.TXT) {
            octets.reset();
            out.write(DnsMessage.query(0, 0, asked.questions().getFirst(), null).write(512));
            byte[] bare = octets.toByteArray();
            bare[2] |= (byte) 0x80;
            return bare;
        }
        return octets.toByteArray();
    }

    @Test
    void silenceEndsAConnection() throws Exception {
        try (StreamKit kit = new StreamKit("", new StreamSlots(10, 10, 50), socket -> socket);
                Socket socket = kit.connect()) {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
            await().until(() -> kit.slots.open() == 0);
        }
    }

    @Test
    void nonsenseEndsAConnection() throws Exception {
        try (StreamKit kit = new StreamKit();
                Socket socket = kit.connect()) {
            socket.getOutputStream().write(new byte[] {0, 3, 1, 2, 3});
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void oneClientCannotHaveAllConnections() throws Exception {
        try (StreamKit kit = new StreamKit("", new StreamSlots(10, 2, 30_000), socket -> socket);
                Socket first = kit.connect();
                Socket second = kit.connect()) {
            first.getOutputStream().write(framed("nas.home.arpa", RecordType.A, 1));
            second.getOutputStream().write(framed("nas.home.arpa", RecordType.A, 2));
            assertThat(message(read(first)).id()).isEqualTo(1);
            assertThat(message(read(second)).id()).isEqualTo(2);
            try (Socket third = kit.connect()) {
                assertThat(third.getInputStream().read()).isEqualTo(-1);
            }
            assertThat(kit.slots.refused()).isOne();
            first.shutdownOutput();
            await().until(() -> kit.slots.open() == 1);
            try (Socket fourth = kit.connect()) {
                fourth.getOutputStream().write(framed("nas.home.arpa", RecordType.A, 4));
                assertThat(message(read(fourth)).id()).isEqualTo(4);
            }
        }
    }

    @Test
    void aHandshakeThatDoesNotComeToAnEndIsEnded() throws Exception {
        Assumptions.assumeTrue(TestingCertificate.possible(), "needs openssl");
        TestingCertificate made = TestingCertificate.make(folder, "one", "ec");
        PemFiles files = new PemFiles(made.certificate(), made.key());
        TlsWrapping wrapping = new TlsWrapping(files.context(), Duration.ofMillis(200));
        try (StreamKit kit = new StreamKit("", new StreamSlots(10, 10, 30_000), wrapping);
                Socket socket = kit.connect()) {
            socket.getOutputStream().write(22);
            assertThat(socket.getInputStream().readAllBytes()).isNotNull();
            await().until(() -> kit.slots.open() == 0);
        }
    }
}
