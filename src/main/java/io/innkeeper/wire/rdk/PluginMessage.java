package io.innkeeper.wire.rdk;

import io.innkeeper.wire.net.IpAddress;

/** What a plugin says of the lease of an interface ({@code PLUGIN_MSG} of the manager's header {@code ipc_msg.h}). */
public sealed interface PluginMessage extends PluginParsed permits Dhcpv4PluginMessage, Dhcpv6PluginMessage {
    /** Octets of a name of an interface. */
    int IFNAME = 32;

    /** How the sender lays out its messages. */
    MessageLayout layout();

    /** The interface that the lease is of, such as {@code erouter0}; not empty. */
    String ifname();

    /** Whether it tells that a lease ended, or that there is none. */
    boolean isExpired();

    /**
     * Reads a message.
     *
     * @param bytes the message alone, without the length before it; its own length tells its layout
     */
    static PluginParsed parse(byte[] bytes) {
        MessageLayout layout = MessageLayout.ofLength(bytes.length).orElse(null);
        if (layout == null) {
            return new Rejected(Rejected.Reason.LENGTH, "", bytes.length, "no message has " + bytes.length + " octets");
        }
        StructReader head = new StructReader(bytes, 0);
        String ifname = head.text(IFNAME);
        long version = head.number();
        if (ifname.isEmpty()) {
            return new Rejected(Rejected.Reason.INTERFACE, "", bytes.length, "ifname is empty");
        }
        StructReader data = new StructReader(bytes, layout.dataAt());
        return switch ((int) version) {
            case 0 -> Dhcpv4PluginMessage.read(layout, ifname, data);
            case 1 -> Dhcpv6PluginMessage.read(layout, ifname, data);
            default -> new Rejected(Rejected.Reason.VERSION, ifname, bytes.length, "version is " + version);
        };
    }

    /** The message as a plugin of its layout sends it. */
    byte[] write();

    /** True for text that is an address of that family, or empty where that is allowed. */
    static boolean isAddress(String text, boolean v6) {
        return IpAddress.parse(text).filter(address -> address.v6() == v6).isPresent();
    }
}
