package io.innkeeper.view;

import io.innkeeper.device.naming.SystemName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a system is called, as JSON.
 *
 * @param name unique among all systems: a DNS label in lower case
 * @param origin given where the system calls itself so, generated where the name was made, owner where it was registered
 * @param wanted the name that it wishes; another one than its name where somebody else has that; null where it wishes none
 * @param reason why it is called so, in words
 * @param since since when
 */
public record SystemNameView(
        String name, String origin, @Nullable String wanted, String reason, Instant since) {
    /** The view of a name. */
    public static SystemNameView of(SystemName name) {
        return new SystemNameView(name.name(), name.origin().text(), name.wanted(), name.reason(), name.since());
    }
}
