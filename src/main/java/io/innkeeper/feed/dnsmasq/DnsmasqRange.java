package io.innkeeper.feed.dnsmasq;

import io.innkeeper.wire.dnsmasq.DhcpRange;

/**
 * A range of addresses that dnsmasq's configuration gives out.
 *
 * @param range what the line says
 * @param file the file as it was named
 * @param line its line, from 1
 * @param text the line, printable and shortened
 */
public record DnsmasqRange(DhcpRange range, String file, int line, String text) {
    /** {@code file:line: text}. */
    public String where() {
        return file + ":" + line + ": " + text;
    }
}
