package io.innkeeper.device.naming;

import java.util.Locale;

/** How strong the wish of a system for a name is; each is stronger than those before it. */
public enum Claim {
    /** It wishes none. */
    NONE,
    /** It calls itself so. */
    CLIENT,
    /** It calls itself so and has a static lease, or the configuration of its DHCP server calls it so. */
    STATIC,
    /** Whoever runs the network registered it so. */
    OWNER;

    /** The name in the store and the API, such as {@code owner}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
