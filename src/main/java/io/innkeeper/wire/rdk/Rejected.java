package io.innkeeper.wire.rdk;

import java.util.Locale;

/**
 * Octets that are no message of a plugin, or one that says nothing that could be believed.
 *
 * @param reason why
 * @param ifname the interface it names, as far as that could be read; else empty
 * @param length of the message in octets
 * @param detail what is wrong, for people: field and value
 */
public record Rejected(Reason reason, String ifname, int length, String detail) implements PluginParsed {
    /** Why a message is not taken. */
    public enum Reason {
        /** No build of the manager has a message of this length. */
        LENGTH,
        /** Neither DHCPv4 nor DHCPv6. */
        VERSION,
        /** It names no interface. */
        INTERFACE,
        /** A truth value is neither 0 nor 1, or two of them contradict each other. */
        FLAGS,
        /** What should be an address is none. */
        ADDRESS,
        /** A prefix is longer than 128 bits. */
        PREFIX_LENGTH,
        /** A preferred lifetime is longer than the valid one (RFC 8415 §21.6). */
        LIFETIMES,
        /** A text is longer than it may be; version 2 of the protocol only. */
        TEXT;

        /** The name in counters, such as {@code prefix-length}. */
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
