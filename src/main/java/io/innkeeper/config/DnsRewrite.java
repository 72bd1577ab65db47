package io.innkeeper.config;

import java.util.List;

/**
 * Names that are answered otherwise.
 *
 * @param name the name; {@code *.example} for all below a domain
 * @param to addresses, or one name whose answer is given
 * @param types the types of questions it is for; empty for addresses (A, AAAA), or for all where {@code to} is a name
 * @param groups the device groups for which it counts; empty for all devices
 */
@Doc("A name that is answered otherwise.")
public record DnsRewrite(
        @Doc("The name; `*.example.com` for all names below a domain.")
        @Matches(pattern = "^(\\.|[^\\s.]{1,63}(\\.[^\\s.]{1,63})*\\.?)$", words = "a domain name")
        String name,

        @Doc("Addresses, or one name whose addresses are given.")
        @OneOrMany
        @Matches(pattern = "^[^\\s]{1,253}$", words = "an address or a name")
        List<String> to,

        @Doc("The types of questions it is for, such as `A`. Empty: A and AAAA, or every type where `to` is a name.")
        @OneOrMany
        @Matches(pattern = "^[A-Za-z0-9-]{1,16}$", words = "a type of records")
        List<String> types,

        @Doc("The groups of devices for which it counts. Empty: all devices.") @OneOrMany
        List<String> groups) {

    /** Copies the lists. */
    public DnsRewrite {
        to = List.copyOf(to);
        types = List.copyOf(types);
        groups = List.copyOf(groups);
    }
}
