package io.innkeeper.config;

import org.jspecify.annotations.Nullable;

/**
 * An address to answer at.
 *
 * @param address where, for UDP and TCP
 * @param mode the mode for those who ask here; null for that of the section
 */
@Doc("An address to answer at.")
public record DnsListen(
        @Doc("Where, for UDP and TCP: `192.168.1.2:53`, `[::1]:5353`.") @Shorthand
        ListenAddress address,

        @Doc("The mode for those who ask here, instead of that of the section.") @Nullable
        DnsMode mode) {}
