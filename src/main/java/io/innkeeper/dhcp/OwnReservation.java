package io.innkeeper.dhcp;

/**
 * A reservation that was made through the API.
 *
 * @param reserved what is kept for whom; its {@code where} is {@code API}
 * @param subnet the prefix of its subnet as text; empty for the one that its address is in, or for all where it has none
 */
public record OwnReservation(Plan.Reserved reserved, String subnet) {}
