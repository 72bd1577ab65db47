package io.innkeeper.desk;

import io.innkeeper.lease.LeaseFact;
import io.innkeeper.lease.LeaseState;
import java.time.Instant;

/**
 * What our own server did with an address.
 *
 * @param fact the lease, as other sources would tell it
 * @param state how it stands after the change
 * @param renewal true where the client held it before and goes on holding it
 * @param startedAt when the binding began
 * @param at when the change was
 */
record OwnChange(LeaseFact fact, LeaseState state, boolean renewal, Instant startedAt, Instant at) {}
