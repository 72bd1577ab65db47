package io.innkeeper.desk;

import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import org.jspecify.annotations.Nullable;

/**
 * A system as whoever runs the network tells of it, by hand or out of records elsewhere. It is no sign of life.
 *
 * @param mac its identity
 * @param hostname what it is to be called, before what it calls itself; null leaves its name as it is, an empty text takes back
 *     what was registered before. What is no label is made one ({@link io.innkeeper.wire.net.HostNames#clean}); what cannot be
 *     made one counts as null
 * @param address its address, unless another device has that one now; null where it is not known
 * @param source who says so, such as {@code owner}, {@code grpc} or {@code database}
 */
public record SystemRegistration(
        MacAddress mac, @Nullable String hostname, @Nullable IpAddress address, String source) {}
