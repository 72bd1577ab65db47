package io.innkeeper.feed.dnsmasq;

import io.innkeeper.wire.dnsmasq.ConfigLine;

/**
 * A line of dnsmasq's configuration about DHCP that says nothing about who holds what, but matters to whoever takes its place.
 *
 * @param line key, value and text
 * @param file the file as it was named
 */
public record DnsmasqDirective(ConfigLine line, String file) {
    /** {@code file:line: text}. */
    public String where() {
        return file + ":" + line.number() + ": " + line.text();
    }
}
