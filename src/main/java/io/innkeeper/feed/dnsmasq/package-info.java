/**
 * Leases and facts learned from a running dnsmasq: its lease file, its configuration, its script. May import
 * {@code wire}, {@code lease} and {@code device}. {@link io.innkeeper.feed.dnsmasq.CutGuard} holds the one hard idea.
 */
@org.jspecify.annotations.NullMarked
package io.innkeeper.feed.dnsmasq;
