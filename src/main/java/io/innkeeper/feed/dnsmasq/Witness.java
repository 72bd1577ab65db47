package io.innkeeper.feed.dnsmasq;

import java.util.Locale;

/** Through what something was heard of a dnsmasq. */
public enum Witness {
    FILE,
    SCRIPT,
    LOG,
    SYSLOG,
    JOURNAL,
    DBUS,
    UBUS;

    /** The name in events, such as {@code dbus}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
