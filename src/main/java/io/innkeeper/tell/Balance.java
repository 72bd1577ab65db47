package io.innkeeper.tell;

/** Which of several monitors hears of an interface. */
public enum Balance {
    /** The first of the list that lives; the others are there for when it does not. */
    FIRST,
    /** Interfaces are spread over all that live. One interface stays with one monitor as long as both live. */
    SPREAD
}
