package io.innkeeper.feed.rdk.v2;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.wire.rdk.SpAddress;
import io.innkeeper.wire.rdk.v2.Message;
import io.innkeeper.wire.rdk.v2.MessageReader;
import io.innkeeper.wire.rdk.v2.MessageWriter;
import io.innkeeper.wire.rdk.v2.SessionKeys;
import io.innkeeper.wire.rdk.v2.TestingReports;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A sender with a socket. It waits for what it expects, and fails where the connection ends instead. */
public final class TestingSender implements AutoCloseable {
    private final SocketChannel channel;
    private final MessageWriter writer = new MessageWriter();
    private final MessageReader reader = new MessageReader();
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16).flip();
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

    /** Connects. */
    public TestingSender(SpAddress address) throws IOException {
        if (address.transport() == SpAddress.Transport.IPC) {
            channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            channel.connect(UnixDomainSocketAddress.of(address.path()));
        } else {
            channel = SocketChannel.open(new InetSocketAddress(address.host(), address.port()));
        }
    }

    /** Connects, and is let in. */
    public static TestingSender open(SpAddress address, String sender, int number, byte @Nullable [] key)
            throws IOException {
        TestingSender made = new TestingSender(address);
        assertThat(made.greet(sender, number, key)).isInstanceOf(Message.Welcome.class);
        return made;
    }

    /** Says hello, and hears the answer. */
    public Message greet(String sender, int number, byte @Nullable [] key) throws IOException {
        byte[] nonce = new byte[Message.NONCE];
        new SecureRandom().nextBytes(nonce);
        byte[] hello = writer.write(new Message.Hello(
                Message.VERSION, sender, "test", HexFormat.of().formatHex(nonce), number));
        send(hello);
        Message answer = hear();
        if (answer instanceof Message.Welcome && key != null) {
            SessionKeys keys = SessionKeys.of(key, hello, reader.plainFrame());
            writer.secure(keys.fromSender());
            reader.secure(keys.fromMonitor());
        }
        return answer;
    }

    /** Sends octets as they are. */
    public void send(byte[] octets) throws IOException {
        sent.writeBytes(octets);
        ByteBuffer out = ByteBuffer.wrap(octets);
        while (out.hasRemaining()) {
            channel.write(out);
        }
    }

    /** Sends a message. */
    public void send(Message message) throws IOException {
        send(writer.write(message));
    }

    /** Sends reports. */
    public void send(Message.Report... reports) throws IOException {
        send(new Message.Reports(TestingReports.AT, List.of(reports)));
    }

    /** All that was sent. */
    public byte[] sent() {
        return sent.toByteArray();
    }

    /** The next message. */
    public Message hear() throws IOException {
        Message next = hearOrEnd();
        if (next == null) {
            throw new IOException("the connection ended: " + reader.fault());
        }
        return next;
    }

    /** The next message; null where the connection ends. */
    public @Nullable Message hearOrEnd() throws IOException {
        for (Message next = reader.next(buffer); ; next = reader.next(buffer)) {
            if (next != null) {
                return next;
            }
            buffer.clear();
            int octets = channel.read(buffer);
            buffer.flip();
            if (octets < 0 || reader.fault() != null) {
                return null;
            }
        }
    }

    /** Hears acknowledgements until those up to this number of an interface have come. */
    public Message.Ack acknowledged(String ifname, long sequence) throws IOException {
        while (true) {
            if (hear() instanceof Message.Acks acks) {
                for (Message.Ack ack : acks.acks()) {
                    if (ack.ifname().equals(ifname) && ack.sequence() >= sequence) {
                        return ack;
                    }
                }
            }
        }
    }

    /** Waits until the other side has closed. */
    public void ended() throws IOException {
        while (hearOrEnd() != null) {
            // What is said before the end is of no interest here.
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
