package io.innkeeper.wire.dhcp4;

import java.util.List;

/**
 * Name and type of an option.
 *
 * @param code 1 to 254
 * @param name in the configuration: lower case, digits and hyphens
 * @param type of its value
 * @param reference where it is specified, such as {@code RFC 2132 §3.3}; empty for a custom one
 * @param aliases other names that are understood
 */
public record OptionDefinition(int code, String name, OptionType type, String reference, List<String> aliases) {
    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if the code is not 1 to 254
     */
    public OptionDefinition {
        if (code < 1 || code > 254) {
            throw new IllegalArgumentException("option codes are 1 to 254, not " + code);
        }
        aliases = List.copyOf(aliases);
    }

    /**
     * A custom option.
     *
     * @throws IllegalArgumentException if the code is not 1 to 254
     */
    public OptionDefinition(int code, String name, OptionType type) {
        this(code, name, type, "", List.of());
    }

    /** True where the protocol itself says what stands in the option, so that configuring it makes no sense. */
    public boolean belongsToTheProtocol() {
        return switch (code) {
            case OptionCode.REQUESTED_ADDRESS,
                    OptionCode.OVERLOAD,
                    OptionCode.MESSAGE_TYPE,
                    OptionCode.SERVER_ID,
                    OptionCode.PARAMETER_REQUEST_LIST,
                    OptionCode.MESSAGE,
                    OptionCode.MAX_SIZE,
                    OptionCode.CLIENT_ID,
                    OptionCode.RAPID_COMMIT,
                    OptionCode.CLIENT_FQDN,
                    OptionCode.RELAY_AGENT -> true;
            default -> false;
        };
    }
}
