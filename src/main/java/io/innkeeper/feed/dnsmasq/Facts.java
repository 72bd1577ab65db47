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
import java.util.Map;
import java.util.Objects;
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

    /** What the script told of a lease. */
    static LeaseFact of(ScriptNotice notice, DnsmasqSetup setup, Instant now) {
        IpAddress address = Objects.requireNonNull(notice.address(), "notices of leases have an address");
        MacAddress mac = notice.mac() != null ? notice.mac() : duidMac(address, notice.clientId());
        Classification kind = setup.classify(notice.mac(), notice.clientId(), notice.hostname(), address);
        return new LeaseFact(
                address,
                mac,
                notice.clientId(),
                notice.hostname(),
                expiry(notice, now),
                notice.iaid(),
                notice.temporary(),
                kind.allocation(),
                kind.reason(),
                setup.subnetOf(address).orElse(null),
                notice.details());
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

    private static Expiry expiry(ScriptNotice notice, Instant now) {
        Long expires = notice.expires();
        if (expires != null) {
            return expires == 0 ? Expiry.INFINITE : Expiry.at(credible(expires));
        }
        if (notice.remainingSeconds() != null) {
            return Expiry.at(credible(now.getEpochSecond() + notice.remainingSeconds()));
        }
        Long length = notice.lengthSeconds();
        if (length == null) {
            return Expiry.UNKNOWN;
        }
        return length >= INFINITE_LENGTH ? Expiry.INFINITE : Expiry.ofLifetime(Duration.ofSeconds(length));
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
