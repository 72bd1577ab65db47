package io.innkeeper.wire.dnsmasq;

import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import org.jspecify.annotations.Nullable;

/**
 * A line of {@code /etc/ethers}: an Ethernet address and an IPv4 address or a host name (ethers(5); dnsmasq(8),
 * {@code --read-ethers}). Exactly one of the two is there.
 *
 * @param number the line in its file, from 1
 * @param mac the Ethernet address
 * @param address the address it shall have
 * @param name the name it shall have
 * @param text the line, printable and shortened
 */
public record EthersLine(
        int number,
        MacAddress mac,
        @Nullable IpAddress address,
        @Nullable String name,
        String text) {}
