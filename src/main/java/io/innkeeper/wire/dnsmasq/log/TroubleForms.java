package io.innkeeper.wire.dnsmasq.log;

import io.innkeeper.wire.dnsmasq.log.LogEntry.DhcpLine;
import io.innkeeper.wire.dnsmasq.log.LogEntry.DhcpTrouble;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The lines that say what went wrong, by their text. */
final class TroubleForms {
    /**
     * What dnsmasq writes. In braces: what stands there; {@code *} is anything. The first form that fits counts.
     */
    private static final Form[] FORMS = {
        new Form(Trouble.NO_RANGE, "no address range available for DHCP request with subnet selector {address}"),
        new Form(Trouble.NO_RANGE, "no address range available for DHCP request via {iface}"),
        new Form(Trouble.NO_RANGE, "no address range available for DHCPv6 request from relay at {address}"),
        new Form(Trouble.NO_RANGE, "no address range available for DHCPv6 request via {iface}"),
        new Form(Trouble.RESERVED_LEASED, "not using configured address {address} because it is leased to {mac}"),
        new Form(Trouble.RESERVED_IN_USE, "not using configured address {address} because it is in use by {*}"),
        new Form(
                Trouble.RESERVED_DECLINED, "not using configured address {address} because it was previously declined"),
        new Form(Trouble.RESERVED_DECLINED, "disabling DHCP static address {address} for {*}"),
        new Form(Trouble.LEASE_ABANDONED, "abandoning lease to {mac} of {address}"),
        new Form(
                Trouble.NAME_TAKEN,
                "not giving name {name} to the DHCP lease of {address} because the name exists in {*}"),
        new Form(Trouble.NAME_TAKEN, "{name} is a CNAME, not giving it to the DHCP lease of {address}"),
        new Form(Trouble.NAME_REFUSED, "Ignoring domain {*} for DHCP host name {name}"),
        new Form(Trouble.NO_INTERFACE_ADDRESS, "DHCP packet received on {iface} which has no address"),
        new Form(Trouble.SEND_FAILED, "Error sending DHCP packet to {address}: {*}"),
        new Form(Trouble.SEND_FAILED, "Cannot broadcast DHCP relay via interface {iface}"),
        new Form(Trouble.SEND_FAILED, "Cannot multicast DHCP relay via interface {iface}"),
        new Form(Trouble.NO_ROOM, "cannot send DHCP/BOOTP option {*}: no space left in packet"),
        new Form(Trouble.NO_ROOM, "cannot send RFC3925 option: {*}"),
        new Form(Trouble.NO_ROOM, "PXE menu too large"),
        new Form(Trouble.STORE, "failed to write {*} (retry in {*} s)"),
        new Form(Trouble.STORE, "too many stored leases"),
        new Form(Trouble.STORE, "cannot open or create lease file {*}"),
        new Form(Trouble.STORE, "failed to read lease file {*}"),
        new Form(Trouble.STORE, "failed to parse lease database cleanly"),
        new Form(Trouble.STORE, "ignoring invalid line in lease database{*}"),
        new Form(Trouble.LEASEQUERY_REFUSED, "leasequery from {address} not permitted"),
        new Form(Trouble.DUPLICATE, "duplicate IP address {address} ({name}) in dhcp-config directive"),
        new Form(Trouble.DUPLICATE, "duplicate dhcp-host IP address {address}"),
        new Form(Trouble.DUPLICATE, "ignoring {*} line {*}, duplicate name or IP address"),
        new Form(Trouble.DUPLICATE, "{name} has more than one address in hostsfile, using {address} for DHCP"),
        new Form(Trouble.LINES_LOST, "overflow: {*} log entries lost"),
    };

    private TroubleForms() {}

    /** The trouble that the rest of a message tells; null where it tells none. */
    static @Nullable DhcpTrouble parse(long xid, MessageText text) {
        String message = text.text(text.at, text.to);
        for (Form form : FORMS) {
            DhcpTrouble trouble = form.match(xid, message);
            if (trouble != null) {
                return trouble;
            }
        }
        return null;
    }

    /** What is wrong where a message of DHCP has this kind and reason; null for nothing. */
    static @Nullable Trouble of(DhcpLine line) {
        String reason = line.reason();
        Trouble byReason = reason == null ? null : ofReason(reason);
        if (byReason != null) {
            return byReason;
        }
        return switch (line.kind()) {
            case NAK -> Trouble.REFUSED;
            case DECLINE -> Trouble.DECLINED;
            default -> null;
        };
    }

    private static @Nullable Trouble ofReason(String reason) {
        return switch (reason) {
            case "no address available",
                    "no addresses available",
                    "no address configured",
                    "address unavailable",
                    "address in use" -> Trouble.NO_ADDRESS;
            case "no leases left" -> Trouble.STORE;
            case "ignored", "disabled", "proxy-ignored" -> Trouble.IGNORED;
            case "unknown lease", "lease not found", "no binding found" -> Trouble.UNKNOWN_LEASE;
            case "not on link", "confirm failed", "address invalid", "wrong network", "no unique-id" -> Trouble.REFUSED;
            default -> null;
        };
    }

    /** One form of line. */
    private static final class Form {
        private static final Pattern PLACE = Pattern.compile("\\{([a-z*]+)}");

        private final Trouble what;
        private final List<String> literals = new ArrayList<>();
        private final List<String> places = new ArrayList<>();

        Form(Trouble what, String template) {
            this.what = what;
            Matcher place = PLACE.matcher(template);
            int from = 0;
            while (place.find()) {
                literals.add(template.substring(from, place.start()));
                places.add(place.group(1));
                from = place.end();
            }
            literals.add(template.substring(from));
        }

        @Nullable
        DhcpTrouble match(long xid, String message) {
            if (!message.startsWith(literals.getFirst())) {
                return null;
            }
            IpAddress address = null;
            MacAddress mac = null;
            String name = null;
            String iface = null;
            int at = literals.getFirst().length();
            for (int i = 0; i < places.size(); i++) {
                String next = literals.get(i + 1);
                boolean last = i + 1 == places.size();
                int to = last && next.isEmpty() ? message.length() : message.indexOf(next, at);
                if (to < at || (last && to + next.length() != message.length())) {
                    return null;
                }
                String found = message.substring(at, to);
                switch (places.get(i)) {
                    case "address" -> address = IpAddress.parse(found).orElse(null);
                    case "mac" -> mac = MacAddress.parse(found).orElse(null);
                    case "name" -> name = found;
                    case "iface" -> iface = found;
                    default -> {}
                }
                at = to + next.length();
            }
            return at == message.length() ? new DhcpTrouble(xid, what, address, mac, name, iface, message) : null;
        }
    }
}
