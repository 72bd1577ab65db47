package io.innkeeper.config;

import java.nio.file.Path;
import java.time.Duration;

/**
 * The section {@code api.control}.
 *
 * @param file the socket
 * @param mode its file mode, octal
 * @param connections how many may be open at a time
 * @param rate commands a second of one connection
 * @param line the longest line that is read
 * @param idle how long nothing may come on a connection
 */
@Doc("A UNIX socket for commands, one JSON object a line. The path alone needs no section.")
public record ControlConfig(
        @Doc("The socket, a path of at most about 90 characters. Who may write to it may command.") @Shorthand
        Path file,

        @Doc("The mode of the socket: `0600` for the user of Innkeeper alone, `0660` for its group too.")
        @Default("0600")
        @Matches(pattern = "^0[0-7]{3}$", words = "a file mode such as 0600, in quotes")
        String mode,

        @Doc("How many connections may be open at a time. More are told so and closed.")
        @Default("1000")
        @Range(min = "1", max = "100000")
        int connections,

        @Doc("How many commands a second one connection may send. What comes faster waits; none is lost.")
        @Default("200")
        @Range(min = "1", max = "1000000")
        int rate,

        @Doc("The longest line that is read. A longer one is answered with an error.")
        @Default("16KiB")
        @Range(min = "256B", max = "1MiB")
        ByteSize line,

        @Doc("A connection on which nothing comes for so long is closed.") @Default("5m") @Range(min = "1s", max = "7d")
        Duration idle) {}
