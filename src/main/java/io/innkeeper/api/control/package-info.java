/**
 * The UNIX socket for commands: one JSON object a line, one line of answer for each, in order. Start reading at
 * {@link io.innkeeper.api.control.ControlService}.
 */
@org.jspecify.annotations.NullMarked
package io.innkeeper.api.control;
