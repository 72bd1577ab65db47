/**
 * Packet conversations with the DHCP engine, written for readers: one file a rule, in {@code scenarios/dhcp4}. Start with
 * {@link io.innkeeper.scenario.ScenarioTest}.
 */
@org.jspecify.annotations.NullMarked
package io.innkeeper.scenario;
