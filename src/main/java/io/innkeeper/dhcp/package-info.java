/**
 * The DHCPv4 server: {@link io.innkeeper.dhcp.DhcpEngine} decides (pure), {@code DhcpServer} is the loop
 * around it.
 */
@org.jspecify.annotations.NullMarked
package io.innkeeper.dhcp;
