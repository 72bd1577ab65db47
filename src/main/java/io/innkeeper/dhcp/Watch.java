package io.innkeeper.dhcp;

import io.innkeeper.wire.dhcp4.DhcpMessage;
import io.innkeeper.wire.net.MacAddress;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Looks at every message for what people should hear of: clients that were refused, servers that should not be there. Safe
 * for any thread, since answers of other servers are heard by another one than requests are.
 */
public final class Watch implements Bystander {
    private final News news;
    private final RefusalLog refusals = new RefusalLog();
    private final RogueWatch rogues;

    /** A watch that knows these servers. */
    public Watch(News news, Collection<Integer> known) {
        this.news = news;
        this.rogues = new RogueWatch(known);
    }

    /** Other servers are known from now on. */
    public synchronized void known(Collection<Integer> servers, Collection<Integer> own) {
        rogues.known(servers);
        rogues.own(own);
    }

    /** Our own addresses. */
    public synchronized void own(Collection<Integer> addresses) {
        rogues.own(addresses);
    }

    @Override
    public void saw(DhcpMessage message, Arrival arrival, Outcome outcome, long nowMs) {
        switch (outcome.verdict()) {
            case DENIED, OVER_LIMIT, NO_ADDRESS, NO_SUBNET -> refused(message, arrival, outcome, nowMs);
            case OTHER_SERVER -> heard(message, arrival, null, nowMs);
            default -> {}
        }
    }

    private synchronized void refused(DhcpMessage message, Arrival arrival, Outcome outcome, long nowMs) {
        Refusal refusal = refusals.look(message, arrival, outcome, nowMs);
        if (refusal != null) {
            news.refused(refusal);
        }
    }

    /** A message was heard, whoever it is for. */
    public synchronized void heard(DhcpMessage message, Arrival arrival, @Nullable MacAddress sender, long nowMs) {
        RogueFinding finding = rogues.look(message, arrival, sender, nowMs);
        if (finding != null) {
            news.rogue(finding);
        }
    }
}
