/** Tests of the command line. */
@org.jspecify.annotations.NullMarked
package io.innkeeper.cli;
