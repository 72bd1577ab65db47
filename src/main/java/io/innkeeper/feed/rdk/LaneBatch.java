package io.innkeeper.feed.rdk;

import io.innkeeper.feed.ClientReport;
import io.innkeeper.feed.ClientWord;
import io.innkeeper.feed.LeaseSink;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What comes of one run over the messages of an interface, until it is handed on as a whole. Belongs to its lane's thread. */
final class LaneBatch {
    private final ClientNews news;
    private final List<ClientWord> words = new ArrayList<>();
    private final List<Runnable> told = new ArrayList<>();
    private final List<LaneQueue.Heard> heard = new ArrayList<>();

    LaneBatch(ClientNews news) {
        this.news = news;
    }

    /** What became of a message; null where time alone went by. */
    void add(ClientReport report, LaneQueue.@Nullable Heard message) {
        if (message != null) {
            heard.add(message);
        }
        if (!report.isEmpty()) {
            words.add(new ClientWord(report, message == null ? () -> {} : () -> stored(message)));
        }
    }

    private void stored(LaneQueue.Heard message) {
        news.stored(System.nanoTime() - message.nanos());
        Receipt receipt = message.receipt();
        if (receipt != null) {
            receipt.stored().run();
        }
    }

    /** To be told to listeners once the rest is handed on. */
    void tell(Runnable listener) {
        told.add(listener);
    }

    /** Hands all of it on, in its order. */
    void handTo(LeaseSink sink) throws InterruptedException {
        if (!words.isEmpty()) {
            sink.clients(words);
        }
        told.forEach(Runnable::run);
        long nanos = System.nanoTime();
        heard.forEach(message -> news.processed(nanos - message.nanos()));
    }
}
