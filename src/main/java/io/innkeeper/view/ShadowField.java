package io.innkeeper.view;

import org.jspecify.annotations.Nullable;

/**
 * One point in which the real server and we do not say the same.
 *
 * @param field {@code message}, {@code address}, {@code lifetime}, {@code renew-after}, {@code rebind-after}, {@code
 *     next-server}, {@code server-name}, {@code boot-file}, {@code hostname}, or the name of an option
 * @param real what the real server says; null for nothing
 * @param ours what we would say; null for nothing
 * @param meaning what it means, and what to change in the configuration, for people
 */
public record ShadowField(
        String field, @Nullable String real, @Nullable String ours, String meaning) {}
