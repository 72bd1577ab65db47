package io.innkeeper;

import io.innkeeper.arp.ArpFinding;
import io.innkeeper.arp.Hearing;
import io.innkeeper.arp.HearingSink;
import io.innkeeper.device.Evidence;
import io.innkeeper.device.Sighting;
import io.innkeeper.event.EventType;
import io.innkeeper.ops.ArpMetrics;
import io.innkeeper.view.EventBodies;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands what the scanner heard to the desk, and findings to the event stream by a thread of its own: the scanner never waits. */
final class RollCallNews implements HearingSink, Consumer<ArpFinding>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RollCallNews.class);

    private final Heart heart;
    private final ArpMetrics metrics;
    private final Courier courier;

    /** Begins to carry. */
    RollCallNews(Heart heart, ArpMetrics metrics) {
        this.heart = heart;
        this.metrics = metrics;
        courier = new Courier("arp-news", heart.limits.arpNews(), () -> metrics.dropped(1));
    }

    @Override
    public void heard(List<Hearing> batch) {
        heart.desk.seen(batch.stream().map(RollCallNews::sighting).toList());
    }

    private static Sighting sighting(Hearing hearing) {
        IpAddress address = hearing.address();
        boolean discovery = switch (hearing.kind()) {
            case NDP_SOLICITATION, NDP_ADVERTISEMENT -> true;
            case KERNEL -> address != null && address.v6();
            default -> false;
        };
        Evidence kind = discovery ? Evidence.NDP : Evidence.ARP;
        return new Sighting(hearing.mac(), address, null, "arp/" + hearing.interfaceName(), kind, Map.of());
    }

    @Override
    public void silent(MacAddress mac, IpAddress address) {
        heart.desk.silent(mac, address);
    }

    @Override
    public void accept(ArpFinding finding) {
        String what = finding.what().name().toLowerCase(Locale.ROOT).replace('_', '-');
        metrics.finding(what);
        EventType type = finding.what() == ArpFinding.What.CONFLICT
                ? EventType.SECURITY_ARP_CONFLICT
                : EventType.SECURITY_ARP_SPOOF;
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("what", what);
        body.put("address", finding.address().toString());
        body.put("interface", finding.interfaceName());
        body.put("mac", finding.now().mac().toString());
        body.put("now", claim(finding.now()));
        body.put("before", claim(finding.before()));
        body.put("others", finding.others().stream().map(IpAddress::toString).toList());
        body.put("folded", finding.folded());
        LOG.warn("{}: {} claims {} on {}", what, finding.now().mac(), finding.address(), finding.interfaceName());
        Instant at = Instant.ofEpochMilli(finding.now().atMs());
        courier.put(() ->
                heart.tell(EventBodies.security(type, at, finding.address().toString(), body)));
    }

    private static @Nullable Map<String, Object> claim(ArpFinding.@Nullable Claim claim) {
        if (claim == null) {
            return null;
        }
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("mac", claim.mac().toString());
        shown.put("kind", claim.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        shown.put("at", Instant.ofEpochMilli(claim.atMs()));
        return shown;
    }

    @Override
    public void close() {
        courier.close();
    }
}
