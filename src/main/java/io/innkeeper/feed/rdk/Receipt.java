package io.innkeeper.feed.rdk;

import io.innkeeper.feed.ReadPlace;

/**
 * Whom to tell that a message is in the store.
 *
 * @param place moves in the transaction that stores what the message says
 * @param stored run when that is done, on the desk's thread: quick, and it never throws; never run where it is not stored
 */
public record Receipt(ReadPlace place, Runnable stored) {}
