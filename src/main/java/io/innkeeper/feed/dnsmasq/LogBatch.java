package io.innkeeper.feed.dnsmasq;

import io.innkeeper.device.Sighting;
import io.innkeeper.feed.HeardMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a piece of a log says.
 *
 * @param by who carried it
 * @param words what it says of leases, in order
 * @param messages the DHCP messages that it tells of, in order
 * @param sightings signs of life beside those
 * @param place how far the log is read with it; null where its carrier cannot go back, or lines before it are still open
 */
record LogBatch(
        Witness by,
        List<Word> words,
        List<HeardMessage> messages,
        List<Sighting> sightings,
        @Nullable String place) {
    LogBatch {
        words = List.copyOf(words);
        messages = List.copyOf(messages);
        sightings = List.copyOf(sightings);
    }

    boolean isEmpty() {
        return words.isEmpty() && messages.isEmpty() && sightings.isEmpty() && place == null;
    }
}
