/** The gRPC server, as a client meets it. */
@org.jspecify.annotations.NullMarked
package io.innkeeper.api.grpc;
