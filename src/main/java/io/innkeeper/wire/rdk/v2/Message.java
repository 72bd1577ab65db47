package io.innkeeper.wire.rdk.v2;

import io.innkeeper.wire.rdk.PluginParsed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What sender and monitor say to each other. Octets of chance and of identity are text here, two hex digits (lower case) each. */
public sealed interface Message {
    /** The version of the protocol. */
    int VERSION = 2;

    /** Octets of a sender's and a monitor's identity. */
    int IDENTITY = 16;

    /** Octets of chance in a handshake. */
    int NONCE = 32;

    /** The largest number of a key. */
    int MAX_KEY = 65_535;

    /** The longest name of a sender, and the longest text of a refusal or goodbye that is read, in characters. */
    int MAX_NAME = 64;

    /**
     * The first message of a sender.
     *
     * @param version the version it speaks; others than {@link #VERSION} are read too
     * @param sender its spool's identity, {@link #IDENTITY} octets
     * @param name what it is called, for people; at most {@link #MAX_NAME} characters
     * @param nonce {@link #NONCE} octets of chance
     * @param key the number of the key that both know; 0 for none
     */
    record Hello(int version, String sender, String name, String nonce, int key) implements Message {}

    /**
     * The hello is taken.
     *
     * @param monitor the identity of the store, {@link #IDENTITY} octets
     * @param nonce {@link #NONCE} octets of chance
     * @param window how many reports may wait for their acknowledgement, 1 or more
     */
    record Welcome(String monitor, String nonce, int window) implements Message {}

    /**
     * The hello is not taken; the connection ends.
     *
     * @param reason why
     * @param text why, for people
     */
    record Refused(Refusal reason, String text) implements Message {}

    /** Why a hello is not taken. */
    enum Refusal {
        /** Another version is spoken. */
        VERSION(1),
        /** There is no key of that number. */
        KEY_UNKNOWN(2),
        /** There has to be a key. */
        KEY_NEEDED(3),
        /** There is too much to do. */
        BUSY(4),
        /** It is no hello, or was heard before. */
        MALFORMED(5);

        /** The number on the wire. */
        final int number;

        Refusal(int number) {
            this.number = number;
        }

        /** The name in counters, such as {@code key-unknown}. */
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * What clients said, the earliest first.
     *
     * @param sentAt what the sender's clock said when it sent this; null where it did not say
     * @param reports at least one
     */
    record Reports(@Nullable Instant sentAt, List<Report> reports) implements Message {
        /** Longer ago than this is not believed: then the sender's clock was set in between. */
        private static final Duration LONGEST = Duration.ofDays(365);

        /** Copies the list. */
        public Reports {
            reports = List.copyOf(reports);
        }

        /** How long before it was sent a report was said, by the sender's clock; zero where that is not known or not believed. */
        public Duration age(Report report) {
            if (sentAt == null || report.saidAt == null) {
                return Duration.ZERO;
            }
            Duration age = Duration.between(report.saidAt, sentAt);
            return age.isNegative() || age.compareTo(LONGEST) > 0 ? Duration.ZERO : age;
        }
    }

    /**
     * What a client said of the lease of an interface.
     *
     * @param sequence of this sender and interface, 1 or more
     * @param ifname the interface
     * @param priority what goes first
     * @param saidAt when the client said it, by the sender's clock; null where it did not say
     * @param said what it said; or why that can never be taken
     */
    record Report(
            long sequence,
            String ifname,
            Priority priority,
            @Nullable Instant saidAt,
            PluginParsed said) {}

    /** What goes first where reports about several interfaces wait. The more urgent is the smaller. */
    enum Priority {
        /** A lease ended. */
        EXPIRY(1),
        /** A lease goes on, or is new. */
        RENEW(2),
        /** What was known before, told again. */
        BULK(3);

        private final int number;

        Priority(int number) {
            this.number = number;
        }

        /** The number on the wire, 1 to 3: the more urgent is the smaller. */
        public int number() {
            return number;
        }

        /** The name, such as {@code expiry}. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What became of reports.
     *
     * @param acks at least one
     */
    record Acks(List<Ack> acks) implements Message {
        /** Copies the list. */
        public Acks {
            acks = List.copyOf(acks);
        }
    }

    /**
     * What became of reports about an interface.
     *
     * @param ifname the interface
     * @param sequence which; see the status
     * @param status what became of it
     * @param reason why it was rejected; else empty
     */
    record Ack(String ifname, long sequence, AckStatus status, String reason) {}

    /** What became of reports. */
    enum AckStatus {
        /** All up to this number are stored, beside those that were rejected. */
        STORED(1),
        /** As stored; this one was before it came. */
        DUPLICATE(2),
        /** This one alone can never be taken. */
        REJECTED(3);

        /** The number on the wire. */
        final int number;

        AckStatus(int number) {
            this.number = number;
        }

        /** The name, such as {@code stored}. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Is somebody there? */
    record Ping() implements Message {}

    /** Yes. */
    record Pong() implements Message {}

    /**
     * The connection is going to be closed.
     *
     * @param text why, for people; may be empty
     */
    record Goodbye(String text) implements Message {}
}
