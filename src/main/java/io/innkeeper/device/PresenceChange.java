package io.innkeeper.device;

import io.innkeeper.device.Presence.State;
import org.jspecify.annotations.Nullable;

/**
 * Something to keep about the presence of a device.
 *
 * @param presence as it is now
 * @param before what the verdict was; null for a device that had none
 */
public record PresenceChange(Presence presence, @Nullable State before) {
    /** True where it was gone and is there again. */
    public boolean came() {
        return before == State.OFFLINE && presence.state() != State.OFFLINE;
    }

    /** True where it is gone now and was not before. */
    public boolean went() {
        return before != null && before != State.OFFLINE && presence.state() == State.OFFLINE;
    }
}
