package io.innkeeper.dhcp;

import io.innkeeper.lease.Binding;

/**
 * A lease that another server gave and that we may take over.
 *
 * @param lease as a binding of ours: active, with its client, name and end
 * @param endIsKnown false where nobody told when it ends: it then gets the lifetime that our configuration gives
 */
public record Adoptable(Binding lease, boolean endIsKnown) {
    /** @throws IllegalArgumentException if it is not active */
    public Adoptable {
        if (!lease.isActive()) {
            throw new IllegalArgumentException("only active leases are taken over: " + lease);
        }
    }
}
