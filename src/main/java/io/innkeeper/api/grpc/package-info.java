/**
 * The gRPC server: the contract of {@code src/main/proto/innkeeper/v1} on our store, stream and configuration. Start with
 * {@link io.innkeeper.api.grpc.GrpcService}.
 */
@org.jspecify.annotations.NullMarked
package io.innkeeper.api.grpc;
