package io.innkeeper.api.http;

import io.innkeeper.feed.rdk.Deadlines;
import io.innkeeper.feed.rdk.Dhcpv4Client;
import io.innkeeper.feed.rdk.Dhcpv6Client;
import io.innkeeper.feed.rdk.tr181.Uplink;
import io.innkeeper.view.UplinkView;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.Prefix;
import io.innkeeper.wire.rdk.Dhcpv4PluginMessage;
import io.innkeeper.wire.rdk.Dhcpv6PluginMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Interfaces and their DHCP clients as JSON. */
final class UplinkWords {
    private UplinkWords() {}

    static UplinkView view(Uplink uplink, Map<String, Long> messages, Instant now) {
        return new UplinkView(
                uplink.name(),
                uplink.number(),
                uplink.alias(),
                uplink.dhcpv4() == null
                        ? null
                        : four(uplink.dhcpv4(), uplink.state().v4(), now),
                uplink.dhcpv6() == null
                        ? null
                        : six(uplink.dhcpv6(), uplink.state().v6(), now),
                uplink.state().lastAt(),
                uplink.state().waiting(),
                messages);
    }

    private static UplinkView.Client four(int number, Dhcpv4Client.Shown shown, Instant now) {
        Deadlines deadlines = Deadlines.of(shown).orElse(null);
        Dhcpv4PluginMessage lease = shown.lease();
        List<UplinkView.Held> held =
                lease == null || deadlines == null || lease.address().isEmpty() || lease.isExpired()
                        ? List.of()
                        : standing(List.of(held("address", withLength(lease), null, deadlines, now)));
        if (lease == null || held.isEmpty()) {
            return new UplinkView.Client(number, shown.phase().text(), List.of(), List.of(), List.of(), "", "", "");
        }
        return new UplinkView.Client(
                number,
                shown.phase().text(),
                held,
                words(lease.gateway()),
                words(lease.dnsServer() + " " + lease.dnsServer1()),
                lease.domainName(),
                lease.serverId(),
                "");
    }

    private static String withLength(Dhcpv4PluginMessage lease) {
        return IpAddress.parse(lease.address())
                .flatMap(address -> IpAddress.parse(lease.netmask())
                        .flatMap(mask -> Prefix.ofMask(address, mask))
                        .map(prefix -> address + "/" + prefix.length()))
                .orElse(lease.address());
    }

    private static UplinkView.Client six(int number, Dhcpv6Client.Shown shown, Instant now) {
        Dhcpv6PluginMessage lease = shown.lease();
        if (lease == null || lease.isExpired()) {
            return new UplinkView.Client(number, shown.phase().text(), List.of(), List.of(), List.of(), "", "", "");
        }
        List<UplinkView.Held> held = new ArrayList<>();
        Deadlines.ofAddress(shown)
                .ifPresent(deadlines -> held.add(held(
                        "address",
                        lease.address().address(),
                        lease.address().times().iaid(),
                        deadlines,
                        now)));
        Deadlines.ofPrefix(shown)
                .ifPresent(deadlines -> held.add(held(
                        "prefix",
                        lease.prefix().prefix() + "/" + lease.prefix().length(),
                        lease.prefix().times().iaid(),
                        deadlines,
                        now)));
        return new UplinkView.Client(
                number,
                shown.phase().text(),
                standing(held),
                List.of(),
                words(lease.dnsServer() + " " + lease.dnsServer1()),
                lease.domainNames().strip(),
                "",
                softwire(lease));
    }

    private static String softwire(Dhcpv6PluginMessage lease) {
        if (lease.mapt().assigned()) {
            return "MAPT";
        }
        return lease.mape().assigned() ? "MAPE" : lease.aftr().isBlank() ? "" : "DSLITE";
    }

    /** With {@code compatibility: rdk}, what is over is still shown by the client. */
    private static List<UplinkView.Held> standing(List<UplinkView.Held> held) {
        return held.stream().filter(one -> !one.stage().equals("over")).toList();
    }

    private static UplinkView.Held held(
            String kind, String text, @Nullable Long iaid, Deadlines deadlines, Instant now) {
        return new UplinkView.Held(
                kind,
                text,
                iaid,
                deadlines.stage(now).name().toLowerCase(Locale.ROOT),
                deadlines.heardAt(),
                comes(deadlines.renewAt()),
                comes(deadlines.rebindAt()),
                comes(deadlines.preferredUntil()),
                comes(deadlines.validUntil()));
    }

    private static @Nullable Instant comes(@Nullable Instant at) {
        return Objects.equals(at, Instant.MAX) ? null : at;
    }

    private static List<String> words(String listed) {
        return Stream.of(listed.split(" ")).filter(word -> !word.isEmpty()).toList();
    }
}
