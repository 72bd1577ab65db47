package io.innkeeper.dns;

/** One of the steps that a question goes through, in the order of {@link DnsEngine}. */
@FunctionalInterface
interface Step {
    /** What became of the question. */
    enum Next {
        /** The next step is to look at it. */
        GO_ON,
        /** The answer is written. */
        ANSWERED,
        /** It waits for an upstream. */
        WAITS,
        /** It gets no answer. */
        DROPPED
    }

    /** Looks at the question. */
    Next take(Ask ask);
}
