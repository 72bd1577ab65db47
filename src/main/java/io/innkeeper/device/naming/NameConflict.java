package io.innkeeper.device.naming;

/**
 * Two systems wanted one name, and it was settled who has it.
 *
 * @param name which name
 * @param rule by which it was settled: the text of a {@link ConflictPolicy}; {@code owner} where one of them was registered so,
 *     {@code made} where the name was made for the one that has it
 * @param winner who has it now
 * @param loser who does not, and what that one is called
 */
public record NameConflict(String name, String rule, SystemName winner, SystemName loser) {}
