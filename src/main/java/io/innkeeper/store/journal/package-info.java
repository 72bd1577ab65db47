/**
 * The lease journal: where the bindings of our own DHCP server are on stable storage before their ACKs go out. One writer
 * appends groups of changes to segments; one keeper thread prepares segments and folds old ones into a snapshot; readers follow
 * behind. Start at {@link io.innkeeper.store.journal.LeaseJournal}; why it is so: {@code docs/decisions/0006-lease-journal.md}.
 */
@org.jspecify.annotations.NullMarked
package io.innkeeper.store.journal;
