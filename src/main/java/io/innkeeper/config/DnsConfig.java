package io.innkeeper.config;

import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.Prefix;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code dns}.
 *
 * @param listen where UDP and TCP are answered
 * @param tls DNS over TLS and HTTPS; null for none
 * @param mode what is done with questions
 * @param upstreams where questions are forwarded to
 * @param parallel how many of them are asked at once
 * @param timeout how long one is waited for
 * @param forward domains with upstreams of their own
 * @param local names that are known here
 * @param block the block lists
 * @param switches block lists that were switched on or off, by name; {@link #block} has what follows from it
 * @param rules block rules by hand
 * @param blockAnswer what is answered for a blocked name
 * @param blockAddresses for {@link DnsBlockAnswer#CUSTOM}
 * @param blockTtl how long a blocked answer may be kept
 * @param rewrites names that are answered otherwise
 * @param safeSearch search engines that are pinned to safe answers
 * @param filterAaaa whether IPv6 addresses are left out
 * @param dns64 the prefix by which IPv4 addresses become IPv6 ones; null for none
 * @param rebindProtection whether upstreams may not name private addresses
 * @param rebindAllow domains that may all the same
 * @param dnssec what is done about signatures
 * @param cache answers that are kept
 * @param access who is answered
 * @param limits what clients may take
 * @param groups devices with rules of their own
 * @param log the query log
 */
@Doc("The DNS server; it does not run without this section.")
public record DnsConfig(
        @Doc(
                "Where questions are answered, by UDP and TCP. Port 53 needs the right to bind it; a port alone is on 127.0.0.1.")
        @OneOrMany
        @Default("127.0.0.1:5353")
        List<DnsListen> listen,

        @Doc("DNS over TLS and DNS over HTTPS. Without it there is none.") @Nullable
        DnsTls tls,

        @Doc(
                "`pass-through`: as the upstreams answer. `modified`: with local names, rewriting and filters. `blocking`: with"
                        + " the block lists too.")
        @Default("blocking")
        DnsMode mode,

        @Doc("Where questions are forwarded to: `udp://192.0.2.53`, `tcp://`, `tls://dns.example:853`,"
                + " `tls://192.0.2.53#dns.example`, `https://dns.example/dns-query`. Empty: the name servers of this machine"
                + " (`/etc/resolv.conf`).")
        @OneOrMany
        @Matches(
                pattern =
                        "^((udp|tcp|tls)://)?(\\[[0-9A-Fa-f:.]{2,45}\\]|[A-Za-z0-9_.-]{1,253})(:[0-9]{1,5})?(#[A-Za-z0-9_.-]{1,253})?$|^https://[^\\s]+$",
                words =
                        "an upstream: udp://192.0.2.53, tcp://192.0.2.53, tls://dns.example:853, tls://192.0.2.53#dns.example or https://dns.example/dns-query")
        List<String> upstreams,

        @Doc("How many upstreams are asked at once; the first answer counts.")
        @Default("1")
        @Range(min = "1", max = "8")
        int parallel,

        @Doc("How long one upstream is waited for before the next is asked too.")
        @Default("1500ms")
        @Range(min = "50ms", max = "30s")
        Duration timeout,

        @Doc("Domains with upstreams of their own (split horizon).")
        List<DnsForward> forward,

        @Doc("Names that are known here.") DnsLocal local,

        @Doc("The block lists.") @OneOrMany List<DnsBlockList> block,

        @Doc(
                "Block lists switched on or off by name, whatever their `enabled` says, such as `ads: false`. What is switched on"
                        + " the page stands here.")
        Map<String, Boolean> switches,

        @Doc("Block rules by hand, in the adblock syntax: `||ads.example^`, `@@||good.example^`, `/^ad[0-9]+\\./`.")
        @OneOrMany
        @Matches(pattern = "^[^\\n\\r]{1,4096}$", words = "a rule of one line")
        List<String> rules,

        @Doc("What is answered for a blocked name.") @Default("zero")
        DnsBlockAnswer blockAnswer,

        @Doc("The addresses that are answered for a blocked name, for `block-answer: custom`.") @OneOrMany
        List<IpAddress> blockAddresses,

        @Doc("How long others may keep the answer for a blocked name.") @Default("1m") @Range(min = "0s", max = "1d")
        Duration blockTtl,

        @Doc("Names that are answered otherwise.") List<DnsRewrite> rewrites,

        @Doc("Search engines that are pinned to their safe answers.") @OneOrMany
        List<DnsSafeSearch> safeSearch,

        @Doc("Whether IPv6 addresses are left out of answers, for networks whose IPv6 does not work.") @Default("false")
        boolean filterAaaa,

        @Doc(
                "The prefix by which names with IPv4 addresses only get IPv6 ones (DNS64, RFC 6147), such as `64:ff9b::/96`.")
        @Nullable
        Prefix dns64,

        @Doc("Whether private addresses in the answers of upstreams are dropped (DNS rebinding).") @Default("true")
        boolean rebindProtection,

        @Doc("Domains that may have private addresses all the same.")
        @OneOrMany
        @Matches(pattern = "^(\\.|[^\\s.]{1,63}(\\.[^\\s.]{1,63})*\\.?)$", words = "a domain name")
        List<String> rebindAllow,

        @Doc("What is done about signatures (DNSSEC).") @Default("off")
        DnsDnssec dnssec,

        @Doc("Answers that are kept.") DnsCacheConfig cache,
        @Doc("Who is answered; others get REFUSED.") DnsAccess access,

        @Doc("What clients may take, and what the server spends.")
        DnsLimits limits,

        @Doc("Groups of devices with rules of their own.") @ByName
        List<DnsGroup> groups,

        @Doc("The query log.") DnsLog log) {

    /** Copies the lists. */
    public DnsConfig {
        listen = List.copyOf(listen);
        upstreams = List.copyOf(upstreams);
        forward = List.copyOf(forward);
        switches = Collections.unmodifiableMap(new TreeMap<>(switches));
        block = switched(block, switches);
        rules = List.copyOf(rules);
        blockAddresses = List.copyOf(blockAddresses);
        rewrites = List.copyOf(rewrites);
        safeSearch = List.copyOf(safeSearch);
        rebindAllow = List.copyOf(rebindAllow);
        groups = List.copyOf(groups);
    }

    private static List<DnsBlockList> switched(List<DnsBlockList> lists, Map<String, Boolean> switches) {
        return lists.stream()
                .map(list -> list.enabled(Objects.requireNonNullElse(switches.get(list.shownName()), list.enabled())))
                .toList();
    }
}
