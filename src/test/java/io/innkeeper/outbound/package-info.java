/** Tests of targets that are told of events. */
@org.jspecify.annotations.NullMarked
package io.innkeeper.outbound;
