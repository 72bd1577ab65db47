package io.innkeeper.dns;

import io.innkeeper.dns.block.Match;
import io.innkeeper.dns.log.QueryStep;
import io.innkeeper.wire.dns.DnsMessage;
import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.dns.QueryView;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One question on its way through the steps. Used for one after the other. */
final class Ask {
    final QueryView query = new QueryView();
    final Match match = new Match();

    /** The answer, {@link #outLength} octets of it. */
    final byte[] out = new byte[DnsMessage.MAX_LENGTH];

    int outLength;
    Transport transport = Transport.UDP;
    int listener;
    long nowMs;
    long startedNanos;

    /** True where a cookie shows that the client is where it says. */
    boolean trusted;

    /** The cookie option of the answer is in {@link #cookie}. */
    boolean hasCookie;

    final byte[] cookie = new byte[Cookies.WHOLE];

    /** What the answer says of itself (RFC 8914); -1 for nothing. */
    int extendedError = -1;

    /** Which step answered, for the query log. */
    QueryStep step = QueryStep.DROPPED;

    /** Which list or upstream; -1 for none. */
    int detail = -1;

    int security;
    int rcode;

    /** The name whose answer is given instead; null for the name that was asked for. */
    @Nullable
    DnsName target;

    boolean synthesizes;

    /** True where what is given is too old (RFC 8767). */
    boolean stale;

    int hops;

    /** True as long as no rule of any kind names the question, whoever asks. */
    boolean clean;

    /** By which version of the rules {@link #clean} is found. */
    long version;

    /** For how long the answer was kept, where it came from the cache and {@link #trace} is wanted; -1 else. */
    long keptMs;

    /** Where what happens is written down for people; null for nobody who asks. */
    @Nullable
    List<String> trace;

    /** Makes the place where the answer goes, for a question that has to wait. */
    @Nullable
    ReplyPlace place;

    private @Nullable Client client;
    private @Nullable Policy policy;
    private @Nullable DnsName name;

    /** Makes a {@link ReplyTo} for the question at hand. */
    interface ReplyPlace {
        ReplyTo keep();
    }

    /** Forgets the question before. */
    void begin(long now, long nanos, int by, Transport how) {
        nowMs = now;
        startedNanos = nanos;
        listener = by;
        transport = how;
        outLength = 0;
        trusted = how.isStream();
        hasCookie = false;
        extendedError = -1;
        step = QueryStep.DROPPED;
        detail = -1;
        security = 0;
        rcode = 0;
        target = null;
        synthesizes = false;
        stale = false;
        hops = 0;
        clean = true;
        version = 0;
        trace = null;
        keptMs = -1;
        place = null;
        client = null;
        policy = null;
        name = null;
    }

    void client(Client who, Policy how) {
        client = who;
        policy = how;
    }

    Client client() {
        return Objects.requireNonNull(client, "nobody asks");
    }

    Policy policy() {
        return Objects.requireNonNull(policy, "nobody asks");
    }

    boolean hasClient() {
        return client != null;
    }

    /** The name that was asked for; allocates once. */
    DnsName name() {
        DnsName known = name;
        if (known == null) {
            known = query.name();
            name = known;
        }
        return known;
    }

    /** The name to look up. */
    DnsName lookup() {
        DnsName other = target;
        return other == null ? name() : other;
    }

    /** True where somebody reads notes; else long ones need not be made. */
    boolean isExplained() {
        return trace != null;
    }

    /** Says something to somebody who asks why. */
    void note(String text) {
        List<String> open = trace;
        if (open != null) {
            open.add(text);
        }
    }

    void explain() {
        trace = new ArrayList<>();
    }
}
