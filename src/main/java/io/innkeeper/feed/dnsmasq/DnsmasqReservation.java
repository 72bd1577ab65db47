package io.innkeeper.feed.dnsmasq;

import io.innkeeper.wire.dnsmasq.DhcpHost;

/**
 * A host that dnsmasq's configuration knows: a {@code dhcp-host}, a line of a hosts file, or an entry of
 * {@code /etc/ethers}. It need not fix an address; see {@link DhcpHost#fixesAddress()}.
 *
 * @param host what the line says
 * @param file the file as it was named
 * @param line its line, from 1
 * @param text the line, printable and shortened
 */
public record DnsmasqReservation(DhcpHost host, String file, int line, String text) {
    /** {@code file:line: text}. */
    public String where() {
        return file + ":" + line + ": " + text;
    }
}
