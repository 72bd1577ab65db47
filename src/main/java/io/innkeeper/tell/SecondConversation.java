package io.innkeeper.tell;

import io.innkeeper.tell.spool.End;
import io.innkeeper.tell.spool.Entry;
import io.innkeeper.wire.net.Octets;
import io.innkeeper.wire.rdk.v2.Fault;
import io.innkeeper.wire.rdk.v2.Message;
import io.innkeeper.wire.rdk.v2.MessageReader;
import io.innkeeper.wire.rdk.v2.MessageWriter;
import io.innkeeper.wire.rdk.v2.SessionKeys;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Version 2: hello and welcome, then reports one way and acknowledgements the other (docs/lease-monitor-v2.md). */
final class SecondConversation implements Conversation {
    private static final byte[] NOTHING = {};

    private final Message.Hello hello;
    private final @Nullable SharedKey key;
    private final MessageWriter writer = new MessageWriter();
    private final MessageReader reader = new MessageReader();
    private byte[] greeting = NOTHING;
    private boolean open;
    private boolean heardSince;

    /**
     * @param sender 32 hex digits
     * @param name what the sender is called, for people
     * @param nonce 64 hex digits of chance
     * @param key null for none
     */
    SecondConversation(String sender, String name, String nonce, @Nullable SharedKey key) {
        this.hello = new Message.Hello(Message.VERSION, sender, name, nonce, key == null ? 0 : key.id());
        this.key = key;
    }

    @Override
    public byte[] greeting() {
        greeting = writer.write(hello);
        return greeting.clone();
    }

    @Override
    public List<News> heard(ByteBuffer octets, long nowMs) {
        List<News> news = new ArrayList<>();
        for (Message message = reader.next(octets); message != null; message = reader.next(octets)) {
            news(message, nowMs).ifPresent(news::add);
        }
        Fault fault = reader.fault();
        if (fault != null) {
            news.add(fault(fault));
        }
        return news;
    }

    private Optional<News> news(Message message, long nowMs) {
        boolean was = open;
        heardSince |= was;
        return switch (message) {
            case Message.Welcome welcome when !was -> Optional.of(welcomed(welcome));
            case Message.Refused refused when !was -> Optional.of(refused(refused));
            case Message.Acks acks when was -> Optional.of(ended(acks, nowMs));
            case Message.Ping _ when was -> Optional.of(new News.Answer(Octets.of(writer.write(new Message.Pong()))));
            case Message.Pong _ when was -> Optional.empty();
            case Message.Goodbye goodbye -> Optional.of(new News.Failed("it says goodbye: " + goodbye.text(), false));
            default -> Optional.of(new News.Failed("it says something that has no place here", false));
        };
    }

    private News welcomed(Message.Welcome welcome) {
        open = true;
        if (key != null) {
            SessionKeys keys = SessionKeys.of(key.octets().toArray(), greeting, reader.plainFrame());
            writer.secure(keys.fromSender());
            reader.secure(keys.fromMonitor());
        }
        return new News.Opened(welcome.window());
    }

    private News refused(Message.Refused refused) {
        String why = switch (refused.reason()) {
            case KEY_UNKNOWN -> "it does not know key " + hello.key();
            case KEY_NEEDED -> "it wants a key (--key ID:FILE)";
            case VERSION -> "it does not speak version " + Message.VERSION;
            case BUSY -> "it has too much to do";
            case MALFORMED -> "it does not understand the hello";
        };
        boolean aboutKey = refused.reason() == Message.Refusal.KEY_UNKNOWN;
        return new News.Failed(refused.text().isEmpty() ? why : why + ": " + refused.text(), aboutKey);
    }

    private static News ended(Message.Acks acks, long nowMs) {
        return new News.Ended(acks.acks().stream()
                .map(ack -> new Entry.Ended(ack.ifname(), ack.sequence(), end(ack.status()), ack.reason(), nowMs))
                .toList());
    }

    private static End end(Message.AckStatus status) {
        return switch (status) {
            case STORED -> End.STORED;
            case DUPLICATE -> End.DUPLICATE;
            case REJECTED -> End.REJECTED;
        };
    }

    private News fault(Fault fault) {
        boolean aboutKey = fault == Fault.AUTHENTICATION || (fault == Fault.FLAGS && key != null);
        return new News.Failed(
                aboutKey ? "key " + hello.key() + " is another one there" : "what it says is " + fault.text(),
                aboutKey);
    }

    @Override
    public byte[] tell(List<Entry.Waiting> messages, long nowMs) {
        List<Message.Report> reports = messages.stream()
                .map(SpoolMessage::report)
                .flatMap(Optional::stream)
                .toList();
        return reports.isEmpty() ? NOTHING : writer.write(new Message.Reports(Instant.ofEpochMilli(nowMs), reports));
    }

    @Override
    public List<News> written(long nowMs) {
        return List.of();
    }

    @Override
    public byte[] ping() {
        return writer.write(new Message.Ping());
    }

    @Override
    public byte[] goodbye() {
        return open ? writer.write(new Message.Goodbye("")) : NOTHING;
    }

    /** A monitor that cannot open the first encrypted frame has nothing that it could say about it: it closes. */
    @Override
    public News.Failed closed() {
        if (open && !heardSince && key != null) {
            return new News.Failed(
                    "it closed the connection at the first encrypted message; is key " + hello.key()
                            + " the same there?",
                    true);
        }
        return new News.Failed("it closed the connection", false);
    }
}
