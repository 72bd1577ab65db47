package io.innkeeper.config;

/** What is kept of each question. */
public enum DnsLogMode {
    /** Nothing. */
    OFF,
    /** What was asked and answered, not by whom. */
    ANONYMOUS,
    /** All of it. */
    FULL
}
