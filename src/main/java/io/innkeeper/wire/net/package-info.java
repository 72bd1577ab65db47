/**
 * The small values that every format shares: addresses, prefixes, client identifiers. Imports nothing of ours.
 * Parsing is total: text that means nothing gives an empty {@code Optional}, never an exception. Start with
 * {@link io.innkeeper.wire.net.IpAddress}.
 */
@org.jspecify.annotations.NullMarked
package io.innkeeper.wire.net;
