/** Tests of the event stream over HTTP. */
@org.jspecify.annotations.NullMarked
package io.innkeeper.api.sse;
