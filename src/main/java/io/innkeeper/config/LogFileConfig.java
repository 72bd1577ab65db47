package io.innkeeper.config;

import java.nio.file.Path;

/**
 * The section {@code log.file}.
 *
 * @param path the file that is written
 * @param rotate the size at which a new file begins
 * @param keep how many full files stay beside the one that is written
 * @param format the form of a line
 */
@Doc("A log file that is rotated.")
public record LogFileConfig(
        @Doc("The file; its folder is made where it does not exist.") @Default("innkeeper.log")
        Path path,

        @Doc("The size at which a new file begins.") @Default("10MB") @Range(min = "10kB", max = "10GB")
        ByteSize rotate,

        @Doc("How many full files are kept.") @Default("7") @Range(min = "0", max = "1000")
        int keep,

        @Doc("Lines for people, or JSON.") @Default("text") LogFormat format) {}
