package io.innkeeper.feed.rdk;

import io.innkeeper.wire.rdk.Dhcpv4PluginMessage;
import io.innkeeper.wire.rdk.Dhcpv6PluginMessage;
import io.innkeeper.wire.rdk.PluginMessage;
import io.innkeeper.wire.rdk.PluginParsed;
import io.innkeeper.wire.rdk.Rejected;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The newest messages, and what became of each. In memory alone, bounded. Safe for all threads. */
public final class MessageLog {
    /** How many are kept. */
    public static final int KEPT = 500;

    /**
     * A message, as JSON.
     *
     * @param number counts all messages since the start, from 1 on
     * @param at when it was dealt with
     * @param interfaceName the interface it names; empty where it names none
     * @param family 4 or 6; null where that could not be read
     * @param action what its client did: {@code bound}, {@code renew}, {@code deconfig}, {@code leasefail}; for DHCPv6 {@code lease}
     *     or {@code end}; empty where that could not be read
     * @param subject the address and the prefix it tells of, with a blank between; empty for none
     * @param outcome what became of it: {@code taken}, or why it was not
     * @param octets how long it was
     * @param version of the protocol: 1, or 2 for a sender who waits until it is stored
     */
    public record Entry(
            long number,
            Instant at,
            String interfaceName,
            @Nullable Integer family,
            String action,
            String subject,
            String outcome,
            int octets,
            int version) {}

    /** What is kept of it: texts are made when somebody reads them, not for each message. */
    private record Kept(long number, Instant at, PluginParsed message, String outcome, int version) {
        Entry entry() {
            return switch (message) {
                case Rejected no -> new Entry(number, at, no.ifname(), null, "", "", outcome, no.length(), version);
                case Dhcpv4PluginMessage four ->
                    new Entry(
                            number,
                            at,
                            four.ifname(),
                            4,
                            four.state(),
                            four.address(),
                            outcome,
                            four.layout().length(),
                            version);
                case Dhcpv6PluginMessage six ->
                    new Entry(
                            number,
                            at,
                            six.ifname(),
                            6,
                            six.isExpired() ? "end" : "lease",
                            subject(six),
                            outcome,
                            six.layout().length(),
                            version);
            };
        }

        String ifname() {
            return switch (message) {
                case Rejected no -> no.ifname();
                case PluginMessage taken -> taken.ifname();
            };
        }

        private static String subject(Dhcpv6PluginMessage six) {
            String address = six.address().assigned() ? six.address().address() : "";
            String prefix = six.prefix().assigned()
                    ? six.prefix().prefix() + "/" + six.prefix().length()
                    : "";
            return (address + " " + prefix).strip();
        }
    }

    private final Deque<Kept> newest = new ArrayDeque<>();
    private long last;

    /**
     * A message was dealt with, or could not be read.
     *
     * @param outcome what became of it, as counters name it
     * @param version of the protocol
     */
    public synchronized void add(PluginParsed message, String outcome, int version, Instant at) {
        if (newest.size() == KEPT) {
            newest.removeFirst();
        }
        last++;
        newest.addLast(new Kept(last, at, message, outcome, version));
    }

    /**
     * The newest first.
     *
     * @param interfaceName only those of this interface; null for all
     * @param most how many
     */
    public synchronized List<Entry> newest(@Nullable String interfaceName, int most) {
        return newest.reversed().stream()
                .filter(kept -> interfaceName == null || kept.ifname().equals(interfaceName))
                .limit(most)
                .map(Kept::entry)
                .toList();
    }
}
