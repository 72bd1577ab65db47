package io.innkeeper.wire.dhcp4;

/** What became of some bytes. */
public sealed interface Parsed permits DhcpMessage, Malformed {}
