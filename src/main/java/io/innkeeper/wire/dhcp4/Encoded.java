package io.innkeeper.wire.dhcp4;

import io.innkeeper.wire.net.Octets;

/** What became of texts that were to be the value of an option. */
public sealed interface Encoded {
    /**
     * They are one.
     *
     * @param octets as they are sent
     */
    record Value(Octets octets) implements Encoded {}

    /**
     * They are none.
     *
     * @param why a sentence for people without a full stop, such as {@code 192.168.1 is not an IPv4 address}
     */
    record Refused(String why) implements Encoded {}
}
