package io.innkeeper.tell;

import io.innkeeper.tell.spool.End;
import io.innkeeper.tell.spool.Entry;
import io.innkeeper.wire.rdk.MessageLayout;
import io.innkeeper.wire.rdk.PluginMessage;
import io.innkeeper.wire.rdk.SpFrames;
import io.innkeeper.wire.rdk.SpHello;
import io.innkeeper.wire.rdk.v2.Message;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Version 1: the greetings of nanomsg, then messages. Nothing comes back: a message counts as told once the monitor greeted and all
 * its octets are written, and may be lost all the same.
 */
final class FirstConversation implements Conversation {
    private static final int WINDOW = 64;

    /** Octets before a message, at most. */
    private static final int HEAD = 9;

    private static final byte[] NOTHING = {};

    private final SpFrames.Form form;
    private final byte[] hello = new byte[SpHello.LENGTH];
    private int greeted;
    private final List<Entry.Waiting> onItsWay = new ArrayList<>();

    FirstConversation(SpFrames.Form form) {
        this.form = form;
    }

    @Override
    public byte[] greeting() {
        return SpHello.of(SpHello.PUSH);
    }

    @Override
    public List<News> heard(ByteBuffer octets, long nowMs) {
        while (octets.hasRemaining() && greeted < SpHello.LENGTH) {
            hello[greeted++] = octets.get();
            if (!SpHello.fits(hello, greeted, SpHello.PULL)) {
                return List.of(new News.Failed("it is no PULL socket of nanomsg", false));
            }
            if (greeted == SpHello.LENGTH) {
                return List.of(new News.Opened(WINDOW));
            }
        }
        return List.of();
    }

    @Override
    public byte[] tell(List<Entry.Waiting> messages, long nowMs) {
        ByteBuffer octets = ByteBuffer.allocate(messages.size() * (HEAD + MessageLayout.LONGEST));
        for (Entry.Waiting message : messages) {
            if (SpoolMessage.report(message).map(Message.Report::said).orElse(null) instanceof PluginMessage said) {
                byte[] body = said.write();
                octets.put(SpFrames.head(form, body.length));
                octets.put(body);
            }
        }
        onItsWay.addAll(messages);
        return Arrays.copyOf(octets.array(), octets.position());
    }

    @Override
    public List<News> written(long nowMs) {
        if (onItsWay.isEmpty()) {
            return List.of();
        }
        List<Entry.Ended> told = onItsWay.stream()
                .map(one -> new Entry.Ended(one.interfaceName(), one.sequence(), End.TOLD, "", nowMs))
                .toList();
        onItsWay.clear();
        return List.of(new News.Ended(told));
    }

    @Override
    public byte[] ping() {
        return NOTHING;
    }

    @Override
    public byte[] goodbye() {
        return NOTHING;
    }

    @Override
    public News.Failed closed() {
        return new News.Failed("it closed the connection", false);
    }
}
