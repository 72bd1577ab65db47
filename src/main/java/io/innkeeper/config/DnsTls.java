package io.innkeeper.config;

import java.nio.file.Path;
import java.util.List;

/**
 * Answering over TLS.
 *
 * @param listen where DNS over TLS is served
 * @param https where DNS over HTTPS is served
 * @param certificate the chain, PEM
 * @param key the private key, PEM (PKCS #8)
 */
@Doc("DNS over TLS (RFC 7858) and over HTTPS (RFC 8484, at `/dns-query`).")
public record DnsTls(
        @Doc("Where DNS over TLS is served, such as `192.168.1.2:853`.") @OneOrMany
        List<ListenAddress> listen,

        @Doc(
                "Where DNS over HTTPS is served, such as `192.168.1.2:443`. It is also served, unencrypted, at `/dns-query`"
                        + " of the API, for a proxy in front.")
        @OneOrMany
        List<ListenAddress> https,

        @Doc("The certificate and those that it depends on: a PEM file. Read again when it changes.")
        Path certificate,

        @Doc("Its private key: a PEM file (PKCS #8).") Path key) {

    /** Copies the lists. */
    public DnsTls {
        listen = List.copyOf(listen);
        https = List.copyOf(https);
    }
}
