package io.innkeeper.config;

import java.util.List;

/**
 * Who is answered.
 *
 * @param exceptions rules with an end
 * @param deny these are not answered
 * @param passThrough these are handed on to other servers
 * @param allow only these are answered; empty for everybody
 * @param allowReserved clients with a reservation count as allowed
 * @param otherwise what becomes of those whom no rule names, in mode hybrid
 * @param randomMacs what becomes of random MAC addresses that no rule names
 */
@Doc("Who is answered. Asked in this order: exceptions, deny, pass-through, allow.")
public record Dhcp4Access(
        @Doc("Rules with an end; they go before all others.") @ByName
        List<Dhcp4Exception> exceptions,

        @Doc("Clients that are not answered.") List<Dhcp4Match> deny,

        @Doc("Clients that are handed on to the `upstreams`, in mode `hybrid`.")
        List<Dhcp4Match> passThrough,

        @Doc("The only clients that are answered. Empty: everybody.")
        List<Dhcp4Match> allow,

        @Doc("Clients with a reservation are answered although `allow` does not name them.") @Default("true")
        boolean allowReserved,

        @Doc("What becomes of clients that no rule names, in mode `hybrid`.") @Default("answer")
        Dhcp4Otherwise otherwise,

        @Doc("What becomes of random (locally administered) MAC addresses that no rule names.") @Default("allow")
        Dhcp4RandomMacs randomMacs) {

    /** Copies the lists. */
    public Dhcp4Access {
        exceptions = List.copyOf(exceptions);
        deny = List.copyOf(deny);
        passThrough = List.copyOf(passThrough);
        allow = List.copyOf(allow);
    }
}
