/** Load on DHCPv4 and DNS servers, made and checked: the generators of {@code bench/dhcp4} and {@code bench/dns}, and of tests that
 * kill a server under load. */
@org.jspecify.annotations.NullMarked
package io.innkeeper.bench;
