package io.innkeeper.feed.dnsmasq;

/**
 * Takes what a dnsmasq's log tells of names that were asked for. Where its log is read in several ways, the lines of one of them
 * come here, so that nothing comes twice. Called on the thread of who carries the lines; must not wait for long.
 */
public interface QueryLineSink {}
