package io.innkeeper.device.naming;

import io.innkeeper.wire.net.HostNamePattern;
import io.innkeeper.wire.net.HostNames;
import io.innkeeper.wire.net.MacAddress;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides what systems are called: unique names, those that they wish where they can have them, else made ones. A name that was
 * made for a system is kept for it alone and for ever. A conflict is settled once: it comes up again only when one of the two says
 * something new. Pure: what is decided is entered by whoever asked.
 */
public final class NameBook {
    /** Who is called what. */
    public interface Register {
        /** The name of a system; null where it has none yet. */
        @Nullable
        SystemName of(MacAddress mac);

        /** Who is called so, or has that name kept for it; null for nobody. */
        @Nullable
        SystemName holder(String name);
    }

    /**
     * What a system would be called if it had its will.
     *
     * @param name a label; null where it does not say
     * @param claim how strong that wish is
     * @param before another hardware address that it had before, as its owner confirmed; its name is its own. Null for none
     */
    public record Wish(
            MacAddress mac,
            @Nullable String name,
            Claim claim,
            @Nullable MacAddress before) {
        /** A wish of a system that was no other before. */
        public Wish(MacAddress mac, @Nullable String name, Claim claim) {
            this(mac, name, claim, null);
        }
    }

    /**
     * What follows.
     *
     * @param names the systems whose names, or wishes, are others now
     * @param conflict what was settled with it; null where nothing was
     */
    public record Settlement(
            List<SystemName> names, @Nullable NameConflict conflict) {
        static final Settlement NOTHING = new Settlement(List.of(), null);

        /** Copies the list. */
        public Settlement {
            names = List.copyOf(names);
        }
    }

    /** Up to here numbers are tried one by one. */
    private static final int COUNTED = 16;

    private final Register register;
    private final Function<MacAddress, HostNamePattern.Traits> traits;

    /** @param traits what is known of a system, for its name to be made of */
    public NameBook(Register register, Function<MacAddress, HostNamePattern.Traits> traits) {
        this.register = register;
        this.traits = traits;
    }

    /** What follows from what a system wishes. */
    public Settlement decide(Wish said, NamingSettings settings, Instant now) {
        SystemName before = register.of(said.mac());
        boolean registered = before != null && before.claim() == Claim.OWNER && said.claim() != Claim.OWNER;
        return decide(
                before,
                registered && before != null ? new Wish(said.mac(), before.wanted(), Claim.OWNER, said.before()) : said,
                settings,
                now);
    }

    /** What follows where a system need not be called any more what it was registered as. */
    public Settlement decideFreed(Wish said, NamingSettings settings, Instant now) {
        SystemName before = register.of(said.mac());
        if (before == null || before.claim() != Claim.OWNER) {
            return Settlement.NOTHING;
        }
        SystemName free = wishing(before, null, Claim.NONE);
        if (said.name() != null) {
            return decide(free, said, settings, now);
        }
        HostNamePattern.Traits known = traits.apply(said.mac());
        String kept = madeFor(before);
        String made = kept == null ? free(known, settings, "") : kept;
        return new Settlement(
                List.of(new SystemName(
                        said.mac(),
                        made,
                        NameOrigin.GENERATED,
                        null,
                        Claim.NONE,
                        null,
                        madeBy(kept, made, known, settings),
                        made.equals(before.name()) ? before.since() : now)),
                null);
    }

    private Settlement decide(@Nullable SystemName before, Wish wish, NamingSettings settings, Instant now) {
        String name = wish.name();
        if (name == null) {
            return before == null ? unnamed(wish.mac(), settings, now) : Settlement.NOTHING;
        }
        if (before != null && name.equals(before.name())) {
            return restated(before, name, wish.claim());
        }
        SystemName holder = register.holder(name);
        return holder == null || holder.mac().equals(wish.mac())
                ? new Settlement(List.of(taken(before, wish, name, sayso(wish.claim()), now)), null)
                : contest(before, wish, name, holder, settings, now);
    }

    /** It says nothing, and has no name: one is made, where enough is known to make one. */
    private Settlement unnamed(MacAddress mac, NamingSettings settings, Instant now) {
        HostNamePattern.Traits known = traits.apply(mac);
        if (settings.pattern().lacks(known)) {
            return Settlement.NOTHING;
        }
        String made = free(known, settings, "");
        SystemName name = new SystemName(
                mac, made, NameOrigin.GENERATED, null, Claim.NONE, null, madeBy(null, made, known, settings), now);
        return new Settlement(List.of(name), null);
    }

    /** It is called so already. */
    private static Settlement restated(SystemName before, String name, Claim claim) {
        Claim stronger = claim.compareTo(before.claim()) > 0 || !name.equals(before.wanted()) ? claim : before.claim();
        if (name.equals(before.wanted()) && stronger == before.claim()) {
            return Settlement.NOTHING;
        }
        boolean isMade = before.origin() == NameOrigin.GENERATED;
        SystemName after = new SystemName(
                before.mac(),
                name,
                isMade ? NameOrigin.GENERATED : origin(stronger),
                name,
                stronger,
                before.made(),
                isMade ? before.reason() : sayso(stronger),
                before.since());
        return new Settlement(List.of(after), null);
    }

    private static NameOrigin origin(Claim claim) {
        return claim == Claim.OWNER ? NameOrigin.OWNER : NameOrigin.GIVEN;
    }

    private static String sayso(Claim claim) {
        return switch (claim) {
            case OWNER -> "it was registered so";
            case STATIC -> "it calls itself so, with a static lease";
            case CLIENT, NONE -> "it calls itself so";
        };
    }

    /** It has what it wishes. A name that was made for it stays made for it. */
    private static SystemName taken(@Nullable SystemName before, Wish wish, String name, String reason, Instant now) {
        String made = madeFor(before);
        boolean isMade = name.equals(made);
        return new SystemName(
                wish.mac(),
                name,
                isMade ? NameOrigin.GENERATED : origin(wish.claim()),
                name,
                wish.claim(),
                isMade ? null : made,
                reason,
                now);
    }

    /** The name that was once made for a system; null for none. */
    public static @Nullable String madeFor(@Nullable SystemName name) {
        return name == null ? null : name.origin() == NameOrigin.GENERATED ? name.name() : name.made();
    }

    private Settlement contest(
            @Nullable SystemName before,
            Wish wish,
            String name,
            SystemName holder,
            NamingSettings settings,
            Instant now) {
        boolean isNew = before == null || !name.equals(before.wanted());
        if (Objects.equals(holder.mac(), wish.before()) && name.equals(holder.name()) && name.equals(holder.wanted())) {
            Claim claim = wish.claim().compareTo(holder.claim()) < 0 ? holder.claim() : wish.claim();
            Wish inherited = new Wish(wish.mac(), name, claim);
            SystemName heir =
                    taken(before, inherited, name, sayso(claim) + ", as it did when it was " + holder.mac(), now);
            return new Settlement(
                    List.of(heir, without(holder, name, settings, "it is called so as " + wish.mac() + " now", now)),
                    null);
        }
        String rule = rule(wish, name, holder, settings.policy());
        if (wins(wish, rule, holder, isNew)) {
            SystemName winner = taken(before, wish, name, sayso(wish.claim()), now);
            SystemName loser = without(holder, name, settings, lost(name, winner, rule), now);
            return new Settlement(List.of(winner, loser), new NameConflict(name, rule, winner, loser));
        }
        if (!isNew && before != null) {
            return stillLost(before, wish.claim());
        }
        SystemName loser = lose(before, wish, name, settings, lost(name, holder, rule), now);
        return new Settlement(List.of(loser), new NameConflict(name, rule, holder, loser));
    }

    /** By which rule it is settled who has a name. */
    private static String rule(Wish wish, String name, SystemName holder, ConflictPolicy policy) {
        if (name.equals(madeFor(holder))) {
            return "made";
        }
        if (wish.claim() == Claim.OWNER && holder.claim() == Claim.OWNER) {
            return ConflictPolicy.FIRST_WINS.text();
        }
        return wish.claim() == Claim.OWNER || holder.claim() == Claim.OWNER ? "owner" : policy.text();
    }

    private static boolean wins(Wish wish, String rule, SystemName holder, boolean isNew) {
        if (rule.equals("owner")) {
            return wish.claim() == Claim.OWNER;
        }
        if (rule.equals(ConflictPolicy.LATEST_WINS.text())) {
            return isNew;
        }
        return rule.equals(ConflictPolicy.STATIC_WINS.text())
                && wish.claim() == Claim.STATIC
                && holder.claim() != Claim.STATIC;
    }

    private static String lost(String name, SystemName winner, String rule) {
        return name + " is what " + winner.mac() + " is called (" + rule + ")";
    }

    /** It was told already that it cannot have the name. */
    private static Settlement stillLost(SystemName before, Claim claim) {
        if (claim.compareTo(before.claim()) <= 0) {
            return Settlement.NOTHING;
        }
        return new Settlement(List.of(wishing(before, before.wanted(), claim)), null);
    }

    private static SystemName wishing(SystemName name, @Nullable String wanted, Claim claim) {
        return new SystemName(
                name.mac(), name.name(), name.origin(), wanted, claim, name.made(), name.reason(), name.since());
    }

    /** A system that has to give up a name that it had. */
    private SystemName without(SystemName holder, String name, NamingSettings settings, String reason, Instant now) {
        Wish wish = new Wish(holder.mac(), holder.wanted(), holder.claim());
        return lose(holder, wish, name, settings, reason, now);
    }

    /** What a system is called that cannot have a name. */
    private SystemName lose(
            @Nullable SystemName before, Wish wish, String name, NamingSettings settings, String reason, Instant now) {
        String made = madeFor(before);
        if (settings.policy() == ConflictPolicy.SUFFIX) {
            String numbered = numbered(name, wish.mac());
            return new SystemName(
                    wish.mac(), numbered, origin(wish.claim()), wish.name(), wish.claim(), made, reason, now);
        }
        HostNamePattern.Traits known = traits.apply(wish.mac());
        String called = made == null ? free(known, settings, name) : made;
        boolean isSame = before != null && called.equals(before.name());
        return new SystemName(
                wish.mac(),
                called,
                NameOrigin.GENERATED,
                wish.name(),
                wish.claim(),
                null,
                madeBy(made, called, known, settings) + "; " + reason,
                isSame && before != null ? before.since() : now);
    }

    /**
     * The name with the first number that is free; of many of one name, with a free number behind one that is not: nobody counts
     * through thousands.
     */
    private String numbered(String name, MacAddress mac) {
        int taken = 1;
        int next = 2;
        while (!isFree(HostNames.numbered(name, next), mac)) {
            taken = next;
            next = next < COUNTED ? next + 1 : next * 2;
        }
        while (next - taken > 1) {
            int middle = (taken + next) >>> 1;
            if (isFree(HostNames.numbered(name, middle), mac)) {
                next = middle;
            } else {
                taken = middle;
            }
        }
        return HostNames.numbered(name, next);
    }

    /**
     * The first name of the pattern that nobody has.
     *
     * @param except another name that it must not be; empty for none
     */
    public String free(HostNamePattern.Traits known, NamingSettings settings, String except) {
        Iterator<String> candidates = settings.pattern().candidates(known);
        String candidate = candidates.next();
        while (candidate.equals(except) || !isFree(candidate, known.mac())) {
            candidate = candidates.next();
        }
        return candidate;
    }

    private boolean isFree(String name, MacAddress mac) {
        SystemName holder = register.holder(name);
        return holder == null || holder.mac().equals(mac);
    }

    /** @param kept the name where it was made before; null where it is made now */
    private static String madeBy(
            @Nullable String kept, String made, HostNamePattern.Traits known, NamingSettings settings) {
        if (kept != null) {
            return "the name that was made for it before";
        }
        String pattern = "made by the pattern " + settings.pattern();
        if (settings.pattern().lacks(known)) {
            return pattern + ", which needs an address, from its hardware address alone";
        }
        String plain = settings.pattern().name(known);
        return plain.equals(made) ? pattern : pattern + ", and longer: another system has " + plain;
    }
}
