package io.innkeeper.device.naming;

import io.innkeeper.wire.net.MacAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a system is called, unique among all systems.
 *
 * @param mac which system
 * @param name a label of 1 to 63 letters, digits and hyphens, in lower case (RFC 1123 §2.1)
 * @param origin where it comes from
 * @param wanted the name that it wishes, as a label; null where it wishes none
 * @param claim how strong that wish is
 * @param made the name that was made for it while it is not called so, kept for it alone; null for none
 * @param reason why it is called so, in words
 * @param since since when
 */
public record SystemName(
        MacAddress mac,
        String name,
        NameOrigin origin,
        @Nullable String wanted,
        Claim claim,
        @Nullable String made,
        String reason,
        Instant since) {
    /** True where it is called what it wishes to be called, or wishes nothing. */
    public boolean isContent() {
        return wanted == null || wanted.equals(name);
    }
}
