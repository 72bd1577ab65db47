package io.innkeeper.device.naming;

import java.util.Locale;

/** Where the name of a system comes from. */
public enum NameOrigin {
    /** The system calls itself so; with a number behind where another one has that name already. */
    GIVEN,
    /** Made by the pattern of the configuration. */
    GENERATED,
    /** Registered by whoever runs the network. */
    OWNER;

    /** The name in the store and the API, such as {@code given}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
