package io.innkeeper.tell.spool;

/** What one entry of the spool says. Applied in their order, entries give a {@link SpoolBook}. */
public sealed interface Entry {
    /** Which interface it is about. */
    String interfaceName();

    /**
     * A message that waits.
     *
     * @param sequence its number, of its interface; from 1 on, never used twice
     */
    record Waiting(long sequence, Said said) implements Entry {
        @Override
        public String interfaceName() {
            return said.interfaceName();
        }
    }

    /**
     * Messages that wait no longer: this one, and all before it where the end {@linkplain End#coversEarlier covers} them.
     *
     * @param reason why, for people; empty where nothing is to be said
     * @param atMs when, milliseconds since 1970
     */
    record Ended(String interfaceName, long sequence, End end, String reason, long atMs) implements Entry {
        /** Octets of the longest reason that is kept. */
        static final int MAX_REASON = 500;
    }

    /** Messages were not taken, because the spool was full. */
    record TurnedAway(String interfaceName, long count) implements Entry {}

    /**
     * Where an interface stood when the spool was written anew.
     *
     * @param last the highest number that was given to any of its messages
     */
    record Standing(String interfaceName, long last, Tally tally) implements Entry {}
}
