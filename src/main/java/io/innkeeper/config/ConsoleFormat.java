package io.innkeeper.config;

/** The form of a line on standard output, or none at all. */
public enum ConsoleFormat {
    TEXT,
    JSON,
    OFF
}
