package io.innkeeper.outbound;

/** Why an event was not acknowledged. */
sealed interface Trouble {
    /** What happened, in a sentence for people; without secrets. */
    String reason();

    /**
     * It may work later: the way to the receiver, or the receiver, is not as it should be.
     *
     * @param afterMs how long the receiver asked us to wait; 0 where it did not
     */
    record Later(String reason, long afterMs) implements Trouble {
        Later(String reason) {
            this(reason, 0);
        }
    }

    /** The receiver does not want this very event. */
    record Refused(String reason) implements Trouble {}

    /** The receiver wants no more events. */
    record Gone(String reason) implements Trouble {}
}
