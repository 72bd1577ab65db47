/**
 * What was said and is not yet stored by a monitor, on the client's own disk: ║ {@link io.innkeeper.tell.spool.SpoolBook} decides,
 * ║ {@link io.innkeeper.tell.spool.SpoolFormat} is octets ⇄ entries, {@link io.innkeeper.tell.spool.Spool} is the file around both,
 * shared by several processes.
 */
@org.jspecify.annotations.NullMarked
package io.innkeeper.tell.spool;
