package io.innkeeper.config;

import java.time.Duration;

/**
 * Asking whether an address is in use before it is offered.
 *
 * @param arp on the link
 * @param icmp behind relays
 * @param timeout how long to wait for an answer
 */
@Doc("Asks whether somebody uses an address before it is offered for the first time. `off` asks nobody.")
public record Dhcp4ConflictCheck(
        @Doc("Ask by ARP on our own links.") @Default("true")
        boolean arp,

        @Doc("Ask by ICMP echo where the client is behind a relay.") @Default("true")
        boolean icmp,

        @Doc("How long to wait for an answer; the client waits as long for its offer.")
        @Default("500ms")
        @Range(min = "10ms", max = "10s")
        Duration timeout) {}
