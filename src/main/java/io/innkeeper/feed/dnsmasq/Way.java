package io.innkeeper.feed.dnsmasq;

import org.jspecify.annotations.Nullable;

/**
 * A way of watching a dnsmasq beside its lease file and its script, as the configuration wants it.
 *
 * @param witness which way
 * @param settings what is configured; while they are equal, a listener goes on undisturbed
 * @param enabled whether it is to be listened to
 * @param what what is read or where it listens, for people, while nobody listens
 * @param making makes the listener
 */
public record Way(Witness witness, Object settings, boolean enabled, String what, Making making) {
    /** Makes a listener that is not started. */
    public interface Making {
        /**
         * The listener.
         *
         * @param feed to whom it tells
         * @param place how far it came before; null where it never read, or cannot go back
         * @throws java.io.IOException if it cannot be made now; the message says why, and what to do
         */
        Listener make(DnsmasqFeed feed, @Nullable String place) throws java.io.IOException;
    }

    boolean isAs(Way other) {
        return witness == other.witness && settings.equals(other.settings) && enabled == other.enabled;
    }
}
