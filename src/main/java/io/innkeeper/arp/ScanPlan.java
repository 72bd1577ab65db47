package io.innkeeper.arp;

import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whom to ask next, and when. In this order: questions of others; hosts that did not answer, again; a scan that was asked
 * for; and in turn the known hosts, each alone once in the interval, and the addresses of nobody, by broadcast and more
 * seldom. All of it spread evenly, and together never faster than the rate. Pure; belongs to one thread; a constant amount of
 * work for each question. Times are nanoseconds.
 */
public final class ScanPlan {
    /** The most addresses of all targets together. */
    public static final int MOST_ADDRESSES = 1 << 20;

    /** No limit of the rate. */
    public static final int UNLIMITED = Pace.UNLIMITED;

    /** How long an answer is waited for at first; twice as long after each further question. */
    static final long FIRST_WAIT = 1_000_000_000L;

    /** After so many rounds without an answer a host is an address of nobody; before, it is asked in each 2nd, 4th, … round. */
    static final int MOST_MISSES = 6;

    /** So long it rests where it found nobody to ask: with many hosts there is always a turn, but rarely a question. */
    private static final long IDLE = 50_000_000L;

    private final KnownHosts known = new KnownHosts();
    private final Questions questions = new Questions();
    private final RoundOfCalls calls = new RoundOfCalls(known);
    private final LossWatch losses = new LossWatch();
    private List<AddressBlock> blocks = List.of();
    private Set<Integer> own = Set.of();
    private Settings settings;
    private final Pace pace;
    private @Nullable Sweep scan;
    private @Nullable Sweep lastScan;
    private long lastScanEndedAt;
    private int scanRate;
    private @Nullable Sweep background;
    private final Ticks sweepTicks = new Ticks();
    private int addresses;
    private boolean callNext;
    private long nothingUntil = Long.MIN_VALUE;
    private boolean paused;

    /**
     * How to scan.
     *
     * @param rate packets a second over all links, from 1; or {@link #UNLIMITED}
     * @param interval how often each known host is asked
     * @param sweep how often each other address is asked for
     * @param tries how often a host is asked before it counts as silent, and how often a scan asks for an address; 1 to 8
     * @param v6 whether IPv6 neighbours are asked
     */
    public record Settings(int rate, long interval, long sweep, int tries, boolean v6) {}

    /** A plan without targets. */
    public ScanPlan(Settings settings) {
        this.settings = settings;
        this.pace = new Pace(settings.rate());
        this.scanRate = settings.rate();
    }

    /** Other settings from now on. */
    public void settings(Settings next) {
        settings = next;
        if (scan == null) {
            scanRate = next.rate();
        }
    }

    /** The settings. */
    public Settings settings() {
        return settings;
    }

    /**
     * Other targets from now on: those that are new are scanned at once. What is known of the others stays.
     *
     * @param ownAddresses those of this machine, as 32 bits, which nobody is asked for
     * @throws IllegalArgumentException for more than {@link #MOST_ADDRESSES}
     */
    public void targets(Collection<ScanTarget> targets, Set<Integer> ownAddresses, long now) {
        if (targets.stream().mapToInt(ScanTarget::size).sum() > MOST_ADDRESSES) {
            throw new IllegalArgumentException("more than " + MOST_ADDRESSES + " addresses to scan");
        }
        List<AddressBlock> before = blocks;
        List<AddressBlock> fresh = new ArrayList<>();
        List<AddressBlock> next = new ArrayList<>();
        for (ScanTarget target : targets) {
            AddressBlock same = before.stream()
                    .filter(block -> block.target.equals(target))
                    .findFirst()
                    .orElse(null);
            next.add(same == null ? new AddressBlock(target) : same);
            if (same == null) {
                fresh.add(next.getLast());
            }
        }
        before.stream().filter(block -> !next.contains(block)).forEach(this::forget);
        own = Set.copyOf(ownAddresses);
        if (!fresh.isEmpty() || next.size() != before.size()) {
            blocks = List.copyOf(next);
            addresses = blocks.stream().mapToInt(AddressBlock::size).sum();
            background = null;
            boolean anew = scan != null;
            if (!fresh.isEmpty() || anew) {
                scan = new Sweep(anew ? blocks : fresh, known, own, settings.tries(), now);
            }
        }
    }

    private void forget(AddressBlock block) {
        for (int i = 0; i < block.size(); i++) {
            int slot = block.slot(block.target.first() + i);
            if (slot != KnownHosts.NONE) {
                known.remove(slot);
            }
        }
    }

    /** Somebody has an address; true where that answers a question of others. */
    public boolean heard(int link, IpAddress address, MacAddress mac, long now) {
        boolean asked = questions.answer(mac, address);
        if (address.v6()) {
            heardV6(link, address, mac, now);
            return asked;
        }
        AddressBlock block = blockOf(link, address.v4Bits());
        if (block != null) {
            heardV4(block, address, mac, now);
        }
        return asked;
    }

    private void heardV6(int link, IpAddress address, MacAddress mac, long now) {
        int slot = known.slotOf(link, address);
        if (slot != KnownHosts.NONE) {
            heard(slot, mac, now);
        } else if (settings.v6()) {
            known.add(link, address, mac, now);
        }
    }

    private void heardV4(AddressBlock block, IpAddress address, MacAddress mac, long now) {
        int bits = address.v4Bits();
        int slot = block.slot(bits);
        Sweep running = scan;
        boolean fresh = slot == KnownHosts.NONE || (running != null && known.heardAt(slot) < running.startedAt());
        if (running != null && fresh && running.covers(block) && !own.contains(bits)) {
            running.answered();
        }
        if (slot == KnownHosts.NONE) {
            block.slot(bits, known.add(block.target.interfaceIndex(), address, mac, now));
        } else {
            heard(slot, mac, now);
        }
    }

    private void heard(int slot, MacAddress mac, long now) {
        if (known.tries(slot) == 1) {
            losses.answered();
        }
        known.heard(slot, mac, now);
    }

    private @Nullable AddressBlock blockOf(int link, int address) {
        for (AddressBlock block : blocks) {
            if (block.target.interfaceIndex() == link && block.target.contains(address)) {
                return block;
            }
        }
        return null;
    }

    /**
     * Takes a question of others whether a device still has an address.
     *
     * @param tries how often to ask before it counts as silent, 1 to 8
     * @return false where it is paused, or too many are open
     */
    public boolean ask(int link, MacAddress mac, IpAddress address, int tries) {
        return !paused && questions.put(link, new Questions.Subject(mac, address), tries);
    }

    /** The link where an IPv6 address was heard last; 0 for none. */
    int linkOf(IpAddress address) {
        return known.linkOf(address);
    }

    /** A device that did not answer a question of others; null where there is none, or no more. */
    Questions.@Nullable Subject pollSilent() {
        return questions.pollSilent();
    }

    /** The next question, to be sent now; null where it has to wait until {@link #nextAt}. */
    public @Nullable Asking next(long now) {
        questions.expire(now);
        endScan(now);
        pace.rate(scan != null ? scanRate : losses.slowed(settings.rate()));
        if (paused || pace.nextAt() > now) {
            return null;
        }
        Asking asking = choose(now);
        if (asking != null) {
            pace.take(now);
        }
        return asking;
    }

    private @Nullable Asking choose(long now) {
        Asking asking = questions.next(now);
        if (asking == null) {
            asking = calls.again(settings.tries(), now, this::gone, losses);
        }
        Sweep running = scan;
        if (asking == null && running != null) {
            asking = running.next(now);
            endScan(now);
        }
        return asking != null || scan != null ? asking : routine(now);
    }

    private void endScan(long now) {
        if (scan != null && scan.ended()) {
            lastScan = scan;
            lastScanEndedAt = now;
            scan = null;
            scanRate = settings.rate();
        }
    }

    /** Known hosts and the addresses of nobody in turn, where both are due: neither can keep the other out. */
    private @Nullable Asking routine(long now) {
        callNext = !callNext;
        Asking asking = callNext ? calls.next(settings.interval(), now) : sweep(now);
        if (asking == null) {
            asking = callNext ? sweep(now) : calls.next(settings.interval(), now);
        }
        nothingUntil = asking == null ? now + IDLE : Long.MIN_VALUE;
        return asking;
    }

    private @Nullable Asking sweep(long now) {
        while (sweepAt() <= now) {
            Sweep walk = background;
            if (walk == null || walk.ended()) {
                walk = new Sweep(blocks, known, own, 1, now);
                background = walk;
            }
            sweepTicks.take(sweepGap(), now);
            Asking asking = walk.next(now);
            // Who is known and answers is asked alone, in its turn.
            if (asking == null || asking.to() == null) {
                return asking;
            }
        }
        return null;
    }

    private long sweepGap() {
        return settings.sweep() / Math.max(1, addresses);
    }

    private long sweepAt() {
        return addresses == 0 ? Long.MAX_VALUE : sweepTicks.nextAt(sweepGap());
    }

    /** A host was silent for too many rounds: its address is one of nobody. */
    private void gone(int slot) {
        IpAddress address = known.address(slot);
        if (!address.v6()) {
            AddressBlock block = blockOf(known.link(slot), address.v4Bits());
            if (block != null) {
                block.slot(address.v4Bits(), KnownHosts.NONE);
            }
        }
        known.remove(slot);
    }

    /** All questions that were given out have left. */
    public void sent(long now) {
        pace.sent(now);
    }

    /** When to call {@link #next} again; {@link Long#MAX_VALUE} for not until something is heard or asked. */
    public long nextAt(long now) {
        if (paused) {
            return Long.MAX_VALUE;
        }
        long first = questions.nextAt();
        Sweep running = scan;
        if (running != null) {
            first = Math.min(first, running.nextAt());
        } else {
            long routine = Math.min(calls.nextAt(settings.interval()), sweepAt());
            first = Math.min(first, Math.max(nothingUntil, routine));
        }
        first = Math.min(first, calls.againAt());
        return first == Long.MAX_VALUE ? first : Math.max(Math.max(now, first), pace.nextAt());
    }

    /**
     * Asks for every address of all targets, whether known or not; in place of a scan that still runs.
     *
     * @param rate packets a second, or {@link #UNLIMITED}
     */
    public void scan(int rate, long now) {
        scanRate = rate;
        scan = new Sweep(blocks, known, own, settings.tries(), now);
    }

    /** How the present scan goes, or the last one went. */
    public ScanProgress progress(long now) {
        Sweep running = scan;
        Sweep shown = running == null ? lastScan : running;
        return shown == null
                ? ScanProgress.NONE
                : new ScanProgress(
                        running != null,
                        shown.total(),
                        shown.asked(),
                        shown.found(),
                        shown.done(),
                        (running != null ? now : lastScanEndedAt) - shown.startedAt());
    }

    /** Sends nothing until {@link #resume}. */
    public void pause() {
        paused = true;
    }

    /** Goes on. */
    public void resume() {
        paused = false;
    }

    /** True between {@link #pause} and {@link #resume}. */
    public boolean isPaused() {
        return paused;
    }

    /** How many addresses are known. */
    public int known() {
        return known.count();
    }

    /** How many addresses are scanned. */
    public int addresses() {
        return addresses;
    }

    /** The rate of now, in packets a second; less than the one that is set where answers get lost. */
    public int rate() {
        return scan != null ? scanRate : losses.slowed(settings.rate());
    }

    /** How many questions to known hosts were not answered the first time, since the start. */
    public long lost() {
        return losses.lostSoFar();
    }
}
