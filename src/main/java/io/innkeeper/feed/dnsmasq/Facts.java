package io.innkeeper.feed.dnsmasq;

import io.innkeeper.lease.Expiry;
import io.innkeeper.lease.Lease;
import io.innkeeper.lease.LeaseFact;
import io.innkeeper.wire.dnsmasq.LeaseFileContent;
import io.innkeeper.wire.dnsmasq.LeaseLine;
import io.innkeeper.wire.dnsmasq.ScriptNotice;
import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes facts of what dnsmasq wrote or said, in the light of its configuration. Pure. */
final class Facts {
    /** The DHCP lifetime that means for ever (RFC 2131 §3.3). */
    private static final long INFINITE_LENGTH = 0xffff_ffffL;

    private Facts() {}

    /** A line of the lease file, and what is known beside it. */
    static LeaseFact of(LeaseLine line, LeaseFileContent content, Map<String, String> details, DnsmasqSetup setup) {
        MacAddress mac = line.mac() != null ? line.mac() : duidMac(line.address(), line.clientId());
        Classification kind = setup.classify(line.mac(), line.clientId(), line.name(), line.address());
        Map<String, String> all = new HashMap<>(details);
        Map<String, String> extras = content.extras().getOrDefault(line.address(), Map.of());
        extras.forEach((name, hex) -> all.put(name.equals("agent-info") ? "agentInfo" : "vendorClassHex", hex));
        return new LeaseFact(
                line.address(),
                mac,
                line.clientId(),
                line.name(),
                expiry(line, setup),
                line.iaid(),
                line.temporary(),
                kind.allocation(),
                kind.reason(),
                setup.subnetOf(line.address()).orElse(null),
                all);
    }

    /**
     * What words tell of a lease, without a line of the file. The word that knows the lease's end counts first; where it lacks
     * something, the others fill it in.
     *
     * @param words of the same lease, at least one
     */
    static LeaseFact of(List<Word> words, DnsmasqSetup setup) {
        Word best = words.stream().filter(Facts::tellsTime).findFirst().orElse(words.getFirst());
        IpAddress address = Objects.requireNonNull(best.notice().address(), "notices of leases have an address");
        MacAddress told = first(words, ScriptNotice::mac);
        ClientId clientId = first(words, ScriptNotice::clientId);
        String hostname = first(words, ScriptNotice::hostname);
        Classification kind = setup.classify(told, clientId, hostname, address);
        return new LeaseFact(
                address,
                told != null ? told : duidMac(address, clientId),
                clientId,
                hostname,
                expiry(best, setup),
                first(words, ScriptNotice::iaid),
                best.notice().temporary(),
                kind.allocation(),
                kind.reason(),
                setup.subnetOf(address).orElse(null),
                details(words));
    }

    private static <T> @Nullable T first(List<Word> words, Function<ScriptNotice, @Nullable T> what) {
        for (Word word : words) {
            T value = what.apply(word.notice());
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    /** All details that words tell; of several, the later one counts. */
    static Map<String, String> details(List<Word> words) {
        Map<String, String> details = new TreeMap<>();
        words.forEach(word -> details.putAll(word.notice().details()));
        while (details.size() > LeaseFact.MAX_DETAILS) {
            details.remove(details.keySet().iterator().next());
        }
        return details;
    }

    /** The same with further details, where there is room for them. */
    static LeaseFact with(LeaseFact fact, Map<String, String> details) {
        Map<String, String> all = new HashMap<>(fact.details());
        details.forEach((name, value) -> {
            if (all.size() < LeaseFact.MAX_DETAILS || all.containsKey(name)) {
                all.put(name, value);
            }
        });
        return copy(fact, fact.expiry(), all);
    }

    /** What is said now, with the end that was known before where it tells none. */
    static LeaseFact knowing(LeaseFact said, @Nullable LeaseFact before) {
        boolean silent = said.expiry().equals(Expiry.UNKNOWN);
        return before == null || !silent ? said : copy(said, before.expiry(), said.details());
    }

    /** The same with the end that was told before, where the two ends differ only by the fineness of clocks. */
    static LeaseFact sameEnd(LeaseFact now, @Nullable LeaseFact before, Duration fineness) {
        Instant ends = now.expiry().at();
        Instant ended = before == null ? null : before.expiry().at();
        boolean same = ends != null
                && ended != null
                && Duration.between(ends, ended).abs().compareTo(fineness) <= 0;
        return same && before != null ? copy(now, before.expiry(), now.details()) : now;
    }

    private static LeaseFact copy(LeaseFact fact, Expiry expiry, Map<String, String> details) {
        return new LeaseFact(
                fact.address(),
                fact.mac(),
                fact.clientId(),
                fact.hostname(),
                expiry,
                fact.iaid(),
                fact.temporary(),
                fact.allocation(),
                fact.allocationReason(),
                fact.subnet(),
                details);
    }

    private static @Nullable MacAddress duidMac(IpAddress address, @Nullable ClientId duid) {
        return address.v6() && duid != null
                ? duid.duidMac().filter(MacAddress::isEthernet).orElse(null)
                : null;
    }

    private static Expiry expiry(LeaseLine line, DnsmasqSetup setup) {
        if (line.isInfinite()) {
            return Expiry.INFINITE;
        }
        return line.isLength()
                ? Expiry.ofLifetime(Duration.ofSeconds(line.expires()))
                : new Expiry(
                        Expiry.Kind.AT,
                        credible(line.expires()),
                        setup.lifetimeOf(line.address()).orElse(null));
    }

    /** The year 9999 is as good as any later one, and can be stored and shown. */
    private static Instant credible(long seconds) {
        return Instant.ofEpochSecond(Math.min(seconds, 253_402_300_799L));
    }

    private static boolean tellsTime(Word word) {
        ScriptNotice notice = word.notice();
        return notice.expires() != null || notice.remainingSeconds() != null || notice.lengthSeconds() != null;
    }

    private static Expiry expiry(Word word, DnsmasqSetup setup) {
        ScriptNotice notice = word.notice();
        Long expires = notice.expires();
        Long length = notice.lengthSeconds();
        if (expires != null) {
            return expires == 0 ? Expiry.INFINITE : at(expires, length);
        }
        if (notice.remainingSeconds() != null) {
            return at(word.at().getEpochSecond() + notice.remainingSeconds(), length);
        }
        if (length != null) {
            return length >= INFINITE_LENGTH ? Expiry.INFINITE : Expiry.ofLifetime(Duration.ofSeconds(length));
        }
        return notice.action() == ScriptNotice.Action.ADD ? usual(word, setup) : Expiry.UNKNOWN;
    }

    private static Expiry at(long seconds, @Nullable Long length) {
        Duration lifetime = length == null || length >= INFINITE_LENGTH ? null : Duration.ofSeconds(length);
        return new Expiry(Expiry.Kind.AT, credible(seconds), lifetime);
    }

    /**
     * The end of a lease that was granted or renewed just then, of which nobody tells how long it lasts. Script and D-Bus keep silent of
     * renewals and tell the end when it comes, so they leave it open.
     */
    private static Expiry usual(Word word, DnsmasqSetup setup) {
        IpAddress address = Objects.requireNonNull(word.notice().address());
        return switch (word.by()) {
            case LOG, SYSLOG, JOURNAL, UBUS -> {
                Duration lifetime = setup.usualLifetimeOf(address).orElse(null);
                yield lifetime == null
                        ? Expiry.INFINITE
                        : new Expiry(
                                Expiry.Kind.AT,
                                credible(word.at().plus(lifetime).getEpochSecond()),
                                lifetime);
            }
            case FILE, SCRIPT -> Expiry.UNKNOWN;
            case DBUS -> setup.lifetimeOf(address).map(Expiry::ofLifetime).orElse(Expiry.UNKNOWN);
        };
    }

    /** The line that the file must have had for a lease that the store holds; for comparing, not for showing. */
    static LeaseLine line(Lease lease) {
        LeaseFact fact = lease.fact();
        Expiry expiry = fact.expiry();
        long expires = 0;
        if (expiry.at() != null) {
            expires = expiry.at().getEpochSecond();
        } else if (expiry.lifetime() != null) {
            expires = expiry.lifetime().toSeconds();
        }
        return new LeaseLine(
                expires, fact.mac(), fact.address(), fact.hostname(), fact.clientId(), fact.iaid(), fact.temporary());
    }
}
