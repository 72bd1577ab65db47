package io.innkeeper.api.http;

import io.innkeeper.config.DnsConfig;
import io.innkeeper.dns.DnsService;
import java.util.Optional;

/** What the API can do with the DNS server. */
public interface DnsDesk {
    /** The section of the configuration as it is now; empty where there is none. */
    Optional<DnsConfig> config();

    /** The service; empty where it is not configured. */
    Optional<DnsService> service();
}
