/**
 * What the DHCP client plugins of the RDK DHCP manager (github.com/rdkcentral/dhcp-manager) send over nanomsg: C structures of
 * fixed length, whose length is the only mark of their version. No socket is opened here. Start with
 * {@link io.innkeeper.wire.rdk.PluginMessage}.
 */
@org.jspecify.annotations.NullMarked
package io.innkeeper.wire.rdk;
