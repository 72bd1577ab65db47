package io.innkeeper.api.http;

import io.innkeeper.dns.log.QueryLog;
import java.util.List;
import java.util.Optional;

/** The query logs of DNS servers that are watched, beside that of our own. Safe for any thread. */
public interface DnsQueryLogs {
    /** Whose there are, such as {@code dnsmasq/home}. */
    List<String> servers();

    /** The log of one; empty where there is none. */
    Optional<QueryLog> log(String server);
}
