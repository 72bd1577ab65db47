/**
 * Tells lease monitors what the DHCP clients of this machine say: {@link io.innkeeper.tell.spool} keeps it until a monitor has it in
 * its store, ║ {@code MonitorChoice} decides which monitor hears of which interface, ║ {@code Dispatch} what goes next,
 * {@code Delivery} is the loop around them.
 */
@org.jspecify.annotations.NullMarked
package io.innkeeper.tell;
