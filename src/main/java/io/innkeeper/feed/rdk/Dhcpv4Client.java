package io.innkeeper.feed.rdk;

import io.innkeeper.feed.MsgType;
import io.innkeeper.lease.LeaseFact;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.rdk.Dhcpv4PluginMessage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The DHCPv4 client of one interface: what its plugin's messages, and time, make of its lease. Seven fields decide whether a
 * lease is another one than before; the rest are news about the same. Pure; belongs to one thread.
 */
public final class Dhcpv4Client {
    private static final String LEASEFAIL = "leasefail";

    /**
     * What is shown of a client.
     *
     * @param phase where it stands
     * @param lease what its plugin said of the lease; null for none
     * @param heardAt when it said so: times count from there; null for none
     */
    public record Shown(
            Phase phase,
            @Nullable Dhcpv4PluginMessage lease,
            @Nullable Instant heardAt) {
        /** Of a client of which nothing was heard. */
        public static final Shown NOTHING = new Shown(Phase.NONE, null, null);
    }

    private final boolean asOriginal;
    private final LeaseSlate slate = new LeaseSlate();
    private Shown shown = Shown.NOTHING;

    /** The newest message, also one that tells of an end. */
    private @Nullable Dhcpv4PluginMessage current;

    /** Whether a lease of this run over the waiting messages was another one; the original never forgets it within a run. */
    private boolean changedInRun;

    /** A client of which nothing was heard. */
    public Dhcpv4Client(Compatibility compatibility) {
        asOriginal = compatibility == Compatibility.RDK;
    }

    /** Takes the lease that the store holds of this interface; call it before anything else. */
    public void restore(String ifname, LeaseFact fact, Instant now) {
        slate.restore(fact);
        current = LeaseDetails.message4(ifname, fact);
        shown = new Shown(Phase.BOUND, current, LeaseDetails.heardAt(fact, now));
    }

    /** A new run over the messages that wait begins. */
    public void beginRun() {
        changedInRun = false;
    }

    /** What is shown of it now. */
    public Shown shown() {
        return shown;
    }

    /** When to look again by {@link #tick} where nothing is heard; empty for never. */
    public Optional<Instant> nextAt() {
        return slate.nextEnd();
    }

    /** Time went by. */
    public Outcome tick(Instant now) {
        Set<IpAddress> over = slate.over(now);
        if (over.isEmpty()) {
            return Outcome.NOTHING;
        }
        if (asOriginal) {
            return new Outcome(List.of(), List.of(), over, null);
        }
        shown = new Shown(Phase.EXPIRED, null, null);
        return new Outcome(List.of(MsgType.DEL), List.of(), over, null);
    }

    /** Its plugin spoke. */
    public Outcome hear(Dhcpv4PluginMessage said, Instant now) {
        Outcome before = tick(now);
        return before.and(asOriginal ? hearAsOriginal(said, now) : said.assigned() ? lease(said, now) : end(said));
    }

    private Outcome lease(Dhcpv4PluginMessage said, Instant now) {
        if (said.address().isEmpty()) {
            return Outcome.ignored("no-address");
        }
        boolean same = slate.size() > 0 && current != null && isSame(current, said);
        current = said;
        shown = new Shown(same ? Phase.RENEWED : Phase.BOUND, said, now);
        return slate.now(List.of(same ? MsgType.RENEW : MsgType.UPDATE), List.of(LeaseDetails.of(said, now)));
    }

    private Outcome end(Dhcpv4PluginMessage said) {
        // Whoever begins to listen hears once that there is no lease.
        boolean news = current == null || slate.size() > 0;
        current = said;
        if (news || shown.phase() != Phase.EXPIRED) {
            shown = new Shown(said.state().equals(LEASEFAIL) ? Phase.FAILED : Phase.ENDED, null, null);
        }
        return slate.now(news ? List.of(MsgType.DEL) : List.of(), List.of());
    }

    /** Section 3.3 of the manager's behaviour, with "changed" sticking within a run, and values that stay after the end. */
    private Outcome hearAsOriginal(Dhcpv4PluginMessage said, Instant now) {
        boolean same = current != null && isSame(current, said);
        changedInRun |= !same;
        current = said;
        boolean renewed = same && said.assigned();
        List<MsgType> told;
        if (!changedInRun) {
            told = renewed ? List.of(MsgType.RENEW) : List.of();
        } else if (!said.assigned()) {
            told = List.of(MsgType.DEL);
        } else {
            told = renewed ? List.of(MsgType.RENEW, MsgType.UPDATE) : List.of(MsgType.UPDATE);
        }
        Phase phase = said.assigned() ? (same ? Phase.RENEWED : Phase.BOUND) : Phase.ENDED;
        boolean updated = told.contains(MsgType.UPDATE);
        shown = new Shown(phase, updated ? said : shown.lease(), updated ? now : shown.heardAt());
        boolean held = said.assigned() && !said.address().isEmpty();
        return slate.now(told, held ? List.of(LeaseDetails.of(said, now)) : List.of());
    }

    /** The manager's seven fields. */
    private static boolean isSame(Dhcpv4PluginMessage one, Dhcpv4PluginMessage other) {
        return one.assigned() == other.assigned()
                && one.isExpired() == other.isExpired()
                && one.address().equals(other.address())
                && one.netmask().equals(other.netmask())
                && one.gateway().equals(other.gateway())
                && one.dnsServer().equals(other.dnsServer())
                && one.dnsServer1().equals(other.dnsServer1());
    }
}
