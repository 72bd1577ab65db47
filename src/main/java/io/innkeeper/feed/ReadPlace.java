package io.innkeeper.feed;

/**
 * How far a log was read, so that reading goes on there after a restart.
 *
 * @param reader whose place it is, such as {@code dnsmasq/home/log}
 * @param place in the reader's own words, at most 1,000 characters
 */
public record ReadPlace(String reader, String place) {}
