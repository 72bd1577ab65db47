package io.innkeeper.config;

import java.util.List;

/**
 * Names whose questions go to upstreams of their own.
 *
 * @param domain the domain and all below it
 * @param upstreams where they go; empty for nowhere: only local names are answered
 */
@Doc("Questions for one domain that go to upstreams of their own (split horizon).")
public record DnsForward(
        @Doc("The domain; all below it belongs to it.")
        @Matches(pattern = "^(\\.|[^\\s.]{1,63}(\\.[^\\s.]{1,63})*\\.?)$", words = "a domain name")
        String domain,

        @Doc("Where its questions go. Empty: nowhere, names that are not known here do not exist.")
        @OneOrMany
        @Matches(
                pattern =
                        "^((udp|tcp|tls)://)?(\\[[0-9A-Fa-f:.]{2,45}\\]|[A-Za-z0-9_.-]{1,253})(:[0-9]{1,5})?(#[A-Za-z0-9_.-]{1,253})?$|^https://[^\\s]+$",
                words =
                        "an upstream: udp://192.0.2.53, tcp://192.0.2.53, tls://dns.example:853, tls://192.0.2.53#dns.example or https://dns.example/dns-query")
        List<String> upstreams) {

    /** Copies the list. */
    public DnsForward {
        upstreams = List.copyOf(upstreams);
    }
}
