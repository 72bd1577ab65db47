/** Tests of the event stream. */
@org.jspecify.annotations.NullMarked
package io.innkeeper.event;
