package io.innkeeper.store;

/**
 * Up to where the database has followed the lease journal.
 *
 * @param journal which journal
 * @param sequence the number of the last change that the database has
 */
public record JournalPosition(long journal, long sequence) {}
