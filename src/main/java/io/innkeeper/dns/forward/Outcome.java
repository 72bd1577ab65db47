package io.innkeeper.dns.forward;

/** How a question ended. */
public enum Outcome {
    /** There is an answer, also one that says there is no such name. */
    ANSWERED,
    /** No upstream wants to or can, or what they say is bogus. */
    FAILED,
    /** No upstream said anything in time. */
    TIMED_OUT
}
