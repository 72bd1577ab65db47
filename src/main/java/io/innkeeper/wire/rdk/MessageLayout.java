package io.innkeeper.wire.rdk;

import java.util.List;
import java.util.Optional;

/** How a build of the manager lays out its message. The length tells which; nothing else does. */
public enum MessageLayout {
    /** 64-bit, releases from 1.2.0 on. */
    LP64_MAPE(1_720, 40, true),
    /** 32-bit, releases from 1.2.0 on. */
    ILP32_MAPE(1_712, 36, true),
    /** 64-bit, releases up to 1.1.1. */
    LP64(1_464, 40, false),
    /** 32-bit, releases up to 1.1.1. */
    ILP32(1_456, 36, false);

    /** The longest message there is. */
    public static final int LONGEST = 1_720;

    private static final List<MessageLayout> ALL = List.of(values());

    private final int length;
    private final int dataAt;
    private final boolean mape;

    MessageLayout(int length, int dataAt, boolean mape) {
        this.length = length;
        this.dataAt = dataAt;
        this.mape = mape;
    }

    /** The layout of messages of that length, in octets. */
    public static Optional<MessageLayout> ofLength(int length) {
        for (MessageLayout layout : ALL) {
            if (layout.length == length) {
                return Optional.of(layout);
            }
        }
        return Optional.empty();
    }

    /** Octets of a message. */
    public int length() {
        return length;
    }

    /** Where the part begins that differs between DHCPv4 and DHCPv6. */
    int dataAt() {
        return dataAt;
    }

    /** Whether the DHCPv6 part has the container of MAP-E. */
    public boolean hasMape() {
        return mape;
    }

    /** Whether the plugin counts with 32 bits, which makes its largest number 2^31 - 1. */
    public boolean is32Bit() {
        return dataAt == 36;
    }
}
