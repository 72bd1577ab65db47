/** Tests of the bytes below the sockets. */
@org.jspecify.annotations.NullMarked
package io.innkeeper.wire.ethernet;
