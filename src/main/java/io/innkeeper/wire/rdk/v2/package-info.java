/**
 * Version 2 of what DHCP clients tell the lease monitor, on the wire: frames, their compression and encryption, and the messages
 * in them. docs/lease-monitor-v2.md specifies it. No socket is opened here, and nothing is drawn by chance: nonces are handed in.
 * Start with {@link io.innkeeper.wire.rdk.v2.MessageReader} and {@link io.innkeeper.wire.rdk.v2.MessageWriter}.
 */
@org.jspecify.annotations.NullMarked
package io.innkeeper.wire.rdk.v2;
