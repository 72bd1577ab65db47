package io.innkeeper.wire.rdk;

/** What became of the octets of a message. */
public sealed interface PluginParsed permits PluginMessage, Rejected {}
