/**
 * Leases told by the DHCP clients of this machine, through the plugins of the RDK DHCP manager. Start with
 * {@link io.innkeeper.feed.rdk.LeaseReceiver}, which hears them.
 */
@org.jspecify.annotations.NullMarked
package io.innkeeper.feed.rdk;
