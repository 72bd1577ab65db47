package io.innkeeper.demo;

import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import org.jspecify.annotations.Nullable;

/**
 * A device of the simulated network.
 *
 * @param mac its hardware address
 * @param name what it calls itself; null where it does not say
 * @param address the address it gets
 * @param fixed true where the configuration fixes that address
 * @param v6 its IPv6 address; null where it has none
 * @param duid its DUID, where it has an IPv6 address
 * @param restless how likely it comes or goes, 0 for what is always there
 */
record DemoDevice(
        MacAddress mac,
        @Nullable String name,
        IpAddress address,
        boolean fixed,
        @Nullable IpAddress v6,
        @Nullable ClientId duid,
        double restless) {}
