package io.innkeeper.dns;

import io.innkeeper.config.DnsBlockAnswer;
import io.innkeeper.config.DnsMode;
import io.innkeeper.config.DnsSafeSearch;
import io.innkeeper.config.MacMask;
import io.innkeeper.dns.forward.ForwardPlan;
import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import io.innkeeper.wire.net.Prefix;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the configuration says, made ready for the engine. Immutable.
 *
 * @param listeners the mode of each listener
 * @param allow who is answered
 * @param deny but not these
 * @param groups devices with rules of their own, the first that names a device counts
 * @param filterAaaa whether nobody gets IPv6 addresses
 * @param safeSearch engines that are pinned for everybody
 * @param local names that are known here
 * @param rewrites names that are answered otherwise, with those of the search engines
 * @param block what is answered for a blocked name
 * @param dns64 the prefix by which IPv4 addresses become IPv6 ones; null for none
 * @param rebindProtection whether upstreams may not name private addresses
 * @param rebindAllow names below which they may
 * @param perClient questions a second; 0 for no limit
 * @param waitingPerClient questions that may wait
 * @param chain how many aliases are followed
 * @param answerSize the most octets by UDP
 * @param cache how answers are kept
 * @param prefetch whether popular answers are renewed before their time
 * @param forward where questions go
 */
public record DnsPlan(
        List<DnsMode> listeners,
        List<Prefix> allow,
        List<Prefix> deny,
        List<Group> groups,
        boolean filterAaaa,
        Set<DnsSafeSearch> safeSearch,
        LocalNames.Settings local,
        List<Rewrite> rewrites,
        Blocked block,
        @Nullable Prefix dns64,
        boolean rebindProtection,
        List<DnsName> rebindAllow,
        int perClient,
        int waitingPerClient,
        int chain,
        int answerSize,
        DnsCache.Settings cache,
        boolean prefetch,
        ForwardPlan forward) {

    /** What is answered for a blocked name. */
    public record Blocked(DnsBlockAnswer answer, List<IpAddress> addresses, long ttlS) {
        /** Copies the list. */
        public Blocked {
            addresses = List.copyOf(addresses);
        }
    }

    /** Devices with rules of their own. */
    public record Group(
            String name,
            List<MacMask> devices,
            List<Prefix> addresses,
            @Nullable DnsMode mode,
            @Nullable Boolean filterAaaa,
            Set<DnsSafeSearch> safeSearch) {
        /** Copies the collections. */
        public Group {
            devices = List.copyOf(devices);
            addresses = List.copyOf(addresses);
            safeSearch = Set.copyOf(safeSearch);
        }

        private boolean holds(IpAddress address, @Nullable MacAddress mac) {
            return (mac != null && devices.stream().anyMatch(mask -> mask.covers(mac)))
                    || addresses.stream().anyMatch(prefix -> prefix.contains(address));
        }
    }

    /** Copies the lists. */
    public DnsPlan {
        listeners = List.copyOf(listeners);
        allow = List.copyOf(allow);
        deny = List.copyOf(deny);
        groups = List.copyOf(groups);
        safeSearch = Set.copyOf(safeSearch);
        rewrites = List.copyOf(rewrites);
        rebindAllow = List.copyOf(rebindAllow);
    }

    /** Whether what was kept of answers under another plan is what would be kept under this one. */
    boolean answersAs(DnsPlan other) {
        return forward.upstreams().equals(other.forward.upstreams())
                && forward.routes().equals(other.forward.routes())
                && forward.validate() == other.forward.validate()
                && rebindProtection == other.rebindProtection
                && rebindAllow.equals(other.rebindAllow);
    }

    /** Whether an address is answered. */
    boolean allows(IpAddress address) {
        return allow.stream().anyMatch(prefix -> prefix.contains(address))
                && deny.stream().noneMatch(prefix -> prefix.contains(address));
    }

    /** The number of the group of a device; -1 for none. */
    int group(IpAddress address, @Nullable MacAddress mac) {
        for (int i = 0; i < groups.size(); i++) {
            if (groups.get(i).holds(address, mac)) {
                return i;
            }
        }
        return -1;
    }

    /** The policy for a group, or for those in none, at a listener. */
    Policy policy(int group, int listener, long listsOn) {
        DnsMode mode = listeners.get(listener);
        if (group < 0) {
            return new Policy(-1, "", mode, listsOn, filterAaaa, safeSearch);
        }
        Group own = groups.get(group);
        Set<DnsSafeSearch> engines = new HashSet<>(safeSearch);
        engines.addAll(own.safeSearch());
        Boolean filters = own.filterAaaa();
        DnsMode ownMode = own.mode();
        return new Policy(
                group,
                own.name(),
                ownMode == null ? mode : ownMode,
                listsOn,
                filters == null ? filterAaaa : filters,
                engines);
    }
}
