package io.innkeeper.dns.log;

import java.time.Duration;

/** How far back top lists and times of answers look. Each is made of slices; the oldest goes when a new one begins. */
public enum StatisticsWindow {
    /** The last hour, in slices of ten minutes. */
    HOUR(6, Duration.ofMinutes(10)),
    /** The last day, in slices of an hour. */
    DAY(24, Duration.ofHours(1));

    final int slices;
    final long widthMs;

    StatisticsWindow(int slices, Duration width) {
        this.slices = slices;
        this.widthMs = width.toMillis();
    }
}
