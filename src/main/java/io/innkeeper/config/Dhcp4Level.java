package io.innkeeper.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What each level of the configuration may say to clients: global, shared network, subnet, pool, class, reservation.
 *
 * @param options by name, by code such as {@code 224}, or by {@code option-224}
 * @param lifetime how long leases run; null for inherited
 * @param minLifetime the least that a client may ask for; null for inherited
 * @param maxLifetime the most; null for inherited
 * @param renewAfter T1; null for half of the lifetime
 * @param rebindAfter T2; null for seven eighths of it
 * @param boot network boot; null for inherited
 */
@Doc("What a level says to its clients.")
public record Dhcp4Level(
        @Doc("Options by name or code: a value, a list, or `{value: …, always: true}`.")
        Map<String, Dhcp4Option> options,

        @Doc(
                "How long a lease runs where the client asks for nothing else, or `infinite`. Where no level says so, 12h.")
        @Nullable
        Lifetime lifetime,

        @Doc("The least a client gets that asks for less. Where no level says so, 2m.") @Nullable
        Lifetime minLifetime,

        @Doc("The most a client gets that asks for more. Where no level says so, its lifetime.") @Nullable
        Lifetime maxLifetime,

        @Doc("When clients renew (T1). Without it, after half of the lifetime.") @Nullable
        Lifetime renewAfter,

        @Doc("When clients ask any server (T2). Without it, after seven eighths of the lifetime.") @Nullable
        Lifetime rebindAfter,

        @Doc("Where network boot finds its file.") @Nullable Dhcp4Boot boot) {

    /** Copies the map; the order stays. */
    public Dhcp4Level {
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }
}
