/** Leases learned from others. Each kind of source is a folder; all of them hand what they notice to a {@link io.innkeeper.feed.LeaseSink}. */
@org.jspecify.annotations.NullMarked
package io.innkeeper.feed;
