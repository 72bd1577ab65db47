package io.innkeeper.service;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A service as JSON.
 *
 * @param name its name
 * @param state starting, running, failed or stopped
 * @param health ok, degraded or failed
 * @param message how it is, in a sentence
 * @param since when it came into this state
 * @param restarts how often it was restarted after a failure
 * @param lastError the last failure; null where there was none
 * @param detail what it tells of itself
 */
public record ServiceStatus(
        String name,
        String state,
        String health,
        String message,
        Instant since,
        int restarts,
        @Nullable String lastError,
        Map<String, Object> detail) {}
