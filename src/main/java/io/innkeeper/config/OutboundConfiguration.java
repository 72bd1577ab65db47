package io.innkeeper.config;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code outbound.configuration}.
 *
 * @param address as in {@link OutboundNeighbour}
 * @param timeout how long it may take to answer
 * @param caFile certificates to trust; null for those of Java
 * @param naming whether its naming policy is ours
 */
@Doc("A `ConfigurationService` elsewhere; it may be that of another Innkeeper.")
public record OutboundConfiguration(
        @Doc("Where it is: `grpc://host:9067`, or `grpcs://host:9067` for TLS. The address alone needs no section.")
        @Shorthand
        @Matches(
                pattern = "^grpcs?://([A-Za-z0-9_.-]+|\\[[0-9A-Fa-f:.]+\\]):[0-9]{1,5}$",
                words = "a neighbour such as grpc://host:9067 or grpcs://host:9067")
        String address,

        @Doc("How long it may take to answer.") @Default("5s") @Range(min = "100ms", max = "2m")
        Duration timeout,

        @Doc("A file of certificates (PEM) to trust instead of those that Java trusts.") @Nullable
        Path caFile,

        @Doc("Whether its naming policy is taken over: looked at every minute, kept as run-time settings under"
                + " `devices.hostnames`.")
        @Default("false")
        boolean naming) {

    /** The way there. */
    public OutboundNeighbour neighbour() {
        return new OutboundNeighbour(address, timeout, caFile);
    }
}
