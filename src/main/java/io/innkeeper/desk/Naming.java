package io.innkeeper.desk;

import io.innkeeper.device.naming.SystemName;
import io.innkeeper.wire.net.MacAddress;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What systems are called, as the desk knows it. Belongs to the desk's thread. */
public final class Naming {
    private final Map<MacAddress, SystemName> names = new HashMap<>();

    /** Names nobody. */
    public static Naming nobody() {
        return new Naming();
    }

    @Nullable
    SystemName of(MacAddress mac) {
        return names.get(mac);
    }
}
