/**
 * The roll call: who is on the links of this machine. ║ {@link io.innkeeper.arp.ScanPlan} says whom to ask next and when,
 * ║ {@link io.innkeeper.arp.ArpWatch} notices addresses that two claim, {@link io.innkeeper.arp.ArpScanner} is the loop around
 * both. Times of the engines are nanoseconds of a clock that never goes back, or milliseconds since 1970 where the name ends so.
 */
@org.jspecify.annotations.NullMarked
package io.innkeeper.arp;
