/**
 * The block lists. ║ {@link io.innkeeper.dns.block.ListReader} reads their lines, ║ {@link io.innkeeper.dns.block.RuleSet} knows
 * which lists name a name and decides, {@link io.innkeeper.dns.block.ListBook} is the loop that fetches lists and builds rule
 * sets of them.
 */
@org.jspecify.annotations.NullMarked
package io.innkeeper.dns.block;
