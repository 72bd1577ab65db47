package io.innkeeper.device.naming;

import io.innkeeper.wire.net.HostNamePattern;

/**
 * How systems are named.
 *
 * @param policy who has a name that two want
 * @param pattern how names are made for those that have none
 */
public record NamingSettings(ConflictPolicy policy, HostNamePattern pattern) {
    /** What the configuration says if nobody says anything else. */
    public static final NamingSettings USUAL =
            new NamingSettings(ConflictPolicy.FIRST_WINS, HostNamePattern.of("{prefix}-{mac}", "host"));
}
