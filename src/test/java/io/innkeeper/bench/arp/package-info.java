/** What {@code bench/arp} runs beside the program: hosts that answer, and the scanner alone. */
@org.jspecify.annotations.NullMarked
package io.innkeeper.bench.arp;
