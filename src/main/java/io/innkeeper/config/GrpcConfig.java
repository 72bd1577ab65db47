package io.innkeeper.config;

/**
 * The section {@code api.grpc}.
 *
 * @param listen where gRPC is answered
 * @param calls how many calls may run at a time, watches among them
 */
@Doc(
        "The gRPC server. The address alone needs no section; `off` for none. There is no login here either. Until somebody"
                + " connects it is a listening socket and nothing more.")
public record GrpcConfig(
        @Doc("Where to listen, `host:port`. `:9067` is every address of this machine; `9067` alone is 127.0.0.1.")
        @Default("127.0.0.1:9067")
        @Shorthand
        ListenAddress listen,

        @Doc("How many calls may run at a time, watches among them; further ones are refused (RESOURCE_EXHAUSTED).")
        @Default("1000")
        @Range(min = "1", max = "100000")
        int calls) {}
