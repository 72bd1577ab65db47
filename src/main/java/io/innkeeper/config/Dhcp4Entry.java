package io.innkeeper.config;

import io.innkeeper.wire.net.Prefix;
import org.jspecify.annotations.Nullable;

/**
 * A reservation that is made while the program runs.
 *
 * @param subnet where it belongs; null for the subnet of its address, or for all where it has none
 * @param reservation as it could stand in the configuration
 */
public record Dhcp4Entry(@Nullable Prefix subnet, Dhcp4Reservation reservation) {}
