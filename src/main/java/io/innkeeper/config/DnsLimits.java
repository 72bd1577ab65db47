package io.innkeeper.config;

import java.time.Duration;

/**
 * What clients may take, and what the server spends.
 *
 * @param perClient questions a second of one client (IPv4 address, IPv6 /64); 0 for no limit
 * @param waiting questions that wait for upstreams, all in all
 * @param waitingPerClient of them for one client
 * @param tcpConnections open at once, all in all
 * @param tcpPerClient of them for one client
 * @param tcpIdle how long a connection may be silent
 * @param chain how many CNAMEs are followed
 * @param answerSize the largest UDP answer
 * @param listNames names of all block lists together
 * @param regexes regular expressions of all block lists together
 */
@Doc("What clients may take, and what the server spends; each refusal is counted.")
public record DnsLimits(
        @Doc(
                "Questions a second of one client (an IPv4 address, an IPv6 /64); a burst may be twice as many. 0: no limit.")
        @Default("1000")
        @Range(min = "0", max = "10000000")
        int perClient,

        @Doc("Questions that wait for upstreams, all in all.") @Default("8192") @Range(min = "16", max = "1000000")
        int waiting,

        @Doc("Questions that wait for upstreams, of one client.") @Default("512") @Range(min = "1", max = "1000000")
        int waitingPerClient,

        @Doc("TCP connections at once, all in all.") @Default("1000") @Range(min = "1", max = "100000")
        int tcpConnections,

        @Doc("TCP connections at once, of one client.") @Default("50") @Range(min = "1", max = "100000")
        int tcpPerClient,

        @Doc("How long a TCP connection may be silent.") @Default("10s") @Range(min = "1s", max = "10m")
        Duration tcpIdle,

        @Doc("How many CNAMEs are followed.") @Default("12") @Range(min = "1", max = "64")
        int chain,

        @Doc("The largest answer by UDP, in octets; a longer one goes by TCP (DNS flag day 2020).")
        @Default("1232")
        @Range(min = "512", max = "4096")
        int answerSize,

        @Doc("Names of all block lists together.") @Default("10000000") @Range(min = "1000", max = "100000000")
        int listNames,

        @Doc("Regular expressions of all block lists together.") @Default("1000") @Range(min = "0", max = "100000")
        int regexes) {}
