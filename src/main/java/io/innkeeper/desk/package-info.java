/**
 * The front desk: the one thread that changes leases and devices. Sources hand in reports through a bounded queue; the desk
 * decides, commits, and only then do the events appear in the stream.
 */
@org.jspecify.annotations.NullMarked
package io.innkeeper.desk;
