package io.innkeeper.config;

/**
 * The file that leases are written to before clients hear of them.
 *
 * @param max where the oldest part is taken over by the store
 */
@Doc("The journal: each lease is on the disk before its client hears of it.")
public record Dhcp4Journal(
        @Doc("The size of the journal at which new leases wait until the store has taken over its oldest part.")
        @Default("1GB")
        @Range(min = "1MB", max = "1000GB")
        ByteSize max) {}
