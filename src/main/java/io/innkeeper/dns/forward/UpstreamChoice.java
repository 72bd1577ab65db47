package io.innkeeper.dns.forward;

import io.innkeeper.wire.dns.DnsName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which upstream is asked: of those of the longest domain, the quickest healthy one. Pure. */
final class UpstreamChoice {
    private final RouteTable routes;
    private final List<UpstreamHealth> health;

    UpstreamChoice(ForwardPlan plan) {
        routes = new RouteTable(plan.routes());
        health = plan.upstreams().stream().map(UpstreamHealth::new).toList();
    }

    /** Null where there is none. */
    @Nullable
    Route route(DnsName name) {
        return routes.find(name);
    }

    UpstreamHealth health(int upstream) {
        return health.get(upstream);
    }

    /** The best of those that were not asked; -1 for none. */
    int bestUntried(OpenQuestion<?> question) {
        return best(question, true);
    }

    /** The best of all; -1 where there are none. */
    int best(OpenQuestion<?> question) {
        return best(question, false);
    }

    private int best(OpenQuestion<?> question, boolean untried) {
        int best = -1;
        for (int i = 0; i < question.upstreams.size(); i++) {
            int upstream = question.upstreams.get(i);
            boolean fits = !(untried && question.tried.get(upstream));
            if (fits
                    && (best < 0
                            || health.get(upstream).score() < health.get(best).score())) {
                best = upstream;
            }
        }
        return best;
    }

    /** Of those that were not asked, one that nobody asked for long; -1 for none. */
    int toLookAt(OpenQuestion<?> question, long nowMs) {
        for (int i = 0; i < question.upstreams.size(); i++) {
            int upstream = question.upstreams.get(i);
            if (!question.tried.get(upstream) && health.get(upstream).wantsLook(nowMs)) {
                return upstream;
            }
        }
        return -1;
    }

    /** Somebody answered; those who refused did worse. */
    void outdone(OpenQuestion<?> question) {
        for (int i = question.refused.nextSetBit(0); i >= 0; i = question.refused.nextSetBit(i + 1)) {
            health.get(i).outdone();
        }
        question.refused.clear();
    }

    /** True if what comes from there cannot come from somebody else: by TCP, or encrypted. */
    boolean byStream(Attempt<?> attempt) {
        return attempt.stream || health.get(attempt.upstream).address().transport() != UpstreamTransport.UDP;
    }

    List<UpstreamState> states() {
        return health.stream().map(UpstreamHealth::state).toList();
    }
}
