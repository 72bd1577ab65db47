package io.innkeeper.lease;

import io.innkeeper.wire.net.Octets;
import org.jspecify.annotations.Nullable;

/**
 * What a client said of itself, and how, that many clients say alike, so that bindings can share one instance.
 *
 * @param vendorClass option 60 as printable text, where sent
 * @param userClass option 77 as printable text, where sent
 * @param parameterRequestList option 55 as sent; empty where not
 * @param form how its message was built, for its fingerprint: what {@code wire.dhcp4.Ja4d} calls so; empty where not known
 */
public record Traits(
        @Nullable String vendorClass, @Nullable String userClass, Octets parameterRequestList, Octets form) {
    /** Of a client that said nothing. */
    public static final Traits NONE = new Traits(null, null, Octets.EMPTY);

    /** Of a client whose message was not seen. */
    public Traits(@Nullable String vendorClass, @Nullable String userClass, Octets parameterRequestList) {
        this(vendorClass, userClass, parameterRequestList, Octets.EMPTY);
    }

    /** The same of a message of another form. */
    public Traits withForm(Octets other) {
        return new Traits(vendorClass, userClass, parameterRequestList, other);
    }
}
