package io.innkeeper.device;

import io.innkeeper.wire.net.MacAddress;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * The opinion that two hardware addresses are one device.
 *
 * @param mac the newer address
 * @param to the device that was known before
 * @param state whose opinion it is
 * @param confidence 0 to 1
 * @param reasons why, for people
 * @param at since when
 */
public record DeviceLink(
        MacAddress mac, MacAddress to, State state, double confidence, List<String> reasons, Instant at) {
    /** Whose opinion a link is. */
    public enum State {
        /** Ours. */
        SUGGESTED,
        /** The owner says that it is so. */
        CONFIRMED,
        /** The owner, or what was heard since, says that it is not so; it is not suggested again. */
        REJECTED;

        /** The name in the API, such as {@code suggested}. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Copies the reasons. */
    public DeviceLink {
        reasons = List.copyOf(reasons);
    }

    /** The same in another state. */
    public DeviceLink in(State next, Instant now) {
        return new DeviceLink(mac, to, next, confidence, reasons, now);
    }
}
