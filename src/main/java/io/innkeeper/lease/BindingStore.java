package io.innkeeper.lease;

import java.util.List;

/** Stable storage of our own bindings: where the world begins for the DHCP server. */
public interface BindingStore {
    /**
     * Returns when all changes are on stable storage.
     *
     * @param changes in the order in which they were decided
     * @throws NotStoredException if they could not be written; then none of them will be there after a restart
     */
    void commit(List<BindingChange> changes) throws NotStoredException;

    /** Why something could not be stored. */
    final class NotStoredException extends Exception {
        private static final long serialVersionUID = 1;

        /** For this reason, a sentence for people. */
        public NotStoredException(String reason, Throwable cause) {
            super(reason, cause);
        }
    }
}
