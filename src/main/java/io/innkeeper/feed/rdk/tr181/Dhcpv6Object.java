package io.innkeeper.feed.rdk.tr181;

import io.innkeeper.feed.rdk.Deadlines;
import io.innkeeper.feed.rdk.Dhcpv6Client;
import io.innkeeper.wire.net.Prefix;
import io.innkeeper.wire.rdk.Dhcpv6PluginMessage;
import io.innkeeper.wire.rdk.Dhcpv6PluginMessage.Times;
import io.innkeeper.wire.rdk.SoftwireOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code Device.DHCPv6.Client.{i}.} */
final class Dhcpv6Object {
    private static final long FOR_EVER = Dhcpv6PluginMessage.INFINITE;
    private static final Times NO_TIMES = new Times(0, 0, 0, 0, 0);

    /** The options that plugins hand on: a client that gives them asked for them. */
    private static final List<Integer> KNOWN_OPTIONS = List.of(17, 23, 24, 31, 64, 94, 95);

    private final Uplink uplink;
    private final Instant now;
    private final Dhcpv6Client.Shown shown;
    private final @Nullable Dhcpv6PluginMessage lease;

    private Dhcpv6Object(Uplink uplink, Instant now) {
        this.uplink = uplink;
        this.now = now;
        this.shown = uplink.state().v6();
        this.lease = shown.lease();
    }

    static void write(Sheet row, Uplink uplink, Instant now) {
        new Dhcpv6Object(uplink, now).write(row);
    }

    private void write(Sheet row) {
        List<ReceivedOptions.Received> received = lease == null ? List.of() : ReceivedOptions.of(lease);
        row.truth("Enable", true)
                .text("Alias", uplink.alias())
                .text("Interface", uplink.reference())
                .text("Status", "Enabled")
                .hex("DUID", uplink.duid())
                .truth("RequestAddresses", lease != null && lease.address().assigned())
                .truth("RequestPrefixes", lease != null && lease.prefix().assigned())
                .truth("RapidCommit", false)
                .order(Order.RENEW)
                .signed("SuggestedT1", -1)
                .signed("SuggestedT2", -1)
                .list("SupportedOptions", "unsignedInt", KNOWN_OPTIONS)
                .list(
                        "RequestedOptions",
                        "unsignedInt",
                        received.stream().map(ReceivedOptions.Received::tag).toList())
                .text("X_RDK_LinuxInterface", uplink.name())
                .order(Order.RESTART)
                .order(Order.RELEASE)
                .text("X_INNKEEPER_Phase", shown.phase().text())
                .number("ServerNumberOfEntries", 0)
                .number("SentOptionNumberOfEntries", 0)
                .number("ReceivedOptionNumberOfEntries", received.size());
        received(row.at("ReceivedOption"), received);
        address(row.at("X_INNKEEPER_IANA"));
        prefix(row.at("X_INNKEEPER_IAPD"));
        softwire(row.at("X_RDKCENTRAL-COM_RcvOption"));
    }

    private static void received(Sheet table, List<ReceivedOptions.Received> received) {
        for (int i = 1; i <= received.size(); i++) {
            table.row(i)
                    .number("Tag", received.get(i - 1).tag())
                    .hex("Value", received.get(i - 1).hex())
                    .list("Server", "string", List.of());
        }
    }

    private void address(Sheet object) {
        boolean assigned = lease != null && lease.address().assigned();
        object.truth("Assigned", assigned)
                .v6("Address", assigned && lease != null ? lease.address().address() : "");
        times(
                object,
                assigned && lease != null ? lease.address().times() : NO_TIMES,
                Deadlines.ofAddress(shown).orElse(null));
    }

    private void prefix(Sheet object) {
        boolean assigned = lease != null && lease.prefix().assigned();
        object.truth("Assigned", assigned)
                .prefix6("Prefix", delegated().map(Prefix::toString).orElse(""));
        times(
                object,
                assigned && lease != null ? lease.prefix().times() : NO_TIMES,
                Deadlines.ofPrefix(shown).orElse(null));
    }

    private Optional<Prefix> delegated() {
        return Optional.ofNullable(lease).flatMap(Dhcpv6PluginMessage::delegated);
    }

    private void times(Sheet object, Times told, @Nullable Deadlines deadlines) {
        object.number("IAID", told.iaid())
                .number("T1", told.t1())
                .number("T2", told.t2())
                .number("PreferredLifetime", told.preferred())
                .number("ValidLifetime", told.valid())
                .number("T1Remaining", deadlines == null ? 0 : Deadlines.left(deadlines.renewAt(), now, FOR_EVER))
                .number("T2Remaining", deadlines == null ? 0 : Deadlines.left(deadlines.rebindAt(), now, FOR_EVER))
                .number(
                        "PreferredLifetimeRemaining",
                        deadlines == null ? 0 : Deadlines.left(deadlines.preferredUntil(), now, FOR_EVER))
                .number(
                        "ValidLifetimeRemaining",
                        deadlines == null ? 0 : Deadlines.left(deadlines.validUntil(), now, FOR_EVER));
    }

    private void softwire(Sheet object) {
        SoftwireOption translated =
                lease == null ? null : SoftwireOption.parse(lease.mapt().text()).orElse(null);
        SoftwireOption encapsulated =
                lease == null ? null : SoftwireOption.parse(lease.mape().text()).orElse(null);
        SoftwireOption option = translated != null ? translated : encapsulated;
        String mode = translated != null ? "MAPT" : encapsulated != null ? "MAPE" : "NONE";
        SoftwireOption.Rule rule = option == null ? null : option.rule();
        object.text("MapTransportMode", mode)
                .prefix6(
                        "MapBRPrefix",
                        option == null || option.border() == null
                                ? ""
                                : option.border().toString())
                .prefix4("MapRuleIPv4Prefix", rule == null ? "" : rule.v4().toString())
                .prefix6("MapRuleIPv6Prefix", rule == null ? "" : rule.v6().toString())
                .number("MapEALen", rule == null ? 0 : rule.eaLength())
                .number("MapPSIDOffset", rule == null ? 0 : rule.psidOffset())
                .number("MapPSIDLen", rule == null ? 0 : rule.psidLength())
                .number("MapPSID", rule == null ? 0 : rule.psid(delegated().orElse(null)))
                .number("MapRatio", rule == null ? 0 : rule.ratio())
                .truth("MapIsFMR", rule != null && rule.isForwarding());
    }
}
