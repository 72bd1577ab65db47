package io.innkeeper.dhcp;

import io.innkeeper.wire.net.Octets;

/**
 * An option as the configuration gives it.
 *
 * @param code 1 to 254
 * @param value as it is sent
 * @param always sent even where the client does not ask for it
 * @param where the configuration line it comes from, such as {@code innkeeper.yaml:12 (dhcp4.options.routers)}
 */
public record OptionEntry(int code, Octets value, boolean always, String where) {}
