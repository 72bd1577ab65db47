package io.innkeeper.tell;

/**
 * How one monitor was.
 *
 * @param address as it was written
 * @param state {@code open}, or how far it came: {@code idle}, {@code looking}, {@code connecting}, {@code greeting}
 * @param why it failed last; empty where it did not
 */
public record MonitorStatus(String address, String state, String why) {}
