/**
 * What is on the network, one record per hardware address. {@link io.innkeeper.device.DeviceTable} is pure: sightings and
 * the time go in, changes come out. Imports {@code wire} only.
 */
@org.jspecify.annotations.NullMarked
package io.innkeeper.device;
