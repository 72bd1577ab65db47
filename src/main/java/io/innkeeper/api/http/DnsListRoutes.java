package io.innkeeper.api.http;

import io.innkeeper.config.DnsBlockList;
import io.innkeeper.config.DnsConfig;
import io.innkeeper.config.RunningConfig;
import io.innkeeper.dns.DnsService;
import io.innkeeper.dns.block.ListState;
import io.innkeeper.dns.block.ReadCounts;
import io.innkeeper.dns.block.RejectReason;
import io.innkeeper.view.DnsListView;
import io.innkeeper.view.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The block lists: how they stand, on and off, fetched anew. */
final class DnsListRoutes {
    /**
     * What can be changed of a list.
     *
     * @param enabled whether it counts
     */
    public record ListPatch(boolean enabled) {}

    private final DnsDesk desk;
    private final RunningConfig running;

    DnsListRoutes(DnsDesk desk, RunningConfig running) {
        this.desk = desk;
        this.running = running;
    }

    List<Route> routes() {
        return List.of(
                Route.list(
                        "/api/v1/dns/lists",
                        "The block lists: what was read of them, and what could not be",
                        DnsListView.class,
                        List.of(),
                        call -> Answer.json(Map.of("items", lists()))),
                Route.with(
                        "PATCH",
                        "/api/v1/dns/lists/{name}",
                        "Switches a list on or off; lasts over restarts, as 'dns.switches' of the configuration",
                        ListPatch.class,
                        DnsListView.class,
                        this::patch),
                Route.bare(
                        "POST",
                        "/api/v1/dns/lists/{name}/refresh",
                        "Looks at the source of a list now; does not wait for it",
                        DnsListView.class,
                        this::refresh));
    }

    private List<DnsListView> lists() {
        DnsConfig config = DnsCalls.config(desk);
        List<ListState> states = DnsCalls.ask(desk, DnsService::world).lists();
        List<DnsListView> views = new ArrayList<>();
        if (!config.rules().isEmpty()) {
            views.add(byHand(config, state(states, 0)));
        }
        for (int i = 0; i < config.block().size(); i++) {
            views.add(view(config.block().get(i), state(states, i + 1)));
        }
        return views;
    }

    private static Optional<ListState> state(List<ListState> states, int number) {
        return states.stream().filter(state -> state.number() == number).findFirst();
    }

    private static DnsListView byHand(DnsConfig config, Optional<ListState> state) {
        ReadCounts counts = state.map(ListState::counts).orElse(ReadCounts.NONE);
        return new DnsListView(
                DnsRoutes.BY_HAND,
                "dns.rules",
                "adblock",
                true,
                false,
                List.of(),
                List.of(),
                counts.rules(),
                config.rules().size(),
                counts.rejectedCount(),
                rejected(counts),
                0,
                null,
                null,
                null,
                null);
    }

    private static DnsListView view(DnsBlockList list, Optional<ListState> found) {
        ListState state = found.filter(one -> one.source().equals(list.list())).orElse(null);
        ReadCounts counts = state == null ? ReadCounts.NONE : state.counts();
        return new DnsListView(
                list.shownName(),
                list.list(),
                (state == null ? list.form() : state.form()).name().toLowerCase(Locale.ROOT),
                list.enabled(),
                list.allow(),
                list.groups(),
                list.when(),
                counts.rules(),
                counts.lines(),
                counts.rejectedCount(),
                rejected(counts),
                state == null ? 0 : state.octets(),
                millis(state == null ? null : state.fetchedAt()),
                millis(state == null ? null : state.changedAt()),
                millis(state == null ? null : state.nextAt()),
                state == null ? null : state.error());
    }

    private static @Nullable Instant millis(@Nullable Instant at) {
        return at == null ? null : Instant.ofEpochMilli(at.toEpochMilli());
    }

    private static List<DnsListView.DnsRejected> rejected(ReadCounts counts) {
        List<DnsListView.DnsRejected> all = new ArrayList<>();
        for (RejectReason reason : RejectReason.values()) {
            ReadCounts.Rejected rejected = counts.rejected(reason);
            if (rejected.count() > 0) {
                all.add(new DnsListView.DnsRejected(
                        reason.text(),
                        rejected.count(),
                        rejected.examples().stream()
                                .map(line -> new DnsListView.DnsLine(line.number(), line.text()))
                                .toList()));
            }
        }
        return all;
    }

    private DnsListView find(String name) {
        return lists().stream()
                .filter(list -> list.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        Problem.notFound("there is no block list '" + name + "'; /api/v1/dns/lists lists them")));
    }

    private DnsListView fetched(Call call) {
        DnsListView list = find(call.path("name"));
        if (list.source().equals("dns.rules")) {
            throw DnsCalls.conflict("'rules' are the rules by hand, not a list: change dns.rules of the configuration");
        }
        return list;
    }

    private Answer patch(Call call) {
        DnsListView list = fetched(call);
        ObjectNode body = JsonBody.object(call);
        for (String field : body.propertyNames()) {
            if (!field.equals("enabled")) {
                call.error(field, "unknown field; there is: enabled");
            }
        }
        JsonNode enabled = body.path("enabled");
        if (!enabled.isBoolean()) {
            call.error("enabled", "must be true or false");
        }
        call.check();
        Map<String, Object> switches = Map.of("switches", Map.of(list.name(), enabled.booleanValue()));
        RunningConfig.Outcome outcome = running.patch(Json.write(Map.of("dns", switches)), call.remoteAddress());
        return outcome.isApplied() ? Answer.json(find(list.name())) : ConfigRoutes.outcome(outcome);
    }

    private Answer refresh(Call call) {
        DnsListView list = fetched(call);
        if (!list.enabled()) {
            throw DnsCalls.conflict("the list '" + list.name() + "' is off: switch it on, and it is fetched");
        }
        DnsCalls.ask(desk, service -> service.world().refresh(List.of(list.name())));
        return Answer.json(find(list.name()));
    }
}
