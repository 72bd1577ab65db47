/**
 * A pretended LAN from one seed: clients, a wire that loses, doubles and reorders, and a server that crashes at every point.
 * Start with {@link io.innkeeper.lan.LanSimulationTest}.
 */
@org.jspecify.annotations.NullMarked
package io.innkeeper.lan;
