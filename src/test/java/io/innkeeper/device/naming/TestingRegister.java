package io.innkeeper.device.naming;

import io.innkeeper.wire.net.HostNamePattern;
import io.innkeeper.wire.net.MacAddress;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A node of its own: its names, with whatever is known of each system. */
public final class TestingRegister implements NameBook.Register {
    private final Map<MacAddress, SystemName> names = new LinkedHashMap<>();
    private final Map<MacAddress, HostNamePattern.Traits> traits = new HashMap<>();
    private final NamingSettings settings;
    private final NameBook book = new NameBook(this, this::traits);

    /** A node without names. */
    public TestingRegister(NamingSettings settings) {
        this.settings = settings;
    }

    private HostNamePattern.Traits traits(MacAddress mac) {
        return traits.getOrDefault(mac, new HostNamePattern.Traits(mac, null, null, null, null));
    }

    /** Says what is known of a system. */
    public void know(HostNamePattern.Traits known) {
        traits.put(known.mac(), known);
    }

    @Override
    public @Nullable SystemName of(MacAddress mac) {
        return names.get(mac);
    }

    @Override
    public @Nullable SystemName holder(String name) {
        return names.values().stream()
                .filter(system -> name.equals(system.name()) || name.equals(system.made()))
                .findFirst()
                .orElse(null);
    }

    /** Decides, and enters what was decided. */
    public NameBook.Settlement hear(NameBook.Wish wish, Instant now) {
        return enter(book.decide(wish, settings, now));
    }

    /** Takes back what a system was registered as. */
    public NameBook.Settlement free(NameBook.Wish wish, Instant now) {
        return enter(book.decideFreed(wish, settings, now));
    }

    private NameBook.Settlement enter(NameBook.Settlement settled) {
        settled.names().forEach(name -> names.put(name.mac(), name));
        return settled;
    }

    /** What everybody is called. */
    public Map<MacAddress, SystemName> names() {
        return names;
    }
}
