package io.innkeeper.config;

import java.util.List;

/**
 * An option that is sent to clients.
 *
 * @param value one or several
 * @param always sent even where the client does not ask for it
 */
@Doc("An option that is sent to clients; where nothing but the value is to be said, the value alone.")
public record Dhcp4Option(
        @Doc("The value, or a list of them.") @Shorthand @OneOrMany
        List<OptionText> value,

        @Doc("Send it also to clients that do not ask for it.") @Default("false")
        boolean always) {

    /** Copies the lists. */
    public Dhcp4Option {
        value = List.copyOf(value);
    }
}
