package io.innkeeper.feed.rdk.v2;

import io.innkeeper.wire.rdk.v2.Message.Report;
import java.time.Duration;

/**
 * A report on its way into the store.
 *
 * @param from who brought it, and hears when it is stored
 * @param reader under which name the store remembers how far its sender came
 * @param report what is told
 * @param age how long before it came it was said
 * @param arrival in which order reports came
 */
record Delivery(Conversation from, String reader, Report report, Duration age, long arrival) {
    String ifname() {
        return report.ifname();
    }
}
