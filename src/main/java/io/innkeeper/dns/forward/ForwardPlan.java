package io.innkeeper.dns.forward;

import io.innkeeper.config.DnsConfig;
import io.innkeeper.config.DnsDnssec;
import io.innkeeper.config.DnsForward;
import io.innkeeper.wire.dns.DnsName;
import java.util.ArrayList;
import java.util.List;

/**
 * What the configuration says about forwarding.
 *
 * @param upstreams all of them, each once
 * @param routes which of them are for which names; the root is for all other names, and may be missing
 * @param parallel how many are asked at once, 1 or more
 * @param timeoutMs how long one is waited for before the next is asked too
 * @param deadlineMs when a question ends, whatever comes later
 * @param openLimit how many questions may be open, and how many may wait for them
 * @param validate whether signatures are checked
 */
public record ForwardPlan(
        List<UpstreamAddress> upstreams,
        List<Route> routes,
        int parallel,
        long timeoutMs,
        long deadlineMs,
        int openLimit,
        boolean validate) {
    /** When a question ends: clients do not wait longer. */
    public static final long DEADLINE_MS = 5_000;

    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException if a number makes no sense, or a route leads to an upstream that is not there
     */
    public ForwardPlan {
        upstreams = List.copyOf(upstreams);
        routes = List.copyOf(routes);
        int count = upstreams.size();
        boolean astray = routes.stream()
                .flatMap(route -> route.upstreams().stream())
                .anyMatch(upstream -> upstream < 0 || upstream >= count);
        if (astray || parallel < 1 || timeoutMs < 1 || deadlineMs < 1 || openLimit < 1) {
            throw new IllegalArgumentException("no plan: " + routes + " of " + upstreams);
        }
    }

    /**
     * The plan of a section {@code dns}.
     *
     * @param config checked
     * @param system the upstreams of this machine, for a section without: {@link SystemUpstreams#read}
     * @throws IllegalArgumentException for texts that the check of the configuration would have refused
     */
    public static ForwardPlan of(DnsConfig config, List<UpstreamAddress> system) {
        List<UpstreamAddress> all = new ArrayList<>();
        List<Route> routes = new ArrayList<>();
        List<UpstreamAddress> usual = config.upstreams().isEmpty() ? system : addresses(config.upstreams());
        if (!usual.isEmpty()) {
            routes.add(new Route(DnsName.ROOT, places(usual, all)));
        }
        for (DnsForward forward : config.forward()) {
            DnsName domain = DnsName.typed(forward.domain()).orElseThrow(() -> wrong(forward.domain()));
            routes.removeIf(route -> route.domain().equals(domain));
            routes.add(new Route(domain, places(addresses(forward.upstreams()), all)));
        }
        return new ForwardPlan(
                all,
                routes,
                config.parallel(),
                config.timeout().toMillis(),
                DEADLINE_MS,
                config.limits().waiting(),
                config.dnssec() == DnsDnssec.VALIDATE);
    }

    private static List<UpstreamAddress> addresses(List<String> texts) {
        return texts.stream()
                .map(text -> UpstreamAddress.parse(text).orElseThrow(() -> wrong(text)))
                .toList();
    }

    private static List<Integer> places(List<UpstreamAddress> addresses, List<UpstreamAddress> all) {
        List<Integer> places = new ArrayList<>();
        for (UpstreamAddress address : addresses) {
            if (!all.contains(address)) {
                all.add(address);
            }
            places.add(all.indexOf(address));
        }
        return places.stream().distinct().toList();
    }

    private static IllegalArgumentException wrong(String text) {
        return new IllegalArgumentException("not to be used: " + text);
    }
}
