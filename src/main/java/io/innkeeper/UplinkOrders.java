package io.innkeeper;

import io.innkeeper.config.LeaseMonitorHooks;
import io.innkeeper.feed.ClientEvent;
import io.innkeeper.feed.ClientReport;
import io.innkeeper.feed.MsgType;
import io.innkeeper.feed.rdk.HookProgram;
import io.innkeeper.feed.rdk.tr181.Order;
import io.innkeeper.feed.rdk.tr181.Uplink;
import io.innkeeper.lease.LeaseSource;
import io.innkeeper.service.CommandResponse;
import io.innkeeper.store.Audit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Commands to DHCP clients: programs of the configuration carry them out; audit and events tell of it. */
final class UplinkOrders {
    private static final Logger LOG = LoggerFactory.getLogger(UplinkOrders.class);

    private final Heart heart;
    private final Supplier<@Nullable LeaseMonitorHooks> hooks;
    private final HookProgram program = new HookProgram();

    /** @param hooks the programs as they are configured now; null where the lease monitor is not configured */
    UplinkOrders(Heart heart, Supplier<@Nullable LeaseMonitorHooks> hooks) {
        this.heart = heart;
        this.hooks = hooks;
    }

    /** Those for which there is a program. */
    List<Order> configured() {
        LeaseMonitorHooks section = hooks.get();
        return section == null
                ? List.of()
                : Stream.of(Order.values())
                        .filter(order -> !command(section, order).isEmpty())
                        .toList();
    }

    private static List<String> command(LeaseMonitorHooks section, Order order) {
        return switch (order) {
            case RENEW -> section.renew();
            case RESTART -> section.restart();
            case RELEASE -> section.release();
        };
    }

    /**
     * Runs the program of a command to its end.
     *
     * @param family 4 or 6; 0 for the clients that the interface has, one after the other
     */
    CommandResponse run(Order order, Uplink uplink, int family, String by) {
        LeaseMonitorHooks section = hooks.get();
        List<String> command = section == null ? List.of() : command(section, order);
        if (section == null || command.isEmpty()) {
            return CommandResponse.serviceError("no program is configured for it: lease-monitor.hooks." + order.text()
                    + " names one, with its arguments");
        }
        List<Integer> families = Stream.of(4, 6)
                .filter(each -> family == 0 ? uplink.client(each) != null : each == family)
                .toList();
        for (int each : families) {
            CommandResponse refused = one(order, uplink.name(), each, section, command, by);
            if (refused != null) {
                return refused;
            }
        }
        return CommandResponse.success(
                Map.of("interface", uplink.name(), "families", families, "command", order.text()));
    }

    /** Null where it was done. */
    private @Nullable CommandResponse one(
            Order order, String ifname, int family, LeaseMonitorHooks section, List<String> command, String by) {
        Map<String, String> variables =
                Map.of("INTERFACE", ifname, "FAMILY", Integer.toString(family), "COMMAND", order.text());
        HookProgram.Outcome outcome = program.run(ifname, command, variables, section.timeout());
        String what = order.text() + " of the DHCPv" + family + " client of " + ifname;
        return switch (outcome) {
            case HookProgram.Busy _ ->
                CommandResponse.serviceError("another command for " + ifname + " runs; try again in a moment");
            case HookProgram.Done done -> {
                LOG.info("Done: {}, asked for by {}. {}", what, by, done.output());
                audit(order, ifname, family, by, "done");
                tell(after(order, true), ifname, family);
                yield null;
            }
            case HookProgram.Failed failed -> {
                LOG.warn("{} failed: {}. {}", what, failed.why(), failed.output());
                audit(order, ifname, family, by, "failed: " + failed.why());
                tell(after(order, false), ifname, family);
                yield failure(what, failed);
            }
        };
    }

    private static CommandResponse failure(String what, HookProgram.Failed failed) {
        CommandResponse error = CommandResponse.serviceError(what + " failed: " + failed.why());
        Map<String, Object> data = new LinkedHashMap<>(error.data() == null ? Map.of() : error.data());
        data.put("output", failed.output());
        return new CommandResponse(error.status(), error.message(), data);
    }

    private void audit(Order order, String ifname, int family, String by, String detail) {
        heart.audit.add(new Audit.Entry(
                heart.clock.instant(), by, "uplink " + order.text(), ifname + " DHCPv" + family, detail));
    }

    /** What the manager publishes of it; of the lease itself the client's plugin tells. */
    private static List<MsgType> after(Order order, boolean done) {
        return switch (order) {
            case RENEW -> List.of();
            case RESTART -> List.of(done ? MsgType.STARTED : MsgType.FAILED);
            case RELEASE -> done ? List.of(MsgType.STOPPED) : List.of();
        };
    }

    private void tell(List<MsgType> types, String ifname, int family) {
        List<ClientEvent> events = types.stream()
                .map(type -> new ClientEvent(type, heart.clock.instant(), ifname, family, Map.of()))
                .toList();
        if (events.isEmpty()) {
            return;
        }
        try {
            heart.desk.clients(new ClientReport(LeaseSource.rdk(ifname), List.of(), events, List.of()), () -> {});
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
