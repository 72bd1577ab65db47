package io.innkeeper.config;

import io.innkeeper.wire.net.IpAddress;
import java.util.List;

/**
 * A host that is known by configuration.
 *
 * @param name its name, with or without the local domain
 * @param address its addresses
 */
@Doc("A host with addresses; also answered backwards (PTR).")
public record DnsHost(
        @Doc("Its name; without a dot it stands in the first of the local domains.")
        @Matches(pattern = "^(\\.|[^\\s.]{1,63}(\\.[^\\s.]{1,63})*\\.?)$", words = "a domain name")
        String name,

        @Doc("Its addresses.") @OneOrMany List<IpAddress> address) {

    /** Copies the list. */
    public DnsHost {
        address = List.copyOf(address);
    }
}
