package io.innkeeper.feed.rdk.tr181;

import io.innkeeper.feed.rdk.Deadlines;
import io.innkeeper.feed.rdk.Dhcpv4Client;
import io.innkeeper.wire.rdk.Dhcpv4PluginMessage;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code Device.DHCPv4.Client.{i}.} */
final class Dhcpv4Object {
    private static final String NO_ADDRESS = "0.0.0.0";

    private final Uplink uplink;
    private final boolean asOriginal;
    private final Instant now;
    private final Dhcpv4Client.Shown shown;
    private final ClientStatus status;
    private final @Nullable Dhcpv4PluginMessage lease;

    private Dhcpv4Object(Uplink uplink, boolean asOriginal, Instant now) {
        this.uplink = uplink;
        this.asOriginal = asOriginal;
        this.now = now;
        this.shown = uplink.state().v4();
        this.status = asOriginal ? original(shown) : ClientStatus.of(shown, now);
        boolean held = status != ClientStatus.INIT && status != ClientStatus.SELECTING;
        this.lease = held ? shown.lease() : null;
    }

    /** The manager knows two states, and does not leave the one when a lease ends. */
    private static ClientStatus original(Dhcpv4Client.Shown shown) {
        return shown.lease() == null ? ClientStatus.INIT : ClientStatus.BOUND;
    }

    static void write(Sheet row, Uplink uplink, boolean asOriginal, Instant now) {
        new Dhcpv4Object(uplink, asOriginal, now).write(row);
    }

    private void write(Sheet row) {
        row.truth("Enable", true)
                .text("Alias", uplink.alias())
                .text("Interface", uplink.reference())
                .text("Status", "Enabled")
                .text("DHCPStatus", status.text())
                .order(Order.RENEW);
        lease(row);
        row.truth("PassthroughEnable", false)
                .text("PassthroughDHCPPool", "")
                .text("X_RDK_LinuxInterface", uplink.name())
                .order(Order.RESTART)
                .order(Order.RELEASE);
        own(row);
        options(row);
    }

    private void lease(Sheet row) {
        String none = asOriginal ? NO_ADDRESS : "";
        row.v4("IPAddress", lease == null ? none : lease.address())
                .v4("SubnetMask", lease == null ? none : lease.netmask())
                .list("IPRouters", "IPv4Address", lease == null ? List.of() : Texts.v4(lease.gateway()))
                .list("DNSServers", "IPv4Address", lease == null ? List.of() : dns(lease))
                .signed("LeaseTimeRemaining", timeRemaining())
                .v4("DHCPServer", lease == null ? none : lease.serverId());
    }

    private static List<String> dns(Dhcpv4PluginMessage lease) {
        return Texts.v4(lease.dnsServer() + " " + lease.dnsServer1());
    }

    private long timeRemaining() {
        if (asOriginal) {
            // What the last update said, as a signed number; time does not count.
            return lease == null ? 0 : (int) lease.leaseTime();
        }
        return left(Deadlines.of(shown).map(Deadlines::validUntil).orElse(null));
    }

    /** -1 stands for ever, as with LeaseTimeRemaining. */
    private long left(@Nullable Instant at) {
        return lease == null ? 0 : Deadlines.left(at, now, -1);
    }

    private void own(Sheet row) {
        Deadlines deadlines = Deadlines.of(shown).orElse(null);
        row.text("X_INNKEEPER_Phase", shown.phase().text())
                .signed("X_INNKEEPER_RenewalTimeRemaining", deadlines == null ? 0 : left(deadlines.renewAt()))
                .signed("X_INNKEEPER_RebindingTimeRemaining", deadlines == null ? 0 : left(deadlines.rebindAt()))
                .text("X_INNKEEPER_DomainName", lease == null ? "" : lease.domainName())
                .text("X_INNKEEPER_HostName", lease == null ? "" : lease.hostname());
    }

    private void options(Sheet row) {
        List<ReceivedOptions.Received> received = lease == null ? List.of() : ReceivedOptions.of(lease);
        row.number("SentOptionNumberOfEntries", 0).number("ReqOptionNumberOfEntries", received.size());
        Sheet table = row.at("ReqOption");
        for (int i = 1; i <= received.size(); i++) {
            ReceivedOptions.Received option = received.get(i - 1);
            table.row(i)
                    .truth("Enable", true)
                    .number("Order", i)
                    .text("Alias", "cpe-option-" + option.tag())
                    .number("Tag", option.tag())
                    .hex("Value", option.hex());
        }
    }
}
