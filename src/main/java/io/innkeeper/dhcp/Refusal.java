package io.innkeeper.dhcp;

import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.MacAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A client that was not served, and why: for the event {@code security.dhcp-refused}.
 *
 * @param at when
 * @param client its hardware address, where it sent one
 * @param clientId its identifier (option 61), where it sent one
 * @param hostname what it calls itself
 * @param interfaceName where it asked; empty where unknown
 * @param verdict what kind of refusal
 * @param rule the rule, or the line of the configuration; empty where the verdict says all
 * @param before how many more refusals by this rule led to no event since the last one that did
 */
public record Refusal(
        Instant at,
        @Nullable MacAddress client,
        @Nullable ClientId clientId,
        @Nullable String hostname,
        String interfaceName,
        Outcome.Verdict verdict,
        String rule,
        long before) {}
