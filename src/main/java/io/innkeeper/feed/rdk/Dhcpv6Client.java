package io.innkeeper.feed.rdk;

import io.innkeeper.feed.MsgType;
import io.innkeeper.lease.LeaseFact;
import io.innkeeper.wire.rdk.Dhcpv6PluginMessage;
import io.innkeeper.wire.rdk.Dhcpv6PluginMessage.Container;
import io.innkeeper.wire.rdk.Dhcpv6PluginMessage.IaNa;
import io.innkeeper.wire.rdk.Dhcpv6PluginMessage.IaPd;
import io.innkeeper.wire.rdk.Dhcpv6PluginMessage.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The DHCPv6 client of one interface: an address and a delegated prefix, which dibbler renews by messages of their own, and
 * which end each in its own time. Pure; belongs to one thread.
 */
public final class Dhcpv6Client {
    private static final Times NO_TIMES = new Times(0, 0, 0, 0, 0);
    private static final IaNa NO_ADDRESS = new IaNa(false, "", NO_TIMES);
    private static final IaPd NO_PREFIX = new IaPd(false, "", 0, NO_TIMES);
    private static final Container NOTHING = new Container(false, "");

    /**
     * What is shown of a client.
     *
     * @param phase where it stands
     * @param lease address, prefix and options as they stand together; null for none
     * @param addressAt when its plugin last spoke of the address: its times count from there
     * @param prefixAt likewise of the prefix
     */
    public record Shown(Phase phase, @Nullable Dhcpv6PluginMessage lease, Instant addressAt, Instant prefixAt) {
        /** Of a client of which nothing was heard. */
        public static final Shown NOTHING = new Shown(Phase.NONE, null, Instant.EPOCH, Instant.EPOCH);
    }

    private final boolean asOriginal;
    private final LeaseSlate slate = new LeaseSlate();
    private Shown shown = Shown.NOTHING;

    /** What stands together, for the original also where it is over; null where nothing was heard, or all is over. */
    private @Nullable Dhcpv6PluginMessage current;

    private Instant addressAt = Instant.EPOCH;
    private Instant prefixAt = Instant.EPOCH;
    private boolean heard;

    /** The original merges in what is over; it does not come to life in the lease table by that. */
    private boolean addressLives = true;

    private boolean prefixLives = true;

    /** A client of which nothing was heard. */
    public Dhcpv6Client(Compatibility compatibility) {
        asOriginal = compatibility == Compatibility.RDK;
    }

    /** Takes the leases that the store holds of this interface; call it before anything else. */
    public void restore(String ifname, @Nullable LeaseFact address, @Nullable LeaseFact prefix, Instant now) {
        if (address == null && prefix == null) {
            return;
        }
        if (address != null) {
            slate.restore(address);
            addressAt = LeaseDetails.heardAt(address, now);
        }
        if (prefix != null) {
            slate.restore(prefix);
            prefixAt = LeaseDetails.heardAt(prefix, now);
        }
        heard = true;
        current = LeaseDetails.message6(ifname, address, prefix);
        show(Phase.BOUND);
    }

    /** What is shown of it now. */
    public Shown shown() {
        return shown;
    }

    private void show(Phase phase) {
        shown = new Shown(phase, current, addressAt, prefixAt);
    }

    /** When to look again by {@link #tick} where nothing is heard; empty for never. */
    public Optional<Instant> nextAt() {
        return slate.nextEnd();
    }

    /** Time went by. */
    public Outcome tick(Instant now) {
        if (asOriginal || current == null) {
            return new Outcome(List.of(), List.of(), slate.over(now), null);
        }
        boolean addressOver =
                current.address().assigned() && isOver(current.address().times(), addressAt, now);
        boolean prefixOver =
                current.prefix().assigned() && isOver(current.prefix().times(), prefixAt, now);
        return addressOver || prefixOver ? without(current, addressOver, prefixOver, Phase.EXPIRED) : Outcome.NOTHING;
    }

    private static boolean isOver(Times times, Instant heardAt, Instant now) {
        return times.valid() != Dhcpv6PluginMessage.INFINITE && !now.isBefore(heardAt.plusSeconds(times.valid()));
    }

    /** Its plugin spoke. */
    public Outcome hear(Dhcpv6PluginMessage said, Instant now) {
        Outcome before = tick(now);
        Outcome after = asOriginal ? hearAsOriginal(said, now) : said.isExpired() ? end(said) : lease(said, now);
        heard = true;
        return before.and(after);
    }

    private Outcome lease(Dhcpv6PluginMessage said, Instant now) {
        Dhcpv6PluginMessage before = current;
        Dhcpv6PluginMessage merged = merge(said, now);
        // A valid lifetime of nothing is an end (RFC 8415 §18.2.10.1), said in another way.
        if (merged.address().assigned() && merged.address().times().valid() == 0) {
            merged = merged.with(NO_ADDRESS);
        }
        if (merged.prefix().assigned() && merged.prefix().times().valid() == 0) {
            merged = merged.with(NO_PREFIX, NOTHING, NOTHING);
        }
        if (before != null && hasIa(before) && !hasIa(merged)) {
            current = null;
            show(Phase.ENDED);
            return slate.now(List.of(MsgType.DEL), List.of());
        }
        boolean same = before != null && isSame(before, merged);
        current = merged;
        show(same ? Phase.RENEWED : Phase.BOUND);
        MsgType type = same ? MsgType.RENEW : MsgType.UPDATE;
        return slate.now(!same || hasIa(merged) ? List.of(type) : List.of(), facts(merged));
    }

    /** What the message does not mention stays as it is. */
    private Dhcpv6PluginMessage merge(Dhcpv6PluginMessage said, Instant now) {
        Dhcpv6PluginMessage before = current;
        Dhcpv6PluginMessage merged = said;
        if (said.address().assigned()) {
            addressAt = now;
            addressLives = !said.isExpired();
        } else if (before != null && before.address().assigned()) {
            merged = merged.with(before.address());
        }
        if (said.prefix().assigned()) {
            prefixAt = now;
            prefixLives = !said.isExpired();
        } else if (before != null && before.prefix().assigned()) {
            merged = merged.with(before.prefix(), before.mapt(), before.mape());
        }
        return merged;
    }

    private Outcome end(Dhcpv6PluginMessage said) {
        Dhcpv6PluginMessage before = current;
        if (before == null) {
            // Whoever begins to listen hears once that there is no lease.
            show(shown.phase() == Phase.EXPIRED ? Phase.EXPIRED : Phase.ENDED);
            return heard ? Outcome.NOTHING : slate.now(List.of(MsgType.DEL), List.of());
        }
        boolean namesAddress = said.address().assigned();
        boolean namesPrefix = said.prefix().assigned();
        boolean stale = (namesAddress
                        && !said.address().address().equals(before.address().address()))
                || (namesPrefix && !isSamePrefix(said.prefix(), before.prefix()));
        if (stale) {
            return Outcome.ignored("stale");
        }
        boolean all = !namesAddress && !namesPrefix;
        return without(before, all || namesAddress, all || namesPrefix, Phase.ENDED);
    }

    private Outcome without(Dhcpv6PluginMessage before, boolean noAddress, boolean noPrefix, Phase phase) {
        Dhcpv6PluginMessage left = noAddress ? before.with(NO_ADDRESS) : before;
        left = noPrefix ? left.with(NO_PREFIX, NOTHING, NOTHING) : left;
        boolean some = hasIa(left);
        current = some ? left : null;
        show(some ? Phase.BOUND : phase);
        return slate.now(List.of(some ? MsgType.UPDATE : MsgType.DEL), some ? facts(left) : List.of());
    }

    /** Section 3.4 of the manager's behaviour, row by row. */
    private Outcome hearAsOriginal(Dhcpv6PluginMessage said, Instant now) {
        Dhcpv6PluginMessage before = current;
        if (before != null && !before.isExpired() && said.isExpired()) {
            boolean other = before.prefix().assigned()
                    && said.prefix().assigned()
                    && !isSamePrefix(before.prefix(), said.prefix());
            if (other) {
                return Outcome.ignored("stale");
            }
            current = said;
            addressLives = false;
            prefixLives = false;
            show(Phase.ENDED);
            return slate.now(List.of(MsgType.DEL), List.of());
        }
        Dhcpv6PluginMessage merged = merge(said, now);
        boolean same = before != null && before.isExpired() == merged.isExpired() && isSame(before, merged);
        current = merged;
        show(merged.isExpired() ? Phase.ENDED : same ? Phase.RENEWED : Phase.BOUND);
        boolean renewed = same && !merged.isExpired() && hasIa(merged);
        List<MsgType> told = same ? (renewed ? List.of(MsgType.RENEW) : List.of()) : List.of(MsgType.UPDATE);
        return slate.now(told, merged.isExpired() ? List.of() : facts(merged));
    }

    private List<LeaseFact> facts(Dhcpv6PluginMessage lease) {
        List<LeaseFact> facts = new ArrayList<>();
        if (lease.address().assigned() && addressLives) {
            facts.add(LeaseDetails.ofAddress(lease, addressAt, asOriginal));
        }
        if (lease.prefix().assigned() && prefixLives) {
            facts.add(LeaseDetails.ofPrefix(lease, prefixAt, asOriginal));
        }
        return facts;
    }

    private static boolean hasIa(Dhcpv6PluginMessage lease) {
        return lease.address().assigned() || lease.prefix().assigned();
    }

    private static boolean isSamePrefix(IaPd one, IaPd other) {
        return one.prefix().equals(other.prefix()) && one.length() == other.length();
    }

    /** What the manager compares: neither lifetimes nor vendor options. Lists may end in a blank. */
    private static boolean isSame(Dhcpv6PluginMessage one, Dhcpv6PluginMessage other) {
        return isSameAddress(one.address(), other.address())
                && one.prefix().assigned() == other.prefix().assigned()
                && isSamePrefix(one.prefix(), other.prefix())
                && one.prefix().times().iaid() == other.prefix().times().iaid()
                && one.dnsServer().equals(other.dnsServer())
                && one.dnsServer1().equals(other.dnsServer1())
                && one.mapt().equals(other.mapt())
                && one.mape().equals(other.mape())
                && one.domainNames().strip().equals(other.domainNames().strip())
                && one.ntpServers().strip().equals(other.ntpServers().strip())
                && one.aftr().strip().equals(other.aftr().strip());
    }

    private static boolean isSameAddress(IaNa one, IaNa other) {
        return one.assigned() == other.assigned()
                && one.address().equals(other.address())
                && one.times().iaid() == other.times().iaid();
    }
}
