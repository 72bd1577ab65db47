package io.innkeeper.config;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code outbound.database}: a service that speaks our gRPC contract.
 *
 * @param address {@code grpc://host:port}, or {@code grpcs://} for TLS
 * @param timeout how long it may take to answer
 * @param caFile certificates to trust; null for those of Java
 */
@Doc("A service elsewhere that speaks the gRPC contract of Innkeeper; it may be another Innkeeper.")
public record OutboundNeighbour(
        @Doc("Where it is: `grpc://host:9067`, or `grpcs://host:9067` for TLS. The address alone needs no section.")
        @Shorthand
        @Matches(
                pattern = "^grpcs?://([A-Za-z0-9_.-]+|\\[[0-9A-Fa-f:.]+\\]):[0-9]{1,5}$",
                words = "a neighbour such as grpc://host:9067 or grpcs://host:9067")
        String address,

        @Doc("How long it may take to answer.") @Default("5s") @Range(min = "100ms", max = "2m")
        Duration timeout,

        @Doc("A file of certificates (PEM) to trust instead of those that Java trusts.") @Nullable
        Path caFile) {

    private static final String TLS = "grpcs://";
    private static final String PLAIN = "grpc://";

    /** True where the connection is encrypted. */
    public boolean isTls() {
        return address.startsWith(TLS);
    }

    /** The address as {@code host:port}. */
    public String authority() {
        return address.substring((isTls() ? TLS : PLAIN).length());
    }
}
