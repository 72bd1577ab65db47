/** Load on a DHCPv4 server, made and checked: the generator of {@code bench/dhcp4} and of tests that kill the server under load. */
@org.jspecify.annotations.NullMarked
package io.innkeeper.bench;
