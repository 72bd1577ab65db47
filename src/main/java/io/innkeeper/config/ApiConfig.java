package io.innkeeper.config;

import io.innkeeper.wire.net.Prefix;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code api}.
 *
 * @param listen where HTTP is answered
 * @param allowedHosts further names a browser may use for this server, beside its own addresses and localhost
 * @param cors origins of other pages that may use the API
 * @param maxSseClients how many may follow the event stream at a time
 * @param sseBuffer how many events a follower may lag behind before it is cut
 * @param notifyFrom who may call {@code /internal/v1/dnsmasq}; empty means everyone who reaches the listener
 * @param control the socket for commands; null for none
 * @param grpc the gRPC server; null for none
 */
@Doc("The HTTP listener: the page, the REST API, the event stream. There is no login: keep it on this machine, or on a"
        + " network you trust.")
public record ApiConfig(
        @Doc("Where to listen, `host:port`. `:8067` is every address of this machine; `8067` alone is 127.0.0.1.")
        @Default("127.0.0.1:8067")
        ListenAddress listen,

        @Doc(
                "Names, beside localhost and IP addresses, under which a browser may reach this server. Others are refused,"
                        + " so that a foreign web page cannot drive it (DNS rebinding).")
        @Matches(pattern = "^[A-Za-z0-9_.-]{1,253}$", words = "a host name (without port)")
        List<String> allowedHosts,

        @Doc("Origins of other web pages that may use the API, such as `https://dash.example`.")
        @Matches(
                pattern = "^https?://[A-Za-z0-9_.:\\[\\]-]{1,260}$",
                words = "an origin such as https://dash.example (scheme, host and port only)")
        List<String> cors,

        @Doc("How many clients may follow the event stream at a time.")
        @Default("5000")
        @Range(min = "1", max = "100000")
        int maxSseClients,

        @Doc("How many events a slow follower may lag behind before it is cut; it can resume.")
        @Default("10000")
        @Range(min = "10", max = "1000000")
        int sseBuffer,

        @Doc("Networks that may call `POST /internal/v1/dnsmasq`, such as `172.17.0.0/16`. Empty: everyone who reaches"
                + " the listener.")
        List<Prefix> notifyFrom,

        @Doc("A UNIX socket for commands; there is none without this key.") @Nullable
        ControlConfig control,

        @Doc("The gRPC server: an address, or a section. `off` for none.") @Default("on") @Nullable
        GrpcConfig grpc) {

    /** Copies the lists. */
    public ApiConfig {
        allowedHosts = List.copyOf(allowedHosts);
        cors = List.copyOf(cors);
        notifyFrom = List.copyOf(notifyFrom);
    }
}
