package io.innkeeper.store.journal;

import io.innkeeper.store.StoreException;

/** The journal on disk does not hold what was acknowledged. Its message says where, and what to do. */
public final class DamagedException extends StoreException {
    private static final long serialVersionUID = 1L;

    /** With a sentence for people. */
    public DamagedException(String message) {
        super(message);
    }
}
