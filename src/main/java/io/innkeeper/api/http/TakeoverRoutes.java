package io.innkeeper.api.http;

import io.innkeeper.dhcp.Dhcp4Service;
import io.innkeeper.dhcp.Takeover;
import io.innkeeper.feed.dnsmasq.Dhcp4Section;
import io.innkeeper.feed.dnsmasq.DnsmasqRange;
import io.innkeeper.feed.dnsmasq.DnsmasqSetup;
import io.innkeeper.service.ServiceException;
import io.innkeeper.store.Audit;
import io.innkeeper.view.TakeoverView;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** From dnsmasq to our own DHCP server: its leases into our list, its configuration into ours. */
public final class TakeoverRoutes {
    /**
     * A section of the configuration that says what a dnsmasq says.
     *
     * @param source the dnsmasq
     * @param yaml the section, with the notes as comments
     * @param notes what was not translated, with file and line, and what was guessed
     */
    public record SectionView(String source, String yaml, List<String> notes) {}

    private static final Route.Parameter FROM =
            new Route.Parameter("from", "the name of the dnsmasq, where several are watched");

    /** How many lines of a configuration are named as evidence. */
    private static final int MAX_LINES = 5;

    private final Dhcp4Desk desk;
    private final Function<String, List<Takeover.Candidate>> leasesOf;
    private final Supplier<SequencedMap<String, DnsmasqSetup>> watched;
    private final Supplier<List<Dhcp4Section.LocalAddress>> local;
    private final Audit audit;
    private final InstantSource clock;

    /**
     * Taking over what is watched.
     *
     * @param leasesOf what is known of the leases of the dnsmasq of this name
     * @param watched the configurations of the dnsmasqs that are watched now, by name
     * @param local the IPv4 addresses of this machine
     */
    public TakeoverRoutes(
            Dhcp4Desk desk,
            Function<String, List<Takeover.Candidate>> leasesOf,
            Supplier<SequencedMap<String, DnsmasqSetup>> watched,
            Supplier<List<Dhcp4Section.LocalAddress>> local,
            Audit audit,
            InstantSource clock) {
        this.desk = desk;
        this.leasesOf = leasesOf;
        this.watched = watched;
        this.local = local;
        this.audit = audit;
        this.clock = clock;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                Route.get(
                                "/api/v1/dhcp4/takeover",
                                "Which leases of the watched dnsmasq our own server would take over, which not and why,"
                                        + " and what to do next",
                                TakeoverView.class,
                                call -> takeOver(call, false))
                        .taking(FROM),
                Route.bare(
                                "POST",
                                "/api/v1/dhcp4/takeover",
                                "Takes these leases over, so that their clients keep their addresses. Repeating it takes"
                                        + " what is new",
                                TakeoverView.class,
                                call -> takeOver(call, true))
                        .taking(FROM),
                Route.get(
                                "/api/v1/dhcp4/takeover/config",
                                "A section dhcp4 made from the configuration of the watched dnsmasq, to be read before use",
                                SectionView.class,
                                this::section)
                        .taking(FROM));
    }

    private Answer takeOver(Call call, boolean enter) {
        SequencedMap<String, DnsmasqSetup> from = from(call);
        if (desk.config().isEmpty()) {
            throw Dhcp4Calls.conflict("dhcp4 is not configured: 'innkeeper takeover --config' makes a section from"
                    + " dnsmasq's configuration; docs/takeover.md has the whole way");
        }
        List<Takeover.Candidate> candidates = from.keySet().stream()
                .flatMap(name -> leasesOf.apply(name).stream())
                .toList();
        TakeoverView view = Dhcp4Calls.ask(desk, service -> {
            List<String> answering = answering(service, from);
            return Takeover.of(service, candidates, enter, List.copyOf(from.keySet()), answering);
        });
        if (enter) {
            audit.add(new Audit.Entry(
                    clock.instant(),
                    call.remoteAddress(),
                    "takeover",
                    String.join(",", from.keySet()),
                    view.adopted() + " adopted, " + view.extended() + " extended, " + view.refused() + " refused"));
        }
        return Answer.json(view);
    }

    private SequencedMap<String, DnsmasqSetup> from(Call call) {
        SequencedMap<String, DnsmasqSetup> all = watched.get();
        String name = call.query("from");
        if (name != null) {
            if (!all.containsKey(name)) {
                call.error("from", "no dnsmasq of that name is watched; there are: " + String.join(", ", all.keySet()));
            }
            all.keySet().retainAll(List.of(name));
        }
        call.check();
        if (all.isEmpty()) {
            throw Dhcp4Calls.conflict("no dnsmasq is watched, so there is nothing to take over; docs/dnsmasq.md says"
                    + " how to watch one");
        }
        return all;
    }

    /** What speaks for it that dnsmasq answers, as far as anybody can tell who does not ask it. */
    private static List<String> answering(Dhcp4Service service, Map<String, DnsmasqSetup> from)
            throws ServiceException {
        List<String> signs = new ArrayList<>();
        if (service.isShadow()) {
            signs.add("dhcp4.mode is shadow: Innkeeper answers nobody, so dnsmasq has to.");
        }
        from.forEach((name, setup) -> setup.ranges().stream()
                .filter(range -> !range.range().v6())
                .map(DnsmasqRange::where)
                .limit(MAX_LINES)
                .forEach(where -> signs.add("The configuration of '" + name + "' hands out addresses: " + where)));
        service.others()
                .forEach((server, at) ->
                        signs.add("The DHCP server " + server + " answered or was asked at " + at + "."));
        return signs;
    }

    private Answer section(Call call) {
        SequencedMap<String, DnsmasqSetup> from = from(call);
        if (from.size() > 1) {
            call.error("from", "is missing: say which of " + String.join(", ", from.keySet()));
            call.check();
        }
        Dhcp4Section section = Dhcp4Section.of(from.firstEntry().getValue(), local.get());
        return Answer.json(new SectionView(from.firstEntry().getKey(), section.yaml(), section.notes()));
    }
}
