/** Innkeeper beside the real thing: a real dnsmasq, real DHCP clients, a real browser, a real {@code kill -9}. */
@org.jspecify.annotations.NullMarked
package io.innkeeper.peer;
