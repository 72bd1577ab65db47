package io.innkeeper.wire.dns;

/** What became of some bytes. */
public sealed interface Parsed permits DnsMessage, Malformed {}
