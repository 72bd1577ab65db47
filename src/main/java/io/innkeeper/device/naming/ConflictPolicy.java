package io.innkeeper.device.naming;

import java.util.Locale;

/** Who has a name that two systems want. */
public enum ConflictPolicy {
    /** Who had it first. */
    FIRST_WINS,
    /** Who said it last for the first time: a new computer takes the name of the old one. */
    LATEST_WINS,
    /** Who has a static lease; of two who have, or have not, the first. */
    STATIC_WINS,
    /** Who had it first; the others have it with a number behind. */
    SUFFIX;

    /** The name in the configuration and the API, such as {@code first-wins}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
