package io.innkeeper.dhcp;

import io.innkeeper.lease.BindingChange;
import io.innkeeper.wire.dhcp4.DhcpMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a packet leads to. The changes are entered in the book already; they are to be stored before the reply is sent, and
 * to be taken back where that fails.
 *
 * @param verdict what became of it, for the counters
 * @param changes to store, in order
 * @param reply to send once they are stored; null for none
 * @param route where the reply goes; present with every reply
 * @param probe an address to be probed before the answer can be given; null for none
 * @param detail for people: which rule refused it, which server it named; empty where the verdict says all
 * @param maxSize the most octets that the reply may have (option 57, RFC 2132 §9.10); {@link #USUAL_SIZE} where the client
 *     names no number
 * @param told what the reply tells a client to boot that is marked for installation; null for nothing. Only with the reply
 *     that gives an address: an offer may be one of many
 */
public record Outcome(
        Verdict verdict,
        List<BindingChange> changes,
        @Nullable DhcpMessage reply,
        @Nullable Route route,
        @Nullable ProbeRequest probe,
        String detail,
        int maxSize,
        InstallPlan.@Nullable Told told) {
    /** What every client must be able to take (RFC 2131 §2): a 576-octet datagram without IP and UDP headers. */
    public static final int USUAL_SIZE = 548;

    /** What fits an Ethernet frame; more is not sent to whoever asks for it. */
    public static final int LARGEST_SIZE = 1472;

    /** An outcome that tells nobody what to boot. */
    public Outcome(
            Verdict verdict,
            List<BindingChange> changes,
            @Nullable DhcpMessage reply,
            @Nullable Route route,
            @Nullable ProbeRequest probe,
            String detail,
            int maxSize) {
        this(verdict, changes, reply, route, probe, detail, maxSize, null);
    }

    /** The same, telling a client what to boot. */
    Outcome telling(InstallPlan.@Nullable Told boot) {
        return boot == null ? this : new Outcome(verdict, changes, reply, route, probe, detail, maxSize, boot);
    }

    /** Nothing to store and nothing to send. */
    static Outcome without(Verdict verdict, String detail) {
        return of(verdict, List.of(), detail);
    }

    /** Something to store and nothing to send. */
    static Outcome of(Verdict verdict, List<BindingChange> changes, String detail) {
        return new Outcome(verdict, changes, null, null, null, detail, USUAL_SIZE);
    }

    /** The same with these changes. */
    Outcome withChanges(List<BindingChange> other) {
        return new Outcome(verdict, other, reply, route, probe, detail, maxSize, told);
    }

    /** What became of a packet; each is a label of a counter. */
    public enum Verdict {
        OFFERED,
        ACKNOWLEDGED,
        REFUSED,
        RELEASED,
        DECLINED,
        INFORMED,
        PROBING,
        /** To another server; see the detail. */
        PASSED_ON,
        /** Not ours to answer: another server was chosen. */
        OTHER_SERVER,
        /** INIT-REBOOT of a client that we know nothing of (RFC 2131 §4.3.2). */
        UNKNOWN_CLIENT,
        NO_SUBNET,
        NO_ADDRESS,
        DENIED,
        OVER_LIMIT,
        /** Makes no sense for a server: a reply, no message type where one must be, fields that contradict each other. */
        INVALID,
        IGNORED;

        /** True where the client would have wanted an address, and gets none by a rule, a limit or the configuration. */
        public boolean isRefusal() {
            return switch (this) {
                case DENIED, OVER_LIMIT, NO_ADDRESS, NO_SUBNET -> true;
                case OFFERED,
                        ACKNOWLEDGED,
                        REFUSED,
                        RELEASED,
                        DECLINED,
                        INFORMED,
                        PROBING,
                        PASSED_ON,
                        OTHER_SERVER,
                        UNKNOWN_CLIENT,
                        INVALID,
                        IGNORED -> false;
            };
        }
    }

    /**
     * Asks whether somebody uses an address; the answer goes to {@code DhcpEngine.probed}.
     *
     * @param address as 32 bits
     * @param interfaceIndex where to ask by ARP; 0 where the client is behind a relay and ICMP is to be used
     */
    public record ProbeRequest(int address, int interfaceIndex) {}

    /** Copies the list. */
    public Outcome {
        changes = List.copyOf(changes);
    }
}
