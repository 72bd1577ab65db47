package io.innkeeper.dhcp;

import io.innkeeper.wire.dhcp4.DhcpMessage;
import io.innkeeper.wire.dhcp4.OptionCode;
import io.innkeeper.wire.net.ClientId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides which refusals are worth an event: one a client and rule in {@link #QUIET_MS}, and {@link #MAX_OF_RULE} a rule in
 * {@link #BURST_MS}: a million made-up hardware addresses must not become a million events. All are counted by rule. Pure;
 * belongs to one thread.
 */
public final class RefusalLog {
    /** For so long nothing more is told of a client and a rule. */
    public static final long QUIET_MS = 600_000;

    /** The most events of one rule in {@link #BURST_MS}. */
    public static final int MAX_OF_RULE = 30;

    /** The time that {@link #MAX_OF_RULE} counts for. */
    public static final long BURST_MS = 60_000;

    /** The most clients and rules that are remembered as told. */
    public static final int MAX_TOLD = 20_000;

    /** The most rules that are counted one by one; the rest counts as {@link #OTHERS}. */
    public static final int MAX_RULES = 1_000;

    /** Stands for the rules beyond {@link #MAX_RULES}. */
    public static final String OTHERS = "others";

    private record Key(Object client, Outcome.Verdict verdict, String rule) {}

    private static final class Count {
        long all;
        long foldedSinceTold;
        long burstBeganMs;
        int toldInBurst;
    }

    private final RecentTable<Key, Boolean> told = new RecentTable<>(MAX_TOLD, QUIET_MS);
    private final Map<String, Count> counts = new HashMap<>();
    private long folded;

    /** An event for this outcome, or null: it is no refusal, or one that was told of already. */
    public @Nullable Refusal look(DhcpMessage message, Arrival arrival, Outcome outcome, long nowMs) {
        if (!outcome.verdict().isRefusal()) {
            return null;
        }
        Count count = count(outcome);
        count.all++;
        ClientId clientId = clientId(message);
        Object client = clientId != null ? clientId : message.chaddr() != null ? message.chaddr() : "";
        Key key = new Key(client, outcome.verdict(), outcome.detail());
        if (told.get(key, nowMs) != null || isTooMuch(count, nowMs)) {
            count.foldedSinceTold++;
            folded++;
            return null;
        }
        told.put(key, true, nowMs);
        long before = count.foldedSinceTold;
        count.foldedSinceTold = 0;
        return new Refusal(
                Instant.ofEpochMilli(nowMs),
                message.chaddr(),
                clientId,
                HostNames.of(message.options()),
                arrival.link().name(),
                outcome.verdict(),
                outcome.detail(),
                before);
    }

    private Count count(Outcome outcome) {
        String rule = name(outcome);
        Count count = counts.get(rule);
        return count != null
                ? count
                : counts.computeIfAbsent(counts.size() < MAX_RULES ? rule : OTHERS, r -> new Count());
    }

    private static String name(Outcome outcome) {
        String verdict =
                outcome.verdict().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        return outcome.detail().isEmpty() ? verdict : verdict + ": " + outcome.detail();
    }

    private static @Nullable ClientId clientId(DhcpMessage message) {
        byte[] sent = message.options().get(OptionCode.CLIENT_ID);
        return sent == null || sent.length == 0 || sent.length > ClientId.MAX_LENGTH ? null : ClientId.of(sent);
    }

    private static boolean isTooMuch(Count count, long nowMs) {
        long age = nowMs - count.burstBeganMs;
        if (age < 0 || age >= BURST_MS) {
            count.burstBeganMs = nowMs;
            count.toldInBurst = 0;
        }
        return ++count.toldInBurst > MAX_OF_RULE;
    }

    /** How many refusals led to no event of their own. */
    public long folded() {
        return folded;
    }

    /** All refusals so far, by verdict and rule. */
    public Map<String, Long> counts() {
        Map<String, Long> all = new TreeMap<>();
        counts.forEach((rule, count) -> all.put(rule, count.all));
        return all;
    }
}
