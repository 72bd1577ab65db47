/**
 * The heart: who holds which address, since when, until when. {@link io.innkeeper.lease.LeaseBook} is pure: it is told what
 * a source saw and what time it is, and returns the changes. Imports {@code wire} only.
 */
@org.jspecify.annotations.NullMarked
package io.innkeeper.lease;
