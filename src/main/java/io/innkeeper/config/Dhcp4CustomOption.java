package io.innkeeper.config;

import io.innkeeper.wire.dhcp4.OptionType;

/**
 * An option that the registry of IANA does not have.
 *
 * @param code 1 to 254
 * @param name unique
 * @param type of its values
 */
@Doc("An option of your own: its name can be used wherever options are given.")
public record Dhcp4CustomOption(
        @Doc("Its number; 224 to 254 are free for private use.") @Range(min = "1", max = "254")
        int code,

        @Doc("Its name.")
        @Matches(pattern = "^[a-z][a-z0-9-]{0,62}$", words = "a name of small letters, digits and '-'")
        String name,

        @Doc("The type of its value.") OptionType type) {}
