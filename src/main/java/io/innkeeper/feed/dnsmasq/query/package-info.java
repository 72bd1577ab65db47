/**
 * What a dnsmasq was asked for, put together from the lines of its log ({@code log-queries}).
 * {@link io.innkeeper.feed.dnsmasq.query.QueryJoin} holds the one hard idea.
 */
@org.jspecify.annotations.NullMarked
package io.innkeeper.feed.dnsmasq.query;
