package io.innkeeper.feed.rdk.v2;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.wire.rdk.v2.Message;
import io.innkeeper.wire.rdk.v2.MessageReader;
import io.innkeeper.wire.rdk.v2.MessageWriter;
import io.innkeeper.wire.rdk.v2.SessionKeys;
import io.innkeeper.wire.rdk.v2.TestingReports;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A sender at the other end of a conversation, without a socket between. */
final class TestingLine {
    static final String SENDER = "00112233445566778899aabbccddeeff";

    final Conversation conversation;
    final MessageWriter writer = new MessageWriter();
    final MessageReader reader = new MessageReader();
    final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final List<Conversation.Heard> heard = new ArrayList<>();

    TestingLine(Conversation conversation) {
        this.conversation = conversation;
    }

    static String nonce(int number) {
        return "%064x".formatted(number);
    }

    static Message.Hello hello(int nonce, int key) {
        return new Message.Hello(Message.VERSION, SENDER, "box", nonce(nonce), key);
    }

    /** Says hello, and takes the keys of the connection where there is one. */
    Message greet(Message.Hello hello, byte @Nullable [] key, long nanos) {
        byte[] octets = writer.write(hello);
        tell(octets, nanos);
        Message answer = hears().getFirst();
        if (answer instanceof Message.Welcome && key != null) {
            SessionKeys keys = SessionKeys.of(key, octets, reader.plainFrame());
            writer.secure(keys.fromSender());
            reader.secure(keys.fromMonitor());
        }
        return answer;
    }

    /** Sends octets. */
    void tell(byte[] octets, long nanos) {
        said.writeBytes(octets);
        heard.addAll(conversation.hear(ByteBuffer.wrap(octets), nanos));
    }

    void tell(Message message, long nanos) {
        tell(writer.write(message), nanos);
    }

    void tell(long nanos, Message.Report... reports) {
        tell(new Message.Reports(TestingReports.AT, List.of(reports)), nanos);
    }

    /** What the monitor heard of reports since this was last asked. */
    List<Conversation.Heard> heard() {
        List<Conversation.Heard> all = List.copyOf(heard);
        heard.clear();
        return all;
    }

    /** What the monitor says. */
    List<Message> hears() {
        conversation.flush();
        List<Message> all = new ArrayList<>();
        for (ByteBuffer out = conversation.outgoing(); out != null; out = conversation.outgoing()) {
            int octets = out.remaining();
            for (Message one = reader.next(out); one != null; one = reader.next(out)) {
                all.add(one);
            }
            assertThat(out.hasRemaining()).isFalse();
            conversation.written(octets);
        }
        assertThat(reader.fault()).isNull();
        return all;
    }
}
