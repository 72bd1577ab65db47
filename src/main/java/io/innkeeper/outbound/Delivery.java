package io.innkeeper.outbound;

import org.jspecify.annotations.Nullable;

/**
 * What became of a try.
 *
 * @param delivered how many events, from the first on, were acknowledged
 * @param trouble why not more; null where nothing is wrong
 */
record Delivery(int delivered, @Nullable Trouble trouble) {
    /** All is well. */
    static final Delivery WELL = new Delivery(0, null);

    /** So many were acknowledged. */
    static Delivery of(int delivered) {
        return new Delivery(delivered, null);
    }

    /** Nothing was. */
    static Delivery failed(Trouble trouble) {
        return new Delivery(0, trouble);
    }
}
