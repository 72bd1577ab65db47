package io.innkeeper;

import io.innkeeper.dhcp.InstallPlan;
import io.innkeeper.dhcp.News;
import io.innkeeper.dhcp.Refusal;
import io.innkeeper.dhcp.RogueFinding;
import io.innkeeper.event.EventType;
import io.innkeeper.lease.LeaseReport;
import io.innkeeper.view.EventBodies;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries what the DHCP server tells to the event stream and to the desk, in a thread of its own: the server never waits. */
final class DhcpNews implements News, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DhcpNews.class);

    private final Heart heart;
    private final Installing installing;
    private final Courier courier;

    /**
     * Begins to carry.
     *
     * @param dropped called for each piece of news for which there was no room
     */
    DhcpNews(Heart heart, Installing installing, Runnable dropped) {
        this.heart = heart;
        this.installing = installing;
        courier = new Courier("dhcp4-news", heart.limits.dhcp4News(), dropped);
    }

    @Override
    public void refused(Refusal refusal) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("mac", text(refusal.client()));
        body.put("clientId", text(refusal.clientId()));
        body.put("hostname", refusal.hostname());
        body.put("interface", refusal.interfaceName());
        body.put("reason", refusal.verdict().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        body.put("rule", refusal.rule());
        body.put("before", refusal.before());
        String subject = refusal.client() == null ? "unknown" : refusal.client().toString();
        courier.put(
                () -> heart.tell(EventBodies.security(EventType.SECURITY_DHCP_REFUSED, refusal.at(), subject, body)));
    }

    @Override
    public void rogue(RogueFinding finding) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("server", finding.server().toString());
        body.put("serverMac", text(finding.serverMac()));
        body.put("interface", finding.interfaceName());
        body.put("client", text(finding.client()));
        body.put("seen", finding.seen().name());
        body.put("address", text(finding.address()));
        body.put("routers", texts(finding.routers()));
        body.put("dns", texts(finding.dns()));
        body.put("before", finding.before());
        LOG.warn(
                "Another DHCP server, {} ({}), is on {}: seen {} to {}",
                finding.server(),
                finding.serverMac(),
                finding.interfaceName(),
                finding.seen(),
                finding.client());
        courier.put(() -> heart.tell(EventBodies.security(
                EventType.SECURITY_ROGUE_DHCP, finding.at(), finding.server().toString(), body)));
    }

    @Override
    public void learned(LeaseReport report) {
        courier.put(() -> heart.desk.report(report));
    }

    @Override
    public void told(InstallPlan.Told told) {
        String what = told.boot() + " (" + told.client().way().name().toLowerCase(Locale.ROOT) + ", "
                + told.client().architecture().text() + ")";
        courier.put(() -> installing.served(told.mac(), what, OwnDhcp.SERVICE));
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static List<String> texts(List<?> values) {
        return values.stream().map(Object::toString).toList();
    }

    @Override
    public void close() {
        courier.close();
    }
}
