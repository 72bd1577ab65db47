package io.innkeeper.view;

import java.util.List;

/**
 * That a device was told to wake up, as JSON. Whether it does, shows when it is heard.
 *
 * @param mac which one
 * @param sentTo the broadcast addresses that the magic packet went to
 */
public record WakeView(String mac, List<String> sentTo) {
    /** Copies the list. */
    public WakeView {
        sentTo = List.copyOf(sentTo);
    }
}
