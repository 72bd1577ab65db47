/**
 * DHCPv4 on the wire: RFC 2131 messages, RFC 2132 options and those that came later. Parsing is total. Start with
 * {@link io.innkeeper.wire.dhcp4.DhcpMessage}.
 */
@org.jspecify.annotations.NullMarked
package io.innkeeper.wire.dhcp4;
