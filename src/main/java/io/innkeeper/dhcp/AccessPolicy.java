package io.innkeeper.dhcp;

import io.innkeeper.wire.net.MacAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Who is answered. What names the client decides first: exceptions of its subnet and of the plan; then deny, pass-through and
 * allow of its subnet, then those of the plan. For those whom nothing names: a reservation allows; random addresses may be refused; then the rest is handed on
 * (hybrid) or, where there is an allow list, refused.
 */
final class AccessPolicy {
    /** What is done with a client. */
    enum Answer {
        ANSWER,
        REFUSE,
        PASS_ON
    }

    /**
     * A decision.
     *
     * @param rule the line that decided; says in words why where none did
     */
    record Decision(Answer answer, String rule) {}

    private static final Decision NOBODY_MINDS = new Decision(Answer.ANSWER, "no rule names it");
    private static final Decision RESERVED = new Decision(Answer.ANSWER, "it has a reservation");
    private static final Decision ALL_PASSED_ON = new Decision(Answer.PASS_ON, "mode pass-through");
    private static final Decision REST_PASSED_ON = new Decision(Answer.PASS_ON, "hybrid: no rule names it");

    /** Rules of one kind: those that name single addresses are found by search, the others one after another. */
    private static final class Rules {
        final long[] macs;
        final Decision[] byMac;
        final ClientMatch[] matches;
        final Decision[] byMatch;

        Rules(List<Plan.Rule> rules, Answer answer, Function<MacAddress, @Nullable String> vendorOf) {
            record Single(long bits, Decision decision) {}
            List<Single> singles = new ArrayList<>();
            List<ClientMatch> others = new ArrayList<>();
            List<Decision> decisions = new ArrayList<>();
            for (Plan.Rule rule : rules) {
                ClientMatch match = new ClientMatch(rule.match(), vendorOf);
                Decision decision = new Decision(answer, rule.where());
                if (match.namesSingleMacs()) {
                    match.macs().forEach(mac -> singles.add(new Single(mac.bits(), decision)));
                } else {
                    others.add(match);
                    decisions.add(decision);
                }
            }
            singles.sort((a, b) -> Long.compare(a.bits, b.bits));
            macs = singles.stream().mapToLong(Single::bits).toArray();
            byMac = singles.stream().map(Single::decision).toArray(Decision[]::new);
            matches = others.toArray(ClientMatch[]::new);
            byMatch = decisions.toArray(Decision[]::new);
        }

        @Nullable
        Decision decide(Request client) {
            if (macs.length > 0 && client.mac != null && client.mac.isEthernet()) {
                int place = Arrays.binarySearch(macs, client.mac.prefix(48));
                if (place >= 0) {
                    return byMac[place];
                }
            }
            for (int i = 0; i < matches.length; i++) {
                if (matches[i].fits(client)) {
                    return byMatch[i];
                }
            }
            return null;
        }

        boolean isEmpty() {
            return macs.length == 0 && matches.length == 0;
        }
    }

    private final Plan.Access access;
    private final ClientMatch[] exceptions;
    private final Decision[] byException;
    private final Rules deny;
    private final Rules passThrough;
    private final Rules allow;
    private final Decision notAllowed;
    private final Decision randomRefused;

    /**
     * Rules made ready.
     *
     * @param of whose they are, such as {@code subnet 192.168.1.0/24}
     */
    AccessPolicy(Plan.Access access, String of, Function<MacAddress, @Nullable String> vendorOf) {
        this.access = access;
        exceptions = access.exceptions().stream()
                .map(rule -> new ClientMatch(rule.match(), vendorOf))
                .toArray(ClientMatch[]::new);
        byException = access.exceptions().stream()
                .map(rule -> new Decision(rule.allow() ? Answer.ANSWER : Answer.REFUSE, rule.where()))
                .toArray(Decision[]::new);
        deny = new Rules(access.deny(), Answer.REFUSE, vendorOf);
        passThrough = new Rules(access.passThrough(), Answer.PASS_ON, vendorOf);
        allow = new Rules(access.allow(), Answer.ANSWER, vendorOf);
        notAllowed = new Decision(Answer.REFUSE, "not on the allow list of " + of);
        randomRefused = new Decision(Answer.REFUSE, "random MAC addresses are refused by " + of);
    }

    /**
     * Decides about a client.
     *
     * @param subnet the rules of its subnet
     * @param plan those of the plan
     * @param mode what holds in its subnet
     * @param reserved true where it has a reservation there
     */
    static Decision decide(
            Request client, AccessPolicy subnet, AccessPolicy plan, Mode mode, boolean reserved, long nowMs) {
        if (mode == Mode.PASS_THROUGH) {
            return ALL_PASSED_ON;
        }
        Decision named = subnet.exception(client, nowMs);
        if (named == null) {
            named = plan.exception(client, nowMs);
        }
        if (named == null) {
            named = subnet.byName(client, mode);
        }
        if (named == null) {
            named = plan.byName(client, mode);
        }
        if (named != null) {
            return named;
        }
        if (reserved && subnet.access.allowReserved() && plan.access.allowReserved()) {
            return RESERVED;
        }
        return unnamed(client, subnet, plan, mode);
    }

    private static Decision unnamed(Request client, AccessPolicy subnet, AccessPolicy plan, Mode mode) {
        if (client.mac != null && client.mac.isLocallyAdministered()) {
            if (subnet.access.randomMacs() == Plan.RandomMacs.DENY) {
                return subnet.randomRefused;
            }
            if (plan.access.randomMacs() == Plan.RandomMacs.DENY) {
                return plan.randomRefused;
            }
        }
        boolean passOn = subnet.access.otherwisePassThrough() || plan.access.otherwisePassThrough();
        if (mode == Mode.HYBRID && passOn) {
            return REST_PASSED_ON;
        }
        if (!subnet.allow.isEmpty()) {
            return subnet.notAllowed;
        }
        return plan.allow.isEmpty() ? NOBODY_MINDS : plan.notAllowed;
    }

    /** What an exception that holds says; null where none does. */
    private @Nullable Decision exception(Request client, long nowMs) {
        for (int i = 0; i < exceptions.length; i++) {
            if (nowMs < access.exceptions().get(i).untilMs() && exceptions[i].fits(client)) {
                return byException[i];
            }
        }
        return null;
    }

    /** What a rule of this level says that names the client; null where none does. */
    private @Nullable Decision byName(Request client, Mode mode) {
        Decision decision = deny.decide(client);
        if (decision == null && mode == Mode.HYBRID) {
            decision = passThrough.decide(client);
        }
        return decision != null ? decision : allow.decide(client);
    }
}
