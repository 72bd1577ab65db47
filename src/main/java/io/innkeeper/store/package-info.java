/**
 * What must last, and the only package that knows JDBC. {@link io.innkeeper.store.Database} opens and migrates,
 * {@link io.innkeeper.store.Ledger} writes (one transaction a commit), the {@code …Queries} read with keyset paging.
 */
@org.jspecify.annotations.NullMarked
package io.innkeeper.store;
