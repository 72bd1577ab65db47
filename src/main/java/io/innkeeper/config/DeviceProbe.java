package io.innkeeper.config;

import java.time.Duration;

/**
 * How a silent device is asked.
 *
 * @param tries how often
 * @param spacing between two questions
 */
@Doc("How a device is asked whether it is still there, before it is called offline.")
public record DeviceProbe(
        @Doc("How many questions may stay without an answer.") @Default("8") @Range(min = "1", max = "100")
        int tries,

        @Doc("How long to wait between two questions.") @Default("10s") @Range(min = "1s", max = "10m")
        Duration spacing) {}
