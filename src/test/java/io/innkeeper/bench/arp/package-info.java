/** What {@code bench/arp} runs at the far side: hosts that answer. */
@org.jspecify.annotations.NullMarked
package io.innkeeper.bench.arp;
