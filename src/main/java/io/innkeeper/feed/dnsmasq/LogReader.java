package io.innkeeper.feed.dnsmasq;

import java.time.InstantSource;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Reads the log of one dnsmasq, whoever carries it: what its lines say of leases goes to the feed as words, what they say of DHCP
 * messages becomes events, what they say of names that were asked for goes to whom that concerns. Safe for any thread.
 */
public final class LogReader implements LogIntake {
    /** Which lines about DHCP become events of their own. */
    public enum Messages {
        ALL,
        /** Only what went wrong. */
        PROBLEMS,
        NONE
    }

    /**
     * How a log is read.
     *
     * @param name of the dnsmasq
     * @param messages which lines about DHCP become events of their own
     * @param zone the time zone of lines that do not name theirs
     */
    public record Settings(String name, Messages messages, ZoneId zone) {}

    /** @param queries who is told of DNS queries; null for nobody */
    public LogReader(Settings settings, DnsmasqFeed feed, InstantSource clock, @Nullable QueryLineSink queries) {}

    @Override
    public void take(Witness by, byte[] bytes, int from, int to, @Nullable String place) throws InterruptedException {
        throw new UnsupportedOperationException("not yet");
    }
}
