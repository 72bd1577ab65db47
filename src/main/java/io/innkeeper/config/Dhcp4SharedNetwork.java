package io.innkeeper.config;

import java.util.List;

/**
 * Subnets on one link.
 *
 * @param name unique
 * @param subnets at least one
 * @param level what it says to its clients
 */
@Doc("Subnets on one link: a client may get an address of any of them.")
public record Dhcp4SharedNetwork(
        @Doc("What it is called; unique.")
        @Matches(pattern = Dhcp4Config.NAME, words = "a name of 1 to 63 letters, digits, '.', '_' or '-'")
        String name,

        @Doc("Its subnets.") @ByName List<Dhcp4Subnet> subnets,

        @Inline Dhcp4Level level) {

    /** Copies the lists. */
    public Dhcp4SharedNetwork {
        subnets = List.copyOf(subnets);
    }
}
