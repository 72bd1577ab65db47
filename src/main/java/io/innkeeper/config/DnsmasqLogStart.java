package io.innkeeper.config;

/** Where reading begins in a log that was never read before. */
public enum DnsmasqLogStart {
    END,
    BEGINNING
}
