package io.innkeeper.lease;

import io.innkeeper.wire.net.Octets;
import org.jspecify.annotations.Nullable;

/**
 * What a client said of itself that many clients say alike, so that bindings can share one instance.
 *
 * @param vendorClass option 60 as printable text, where sent
 * @param userClass option 77 as printable text, where sent
 * @param parameterRequestList option 55 as sent; empty where not
 */
public record Traits(@Nullable String vendorClass, @Nullable String userClass, Octets parameterRequestList) {
    /** Of a client that said nothing. */
    public static final Traits NONE = new Traits(null, null, Octets.EMPTY);
}
