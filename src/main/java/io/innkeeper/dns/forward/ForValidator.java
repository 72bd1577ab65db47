package io.innkeeper.dns.forward;

import org.jspecify.annotations.Nullable;

/** Work for the {@link Validator}. */
public sealed interface ForValidator {
    /**
     * An answer is to be checked. Comes back as {@link Checked}.
     *
     * @param check its number
     * @param question what was asked
     * @param response the answer, with signatures
     */
    @SuppressWarnings("ArrayRecordComponent") // the octets of a packet, handed on and never compared
    record Check(long check, Asked question, byte[] response) implements ForValidator {}

    /**
     * The answer to a {@link Lookup}.
     *
     * @param lookup its number
     * @param response null where there is none
     */
    @SuppressWarnings("ArrayRecordComponent") // the octets of a packet, handed on and never compared
    record Found(long lookup, byte @Nullable [] response) implements ForValidator {}
}
