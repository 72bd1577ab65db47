package io.innkeeper.config;

import java.time.Duration;

/**
 * When a device is there.
 *
 * @param idleAfter silent for so long, it is idle
 * @param offlineAfter silent for so long, it is gone
 * @param probe how it is asked before that
 */
@Doc("When a device is online, idle or offline.")
public record DevicePresence(
        @Doc("A device that was silent for this long is idle.") @Default("5m") @Range(min = "10s", max = "1d")
        Duration idleAfter,

        @Doc("A device that was silent for this long, and does not answer when asked, is offline.")
        @Default("15m")
        @Range(min = "20s", max = "7d")
        Duration offlineAfter,

        @Doc("How a device is asked whether it is still there, before it is called offline.")
        DeviceProbe probe) {}
