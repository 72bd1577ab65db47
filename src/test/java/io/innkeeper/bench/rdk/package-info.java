/** Load on the lease monitor, and what hears it: the programs of {@code bench/rdk}. Start with {@link LeaseLoad}. */
@org.jspecify.annotations.NullMarked
package io.innkeeper.bench.rdk;
