package io.innkeeper.config;

/**
 * What a client or a relay may take; 0 for no limit.
 *
 * @param leasesPerMac active leases of one MAC address
 * @param leasesPerCircuit active leases behind one circuit-id of one relay
 * @param packetsPerClient a second
 * @param packetsPerRelay a second
 * @param offers the most that wait for their request
 */
@Doc("What a client or a relay may take; 0 is no limit. Each refusal is counted.")
public record Dhcp4Limits(
        @Doc("Active leases of one MAC address.") @Default("0") @Range(min = "0", max = "1000000")
        int leasesPerMac,

        @Doc("Active leases behind one circuit-id of one relay.") @Default("0") @Range(min = "0", max = "1000000")
        int leasesPerCircuit,

        @Doc("Packets a second from one client.") @Default("50") @Range(min = "0", max = "1000000")
        int packetsPerClient,

        @Doc("Packets a second through one relay.") @Default("0") @Range(min = "0", max = "10000000")
        int packetsPerRelay,

        @Doc("Offers that wait for their request, all in all.") @Default("65536") @Range(min = "16", max = "10000000")
        int offers) {}
