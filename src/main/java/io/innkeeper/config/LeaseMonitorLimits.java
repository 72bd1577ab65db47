package io.innkeeper.config;

import java.time.Duration;

/**
 * What peers may take.
 *
 * @param message the longest message
 * @param connections at a time
 * @param handshake how long a peer may take to greet
 * @param unfinished how long a message may take
 * @param queue messages of one interface that wait
 * @param interfaces how many are heard of
 */
@Doc("What peers may take; each refusal is counted.")
public record LeaseMonitorLimits(
        @Doc("The longest message; a longer one closes its connection. The real ones have less than 2 kB.")
        @Default("1MiB")
        @Range(min = "2kB", max = "64MiB")
        ByteSize message,

        @Doc("Connections at a time; further ones are closed.") @Default("16384") @Range(min = "1", max = "100000")
        int connections,

        @Doc("How long a peer may take for its greeting.") @Default("1s") @Range(min = "100ms", max = "1m")
        Duration handshake,

        @Doc("How long a message may take from its first octet to its last.")
        @Default("60s")
        @Range(min = "1s", max = "1h")
        Duration unfinished,

        @Doc("Messages of one interface that wait; where it is full, its senders wait.")
        @Default("1000")
        @Range(min = "1", max = "100000")
        int queue,

        @Doc("How many interfaces are heard of; messages about further ones are dropped.")
        @Default("64")
        @Range(min = "1", max = "4096")
        int interfaces) {}
