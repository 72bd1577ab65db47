package io.innkeeper.lan;

import io.innkeeper.lease.Binding;
import io.innkeeper.lease.BindingChange;
import io.innkeeper.lease.BindingStore;
import io.innkeeper.lease.LeaseState;
import io.innkeeper.property.Samples;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A store whose disk is full now and then. What was committed survives a crash of the server, and nothing else does. */
class LanStore implements BindingStore {
    private final Samples samples;
    private final Map<Integer, Binding> committed = new HashMap<>();

    LanStore(Samples samples) {
        this.samples = samples;
    }

    @Override
    public void commit(List<BindingChange> changes) throws NotStoredException {
        if (samples.oneIn(25)) {
            throw new NotStoredException("the disk is full", new IOException("no space left"));
        }
        changes.forEach(this::keep);
    }

    void keep(BindingChange change) {
        Binding after = change.after();
        if (after.state() == LeaseState.FORGOTTEN) {
            committed.remove(after.address());
        } else {
            committed.put(after.address(), after);
        }
    }

    /** What a restart finds at an address. */
    @Nullable
    Binding at(int address) {
        return committed.get(address);
    }

    /** All that a restart finds, by address. */
    Map<Integer, Binding> all() {
        return Map.copyOf(committed);
    }
}
