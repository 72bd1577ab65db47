/**
 * The command line. {@code run} and {@code demo} start the program through {@link io.innkeeper.cli.Program}; all others are
 * clients of the REST API. Exit codes: {@link io.innkeeper.cli.ExitCode}.
 */
@org.jspecify.annotations.NullMarked
package io.innkeeper.cli;
