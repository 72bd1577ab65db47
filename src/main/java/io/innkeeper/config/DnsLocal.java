package io.innkeeper.config;

import java.time.Duration;
import java.util.List;

/**
 * Names that are known here.
 *
 * @param domains the local domains; leases stand in the first
 * @param leases whether the names of leases are answered
 * @param ttl how long others may keep a local answer, at most
 * @param hosts hosts by configuration
 * @param records records made by hand
 * @param bare whether names without a dot are looked up in the local domain
 */
@Doc("Names that are known here: of leases, and by hand.")
public record DnsLocal(
        @Doc("The local domains. Hosts with leases stand in the first; questions for all of them are never forwarded,"
                + " unless `forward` names them.")
        @Default("home.arpa")
        @OneOrMany
        @Matches(pattern = "^(\\.|[^\\s.]{1,63}(\\.[^\\s.]{1,63})*\\.?)$", words = "a domain name")
        List<String> domains,

        @Doc("Whether the host names of leases are answered, ours and those of dnsmasq.") @Default("true")
        boolean leases,

        @Doc("How long others may keep a local answer, at most; never longer than the lease.")
        @Default("1m")
        @Range(min = "0s", max = "7d")
        Duration ttl,

        @Doc("Hosts by hand. No lease ever replaces them.") @ByName
        List<DnsHost> hosts,

        @Doc("Further records by hand, as lines of a zone file: `mail.home.arpa 3600 MX 10 nas.home.arpa`.")
        @OneOrMany
        @Matches(pattern = "^[^\\n\\r]{3,4096}$", words = "a record, such as: mail.home.arpa 3600 MX 10 nas.home.arpa")
        List<String> records,

        @Doc("Whether a name without a dot is looked up in the local domains.") @Default("true")
        boolean bare) {

    /** Copies the lists. */
    public DnsLocal {
        domains = List.copyOf(domains);
        hosts = List.copyOf(hosts);
        records = List.copyOf(records);
    }
}
