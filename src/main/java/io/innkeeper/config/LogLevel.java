package io.innkeeper.config;

/** How much is logged, from everything to failures only. */
public enum LogLevel {
    TRACE,
    DEBUG,
    INFO,
    WARN,
    ERROR
}
