/** Tests of the outside world. */
@org.jspecify.annotations.NullMarked
package io.innkeeper.io;
