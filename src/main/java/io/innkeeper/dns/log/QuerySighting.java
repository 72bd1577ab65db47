package io.innkeeper.dns.log;

import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody asked: a sign of life.
 *
 * @param client from this address
 * @param device whose address it is; null where nobody knows
 * @param at when it asked last
 */
public record QuerySighting(IpAddress client, @Nullable MacAddress device, Instant at) {}
