package io.innkeeper.config;

/**
 * The section {@code devices}.
 *
 * @param max how many devices are remembered
 */
@Doc("The devices that were seen, one for each MAC address.")
public record DevicesConfig(
        @Doc("How many devices are remembered; beyond that, new ones are counted but not kept.")
        @Default("1000000")
        @Range(min = "1", max = "10000000")
        int max) {}
