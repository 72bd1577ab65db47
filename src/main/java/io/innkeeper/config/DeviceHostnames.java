package io.innkeeper.config;

/**
 * What systems are called.
 *
 * @param policy who has a name that two want
 * @param pattern how names are made
 * @param prefix what {@code {prefix}} stands for in it
 */
@Doc("What systems are called: one unique name for each, its own or a made one. See [names.md](names.md).")
public record DeviceHostnames(
        @Doc(
                "Who has a name that two systems want: `first-wins`, who had it first; `latest-wins`, who says it last; `static-wins`,"
                        + " who has a static lease; `suffix`, who had it first, the others with a number behind.")
        @Default("first-wins")
        HostnamePolicy policy,

        @Doc(
                "How a name is made for a system that gives none: letters, digits, hyphens, and `{prefix}`, `{mac}`, `{mac:last3}` (1 to"
                        + " 8 octets), `{vendor}`, `{type}`, `{ip}`, `{ip:last}`, `{subnet}`. A name that was made stays.")
        @Default("{prefix}-{mac}")
        String pattern,

        @Doc("What `{prefix}` stands for.") @Default("host") String prefix) {}
