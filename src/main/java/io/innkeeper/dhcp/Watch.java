package io.innkeeper.dhcp;

import io.innkeeper.wire.dhcp4.DhcpMessage;
import io.innkeeper.wire.dhcp4.OptionCode;
import io.innkeeper.wire.net.MacAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks at every message for what people should hear of: clients that were refused, servers that should not be there. Safe
 * for any thread, since answers of other servers are heard by another one than requests are.
 */
public final class Watch implements Bystander {
    /** How many other servers are remembered. */
    private static final int MAX_OTHERS = 32;

    private record Other(int server, long atMs) {}

    private final News news;
    private final RefusalLog refusals = new RefusalLog();
    private final RecentTable<Integer, Other> others = new RecentTable<>(MAX_OTHERS, RogueWatch.QUIET_MS);
    private final RogueWatch rogues;
    private Set<Integer> own = Set.of();

    /** A watch that knows these servers. */
    public Watch(News news, Collection<Integer> known) {
        this.news = news;
        this.rogues = new RogueWatch(known);
    }

    /** Other servers are known from now on. */
    public synchronized void known(Collection<Integer> servers, Collection<Integer> own) {
        rogues.known(servers);
        own(own);
    }

    /** Our own addresses. */
    public synchronized void own(Collection<Integer> addresses) {
        own = Set.copyOf(addresses);
        rogues.own(addresses);
    }

    @Override
    public void saw(DhcpMessage message, Arrival arrival, Outcome outcome, long nowMs) {
        if (outcome.verdict().isRefusal()) {
            refused(message, arrival, outcome, nowMs);
        } else if (outcome.verdict() == Outcome.Verdict.OTHER_SERVER) {
            heard(message, arrival, null, nowMs);
        }
    }

    @Override
    public void told(InstallPlan.Told told) {
        news.told(told);
    }

    private synchronized void refused(DhcpMessage message, Arrival arrival, Outcome outcome, long nowMs) {
        Refusal refusal = refusals.look(message, arrival, outcome, nowMs);
        if (refusal != null) {
            news.refused(refusal);
        }
    }

    /** A message was heard, whoever it is for. */
    public synchronized void heard(DhcpMessage message, Arrival arrival, @Nullable MacAddress sender, long nowMs) {
        int server = message.options().address(OptionCode.SERVER_ID);
        if (server != 0 && !own.contains(server)) {
            others.put(server, new Other(server, nowMs), nowMs);
        }
        RogueFinding finding = rogues.look(message, arrival, sender, nowMs);
        if (finding != null) {
            news.rogue(finding);
        }
    }

    /**
     * Servers besides us, known ones too, that were heard or named by a client within {@link RogueWatch#QUIET_MS}: as 32 bits,
     * and when last.
     */
    public synchronized Map<Integer, Long> others(long nowMs) {
        Map<Integer, Long> heard = new HashMap<>();
        for (Other one : others.newestFirst()) {
            if (nowMs - one.atMs() < RogueWatch.QUIET_MS) {
                heard.put(one.server(), one.atMs());
            }
        }
        return heard;
    }
}
