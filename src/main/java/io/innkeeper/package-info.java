/** The entry point and the wiring; the only package that knows all the others. */
@org.jspecify.annotations.NullMarked
package io.innkeeper;
