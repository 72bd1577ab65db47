package io.innkeeper.view;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A name that is not blocked for a while, as JSON.
 *
 * @param id by which it can be ended before its time
 * @param name the name; all below it is meant too
 * @param device the hardware address of the device for which it holds; null for no device
 * @param deviceName what that is called; null where it has no name
 * @param client the address for which it holds; null for none. Where both are null it holds for everybody
 * @param until its end
 */
public record DnsExceptionView(
        String id,
        String name,
        @Nullable String device,
        @Nullable String deviceName,
        @Nullable String client,
        Instant until) {}
