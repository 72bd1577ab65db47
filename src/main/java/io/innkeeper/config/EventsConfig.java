package io.innkeeper.config;

/**
 * The section {@code events}.
 *
 * @param keep how many events stay replayable
 */
@Doc("The numbered event stream.")
public record EventsConfig(
        @Doc("How many of the newest events are kept, to be replayed to a client that comes back.")
        @Default("1000000")
        @Range(min = "1000", max = "100000000")
        int keep) {}
