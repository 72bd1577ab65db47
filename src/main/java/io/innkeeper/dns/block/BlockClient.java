package io.innkeeper.dns.block;

import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, for rules with {@code $client}.
 *
 * @param address where the question came from
 * @param mac the hardware address, where it is known
 * @param name the name of the device, where it is known
 * @param group the group of the device, where it is in one
 */
public record BlockClient(
        IpAddress address,
        @Nullable MacAddress mac,
        @Nullable String name,
        @Nullable String group) {}
