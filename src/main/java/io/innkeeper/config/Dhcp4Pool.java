package io.innkeeper.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Addresses to be handed out.
 *
 * @param name for metrics and people; null for the range
 * @param range the addresses
 * @param exclude those of them that are not handed out
 * @param classes whose members may have them; empty for everybody
 * @param level what it says to its clients
 */
@Doc("Addresses to be handed out; the range alone needs no section.")
public record Dhcp4Pool(
        @Doc("What the pool is called; otherwise its range.")
        @Matches(pattern = Dhcp4Config.NAME, words = "a name of 1 to 63 letters, digits, '.', '_' or '-'")
        @Nullable
        String name,

        @Doc("The addresses: `192.168.1.100-192.168.1.199`, or `192.168.1.128/26`.") @Shorthand
        AddressRange range,

        @Doc("Addresses or ranges of it that are not handed out.") @OneOrMany
        List<AddressRange> exclude,

        @Doc("Only members of these classes get addresses of this pool. Empty: everybody.") @OneOrMany
        List<String> classes,

        @Inline Dhcp4Level level) {

    /** Copies the lists. */
    public Dhcp4Pool {
        exclude = List.copyOf(exclude);
        classes = List.copyOf(classes);
    }
}
