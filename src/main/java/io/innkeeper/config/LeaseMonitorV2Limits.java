package io.innkeeper.config;

import java.time.Duration;

/**
 * What senders of version 2 may take.
 *
 * @param connections at a time
 * @param window reports of a connection that wait for their acknowledgement
 * @param waiting reports of all connections that wait for their interface
 * @param handshake how long a hello may take
 * @param unfinished how long a frame may take
 * @param idle how long a sender may be silent
 * @param remembered how many pairs of sender and interface the store remembers
 * @param forget how long it remembers one that is silent
 */
@Doc("What senders of version 2 may take; each refusal is counted.")
public record LeaseMonitorV2Limits(
        @Doc("Connections at a time; further ones are refused.") @Default("1000") @Range(min = "1", max = "100000")
        int connections,

        @Doc("Reports of a connection that wait for their acknowledgement.")
        @Default("200")
        @Range(min = "1", max = "10000")
        int window,

        @Doc("Reports of all connections that wait for their interface; when there are so many, nothing is read.")
        @Default("10000")
        @Range(min = "10", max = "1000000")
        int waiting,

        @Doc("How long a sender may take for its hello.") @Default("5s") @Range(min = "500ms", max = "1m")
        Duration handshake,

        @Doc("How long a frame may take from its first octet to its last, and how long a sender may take nothing.")
        @Default("60s")
        @Range(min = "1s", max = "1h")
        Duration unfinished,

        @Doc("How long a sender may be silent before it is asked; after twice that it is let go.")
        @Default("60s")
        @Range(min = "1s", max = "1d")
        Duration idle,

        @Doc("Of how many pairs of sender and interface the store remembers what came last; beyond it, those that are"
                + " silent for the longest are forgotten.")
        @Default("10000")
        @Range(min = "100", max = "10000000")
        int remembered,

        @Doc("After how long without a word a pair of sender and interface is forgotten.")
        @Default("90d")
        @Range(min = "1d", max = "3650d")
        Duration forget) {}
