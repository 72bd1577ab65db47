package io.innkeeper.feed;

/**
 * What a DHCP client of this machine told, and whom to tell when that is stored.
 *
 * @param report stored and published as a whole, or not at all
 * @param stored run once it is, and never where it is not. It is quick and does not throw
 */
public record ClientWord(ClientReport report, Runnable stored) {}
