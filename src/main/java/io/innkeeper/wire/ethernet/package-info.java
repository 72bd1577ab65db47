/** Ethernet frames, ARP, and the IPv4, UDP and ICMP headers of what we send and hear below the sockets. */
@org.jspecify.annotations.NullMarked
package io.innkeeper.wire.ethernet;
