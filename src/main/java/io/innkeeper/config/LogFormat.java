package io.innkeeper.config;

/** The form of a line in a log file: for people, or one JSON object a line. */
public enum LogFormat {
    TEXT,
    JSON
}
