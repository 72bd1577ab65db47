package io.innkeeper.config;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code dnsmasq.syslog.tls}.
 *
 * @param listen where
 * @param certificate the chain, PEM
 * @param key the private key, PEM (PKCS #8)
 * @param clients certificates by which senders must be known; null where they need none
 */
@Doc("Syslog over TLS (RFC 5425).")
public record DnsmasqSyslogTls(
        @Doc("Where, such as `192.168.1.2:6514`.") @OneOrMany
        List<ListenAddress> listen,

        @Doc("The certificate and those that it depends on: a PEM file. Read again when it changes.")
        Path certificate,

        @Doc("Its private key: a PEM file (PKCS #8).") Path key,

        @Doc("Certificates (PEM) of those who sign the certificates of senders; without it, senders need none.")
        @Nullable
        Path clients) {

    /** Copies the list. */
    public DnsmasqSyslogTls {
        listen = List.copyOf(listen);
    }
}
