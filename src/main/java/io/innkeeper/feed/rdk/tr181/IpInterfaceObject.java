package io.innkeeper.feed.rdk.tr181;

import io.innkeeper.feed.rdk.Deadlines;
import io.innkeeper.wire.net.Prefix;
import io.innkeeper.wire.rdk.Dhcpv4PluginMessage;
import io.innkeeper.wire.rdk.Dhcpv6PluginMessage;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code Device.IP.Interface.{i}.}, as far as DHCP clients tell of it: their addresses and prefixes, with the times of each. */
final class IpInterfaceObject {
    private final Uplink uplink;
    private final boolean asOriginal;
    private final Instant now;

    private IpInterfaceObject(Uplink uplink, boolean asOriginal, Instant now) {
        this.uplink = uplink;
        this.asOriginal = asOriginal;
        this.now = now;
    }

    static void write(Sheet row, Uplink uplink, boolean asOriginal, Instant now) {
        new IpInterfaceObject(uplink, asOriginal, now).write(row);
    }

    private void write(Sheet row) {
        boolean v4 = address4() != null;
        Dhcpv6PluginMessage six = standing(uplink.state().v6().lease());
        boolean address = six != null && six.address().assigned();
        Optional<Prefix> prefix = Optional.ofNullable(six).flatMap(Dhcpv6PluginMessage::delegated);
        row.text("Alias", uplink.alias())
                .text("Name", uplink.name())
                .number("IPv4AddressNumberOfEntries", v4 ? 1 : 0)
                .number("IPv6AddressNumberOfEntries", address ? 1 : 0)
                .number("IPv6PrefixNumberOfEntries", prefix.isPresent() ? 1 : 0);
        Dhcpv4PluginMessage four = address4();
        if (four != null) {
            row.at("IPv4Address")
                    .row(1)
                    .truth("Enable", true)
                    .text("Status", "Enabled")
                    .v4("IPAddress", four.address())
                    .v4("SubnetMask", four.netmask())
                    .text("AddressingType", "DHCP");
        }
        if (six != null && address) {
            address6(row.at("IPv6Address").row(1), six);
        }
        prefix.ifPresent(delegated -> prefix6(row.at("IPv6Prefix").row(1), delegated));
    }

    private @Nullable Dhcpv4PluginMessage address4() {
        ClientStatus status = ClientStatus.of(uplink.state().v4(), now);
        boolean held = asOriginal || (status != ClientStatus.INIT && status != ClientStatus.SELECTING);
        Dhcpv4PluginMessage lease = uplink.state().v4().lease();
        return held && lease != null && !lease.address().isEmpty() ? lease : null;
    }

    /** What is over, and yet shown where the original is followed, is no address of an interface. */
    private static @Nullable Dhcpv6PluginMessage standing(@Nullable Dhcpv6PluginMessage lease) {
        return lease == null || lease.isExpired() ? null : lease;
    }

    private void address6(Sheet row, Dhcpv6PluginMessage lease) {
        Deadlines deadlines = Deadlines.ofAddress(uplink.state().v6()).orElse(null);
        row.truth("Enable", true)
                .text("Status", "Enabled")
                .text("IPAddressStatus", standing(deadlines))
                .v6("IPAddress", lease.address().address())
                .text("Origin", "DHCPv6");
        lifetimes(row, deadlines);
    }

    private void prefix6(Sheet row, Prefix delegated) {
        Deadlines deadlines = Deadlines.ofPrefix(uplink.state().v6()).orElse(null);
        row.truth("Enable", true)
                .text("Status", "Enabled")
                .text("PrefixStatus", standing(deadlines))
                .prefix6("Prefix", delegated.toString())
                .text("Origin", "PrefixDelegation");
        lifetimes(row, deadlines);
    }

    /** RFC 4862 §5.5.4. */
    private String standing(@Nullable Deadlines deadlines) {
        if (deadlines == null) {
            return "Unknown";
        }
        if (Deadlines.left(deadlines.validUntil(), now, 1) == 0) {
            return "Invalid";
        }
        return Deadlines.left(deadlines.preferredUntil(), now, 1) == 0 ? "Deprecated" : "Preferred";
    }

    private static void lifetimes(Sheet row, @Nullable Deadlines deadlines) {
        row.time("PreferredLifetime", deadlines == null ? null : deadlines.preferredUntil())
                .time("ValidLifetime", deadlines == null ? null : deadlines.validUntil());
    }
}
