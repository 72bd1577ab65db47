package io.innkeeper.desk;

import org.jspecify.annotations.Nullable;

/**
 * What an owner says of a device.
 *
 * @param name what it is called, else null
 * @param notes whatever there is to say, else null
 */
public record OwnersWords(@Nullable String name, @Nullable String notes) {}
