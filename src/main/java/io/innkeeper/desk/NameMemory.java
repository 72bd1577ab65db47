package io.innkeeper.desk;

import io.innkeeper.device.naming.NameBook;
import io.innkeeper.device.naming.SystemName;
import io.innkeeper.store.SystemNames;
import io.innkeeper.wire.net.MacAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What systems are called, as far as it is in memory; the rest is asked of the store by its indexes. Where all names are in memory,
 * nothing is asked. Only the desk changes names, so what is here is true. Belongs to the desk's thread.
 */
final class NameMemory implements NameBook.Register {
    private final SystemNames stored;

    /** Those used last at the end. */
    private final LinkedHashMap<MacAddress, SystemName> names = new LinkedHashMap<>(16, 0.75f, true);

    /** Names, and those kept for systems that are called otherwise. */
    private final Map<String, MacAddress> holders = new HashMap<>();

    /** What the store does not have, of what was brought last. */
    private final Set<MacAddress> nameless = new HashSet<>();

    private final Set<String> free = new HashSet<>();
    private boolean whole;

    NameMemory(SystemNames stored) {
        this.stored = stored;
    }

    /** Reads what the store has, if that is not more than so many. */
    void read(int most) {
        Collection<SystemName> all = stored.all(most + 1);
        whole = all.size() <= most;
        all.stream().limit(most).forEach(this::enter);
    }

    /** Asks the store at once for what a decision may be about; names in lower case. */
    void bring(Collection<MacAddress> systems, Collection<String> candidates) {
        nameless.clear();
        free.clear();
        if (whole) {
            return;
        }
        Set<MacAddress> unknown = new LinkedHashSet<>(systems);
        unknown.removeIf(names::containsKey);
        stored.rows(unknown).forEach(this::load);
        unknown.removeIf(names::containsKey);
        nameless.addAll(unknown);
        Set<String> unheard = new LinkedHashSet<>(candidates);
        unheard.removeIf(holders::containsKey);
        stored.holders(unheard).forEach(this::load);
        unheard.removeIf(holders::containsKey);
        free.addAll(unheard);
    }

    @Override
    public @Nullable SystemName of(MacAddress mac) {
        SystemName name = names.get(mac);
        if (name == null && !whole && !nameless.contains(mac)) {
            stored.row(mac).ifPresent(this::load);
            name = names.get(mac);
        }
        return name;
    }

    @Override
    public @Nullable SystemName holder(String name) {
        MacAddress mac = holders.get(name);
        if (mac == null && !whole && !free.contains(name)) {
            stored.holder(name).ifPresent(this::load);
            mac = holders.get(name);
        }
        return mac == null ? null : names.get(mac);
    }

    private void load(SystemName name) {
        if (!names.containsKey(name.mac())) {
            enter(name);
        }
    }

    /** Enters what was decided. All that one decision changes comes together: a name may pass from one to another. */
    void apply(Collection<SystemName> changes) {
        for (SystemName change : changes) {
            SystemName before = names.remove(change.mac());
            if (before != null) {
                forget(before);
            }
        }
        changes.forEach(this::enter);
    }

    private void enter(SystemName name) {
        nameless.remove(name.mac());
        free.remove(name.name());
        names.put(name.mac(), name);
        holders.put(name.name(), name.mac());
        if (name.made() != null) {
            holders.put(name.made(), name.mac());
        }
    }

    private void forget(SystemName name) {
        holders.remove(name.name(), name.mac());
        if (name.made() != null) {
            holders.remove(name.made(), name.mac());
        }
    }

    /** Lets go of those used longest ago until so many are left. */
    void trim(int inMemory) {
        Iterator<SystemName> eldest = names.values().iterator();
        while (names.size() > inMemory) {
            SystemName name = eldest.next();
            eldest.remove();
            forget(name);
            whole = false;
        }
    }

    /** How many names are in memory. */
    int size() {
        return names.size();
    }
}
