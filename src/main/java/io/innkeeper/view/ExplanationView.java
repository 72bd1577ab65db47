package io.innkeeper.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client would get if it asked now, as JSON.
 *
 * @param mac the client
 * @param clientId what it calls itself; null where only its hardware address is known
 * @param verdict {@code offered}, or why it would not be: {@code denied}, {@code passed-on}, {@code over-limit}, {@code
 *     no-address}, {@code no-subnet}, {@code invalid}
 * @param sentences the whole of it for people
 * @param access the rule that lets it in or keeps it out
 * @param network the name of its network
 * @param subnet the subnet
 * @param pool the pool of the address
 * @param reservation where its reservation stands
 * @param address the address; null for none
 * @param why this address, or none
 * @param probed true where it would first be found out whether somebody uses the address
 * @param classes the classes that it is in
 * @param lifetimeSeconds how long the lease would be; null for ever
 * @param renewSeconds T1
 * @param rebindSeconds T2
 * @param lifetimeWhere where the lifetime stands
 * @param boot network boot; null for none
 * @param options all that the configuration says to it; what of it is sent depends on what the client asks for
 */
public record ExplanationView(
        String mac,
        @Nullable String clientId,
        String verdict,
        List<String> sentences,
        String access,
        @Nullable String network,
        @Nullable String subnet,
        @Nullable String pool,
        @Nullable String reservation,
        @Nullable String address,
        String why,
        boolean probed,
        List<String> classes,
        @Nullable Long lifetimeSeconds,
        long renewSeconds,
        long rebindSeconds,
        String lifetimeWhere,
        @Nullable Boot boot,
        List<OptionView> options) {
    /**
     * Network boot.
     *
     * @param nextServer the server of the file; null for none
     * @param serverName its name; empty for none
     * @param file the file; empty for none
     * @param where where it stands
     */
    public record Boot(@Nullable String nextServer, String serverName, String file, String where) {}

    /**
     * An option.
     *
     * @param code 1 to 254
     * @param name its name
     * @param values as texts
     * @param hex as it is sent
     * @param always true where it is sent even to clients that do not ask for it
     * @param where where it stands
     */
    public record OptionView(int code, String name, List<String> values, String hex, boolean always, String where) {}
}
