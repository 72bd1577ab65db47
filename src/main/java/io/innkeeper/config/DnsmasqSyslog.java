package io.innkeeper.config;

import io.innkeeper.wire.net.Prefix;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code dnsmasq.syslog}.
 *
 * @param udp where datagrams are received
 * @param tcp where connections are accepted
 * @param tls where connections are accepted that are encrypted; null for nowhere
 * @param from who may send; empty for everybody who reaches the listener
 * @param connections how many may be open at a time
 * @param enabled whether it is received
 */
@Doc("Receives the log of a dnsmasq by the syslog protocol (RFC 3164, RFC 5424; RFC 6587 over TCP, RFC 5425 over TLS).")
public record DnsmasqSyslog(
        @Doc("Where datagrams are received, such as `127.0.0.1:5514`.") @OneOrMany
        List<ListenAddress> udp,

        @Doc("Where connections are accepted, such as `127.0.0.1:5514`.") @OneOrMany
        List<ListenAddress> tcp,

        @Doc("Where encrypted connections are accepted.") @Nullable
        DnsmasqSyslogTls tls,

        @Doc("Networks whose machines may send, such as `192.168.1.0/24`. Empty: everybody who reaches the listener.")
        @OneOrMany
        List<Prefix> from,

        @Doc("How many connections may be open at a time.") @Default("100") @Range(min = "1", max = "10000")
        int connections,

        @Doc("Whether it is received.") @Default("true") boolean enabled) {

    /** Copies the lists. */
    public DnsmasqSyslog {
        udp = List.copyOf(udp);
        tcp = List.copyOf(tcp);
        from = List.copyOf(from);
    }
}
