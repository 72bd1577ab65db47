package io.innkeeper.api.sse;

import io.innkeeper.event.Event;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Events as the bytes of the stream. Thousands of followers get the same newest events: each is written out once and kept
 * until another takes its place.
 */
final class SseFrames {
    private static final int KEPT = 1_024;

    @SuppressWarnings("ArrayRecordComponent") // compared by its number
    private record Frame(long number, byte[] bytes) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Frame frame && frame.number == number;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(number);
        }
    }

    private final AtomicReferenceArray<Frame> frames = new AtomicReferenceArray<>(KEPT);

    byte[] of(Event event) {
        int slot = (int) (event.number() % KEPT);
        Frame kept = frames.get(slot);
        if (kept != null && kept.number() == event.number()) {
            return kept.bytes();
        }
        Frame frame = new Frame(event.number(), write(event));
        frames.set(slot, frame);
        return frame.bytes();
    }

    private static byte[] write(Event event) {
        String text = "id: " + event.number() + "\nevent: " + event.type().text() + "\ndata: " + event.json() + "\n\n";
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
