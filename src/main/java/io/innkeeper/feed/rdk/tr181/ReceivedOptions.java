package io.innkeeper.feed.rdk.tr181;

import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.rdk.Dhcpv4PluginMessage;
import io.innkeeper.wire.rdk.Dhcpv6PluginMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Options that a server sent, in hex as they were on the wire; of what the plugins hand on, what can be put together again. */
final class ReceivedOptions {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    /**
     * An option.
     *
     * @param tag its code
     * @param hex its value
     */
    record Received(int tag, String hex) {}

    private final List<Received> found = new ArrayList<>();

    private ReceivedOptions() {}

    /** Of DHCPv4 (RFC 2132), by their codes. */
    static List<Received> of(Dhcpv4PluginMessage lease) {
        ReceivedOptions options = new ReceivedOptions();
        options.addresses(1, lease.netmask());
        if (lease.timeOffsetAssigned()) {
            options.number(2, lease.timeOffset());
        }
        options.addresses(3, lease.gateway());
        options.addresses(6, lease.dnsServer() + " " + lease.dnsServer1());
        options.text(12, lease.hostname());
        options.text(15, lease.domainName());
        options.times(51, lease.leaseTime());
        options.addresses(54, lease.serverId());
        options.times(58, lease.renewalTime());
        options.times(59, lease.rebindingTime());
        options.text(67, lease.mta().bootFile());
        options.printed(122, lease.mta().option122());
        options.printed(125, lease.mta().option125());
        return options.found;
    }

    /** Of DHCPv6, by their codes. */
    static List<Received> of(Dhcpv6PluginMessage lease) {
        ReceivedOptions options = new ReceivedOptions();
        options.addresses(23, lease.dnsServer() + " " + lease.dnsServer1());
        options.names(24, lease.domainNames());
        options.addresses(31, lease.ntpServers());
        options.names(64, lease.aftr());
        options.printed(94, lease.mape().text());
        options.printed(95, lease.mapt().text());
        return options.found;
    }

    private void add(int tag, String hex) {
        if (!hex.isEmpty()) {
            found.add(new Received(tag, hex));
        }
    }

    private void addresses(int tag, String listed) {
        StringBuilder hex = new StringBuilder();
        for (String address : Texts.words(listed)) {
            IpAddress.parse(address).ifPresent(read -> hex.append(HEX.formatHex(read.octets())));
        }
        add(tag, hex.toString());
    }

    private void times(int tag, long seconds) {
        if (seconds != 0) {
            number(tag, seconds);
        }
    }

    private void number(int tag, long value) {
        add(tag, HEX.toHexDigits((int) value));
    }

    private void text(int tag, String value) {
        add(tag, HEX.formatHex(value.getBytes(StandardCharsets.UTF_8)));
    }

    /** Hex already, perhaps with colons, perhaps cut in the middle of an octet. */
    private void printed(int tag, String hex) {
        StringBuilder digits = new StringBuilder();
        hex.chars().filter(HexFormat::isHexDigit).forEach(digit -> digits.append(Character.toUpperCase((char) digit)));
        digits.setLength(digits.length() & ~1);
        add(tag, digits.toString());
    }

    /** Names of domains (RFC 1035 §3.1); a label that is none ends the list. */
    private void names(int tag, String listed) {
        StringBuilder hex = new StringBuilder();
        for (String name : Texts.words(listed)) {
            for (String label : name.split("\\.")) {
                byte[] octets = label.getBytes(StandardCharsets.UTF_8);
                if (octets.length == 0 || octets.length > 63) {
                    add(tag, hex.toString());
                    return;
                }
                hex.append(HEX.toHexDigits((byte) octets.length)).append(HEX.formatHex(octets));
            }
            hex.append("00");
        }
        add(tag, hex.toString());
    }
}
