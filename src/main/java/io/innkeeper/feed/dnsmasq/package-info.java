/**
 * Leases and facts learned from a running dnsmasq. May import {@code wire}, {@code lease} and {@code device}. For dnsmasq's
 * own configuration start with {@link io.innkeeper.feed.dnsmasq.DnsmasqConfigReader}.
 */
@org.jspecify.annotations.NullMarked
package io.innkeeper.feed.dnsmasq;
