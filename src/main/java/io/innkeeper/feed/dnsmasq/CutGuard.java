package io.innkeeper.feed.dnsmasq;

import io.innkeeper.wire.dnsmasq.LeaseFileContent;
import io.innkeeper.wire.dnsmasq.LeaseLine;
import io.innkeeper.wire.net.IpAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells a lease that ended from a lease file that was merely cut.
 *
 * <p>dnsmasq truncates its file and writes it anew at every lease event, so that a reader sees it empty, cut anywhere, or
 * whole. What a look <em>shows</em> is always true: complete lines are announced at once. What a look <em>lacks</em> proves
 * nothing until the file has kept still: not a byte, not its time changed for a while. How long depends on how likely the
 * loss is. dnsmasq ends leases one at a time, or several whose time has run out; that needs a short stillness. Half of the
 * network vanishing at once smells of a stalled writer or a file somebody is replacing, and needs a long one.
 *
 * <p>A file that never keeps still (a busy server rewrites it many times a second) would hide every end for ever. There the
 * order of lines helps: a cut file is a prefix, so a lease that stood before two others of its family which are still there
 * is gone. That must show in {@value #BUSY_LOOKS} different states over {@link #BUSY_TIME}.
 *
 * <p>Pure: looks and the time go in. Belongs to the thread of its source.
 */
final class CutGuard {
    /** Stillness for the likely losses: one lease, or leases whose time was up. */
    static final Duration LIKELY = Duration.ofMillis(300);

    /** Stillness of an empty file, where the loss is likely. */
    static final Duration EMPTY = Duration.ofMillis(700);

    /** Stillness for all other losses. */
    static final Duration UNLIKELY = Duration.ofSeconds(5);

    /** How many states of a busy file must agree. */
    static final int BUSY_LOOKS = 4;

    /** Over how long they must agree. */
    static final Duration BUSY_TIME = Duration.ofSeconds(2);

    /**
     * What a look tells.
     *
     * @param seen lines that are new or differ from those accepted so far
     * @param gone leases that ended
     * @param lookAgainAt when another look could tell more although nothing changed; null where it could not
     */
    record Verdict(
            List<LeaseLine> seen,
            Set<IpAddress> gone,
            @Nullable Instant lookAgainAt) {}

    /** How one busy look after another lacked the same lease. */
    private record Absence(Instant since, int looks) {}

    private Map<IpAddress, LeaseLine> accepted = new LinkedHashMap<>();
    private final Map<IpAddress, Absence> absences = new LinkedHashMap<>();
    private boolean orderKnown;
    private boolean waits;
    private Look.@Nullable FileStamp still;
    private Instant stillSince = Instant.EPOCH;

    /** A guard for a source of which these leases are known, in an order that means nothing. */
    CutGuard(List<LeaseLine> known) {
        known.forEach(line -> accepted.put(line.address(), line));
    }

    /** How many leases it holds as given. */
    int size() {
        return accepted.size();
    }

    /** The lines it holds as given, in the order of the file. */
    List<LeaseLine> accepted() {
        return List.copyOf(accepted.values());
    }

    /** The line of an address, or null. */
    @Nullable
    LeaseLine line(IpAddress address) {
        return accepted.get(address);
    }

    /** True while something is missing whose end is not proven: the next look should be taken although nothing changed. */
    boolean waits() {
        return waits;
    }

    /** The file was not there, or could not be read: that says nothing about leases. */
    void lookFailed() {
        still = null;
    }

    /**
     * Takes a look in.
     *
     * @param toldGone addresses whose end another witness told (the script's {@code del}): these need no stillness
     */
    Verdict look(Look look, Set<IpAddress> toldGone, Instant now) {
        Map<IpAddress, LeaseLine> shown = new LinkedHashMap<>();
        look.content().leases().forEach(line -> shown.put(line.address(), line));
        List<LeaseLine> seen = new ArrayList<>();
        shown.forEach((address, line) -> {
            if (!line.equals(accepted.get(address))) {
                seen.add(line);
            }
        });
        noteStillness(look, now);
        Set<IpAddress> missing = new LinkedHashSet<>(accepted.keySet());
        missing.removeAll(shown.keySet());
        Set<IpAddress> gone = new LinkedHashSet<>();
        Instant lookAgainAt = null;
        if (!missing.isEmpty()) {
            Instant provenAt = stillSince.plus(stillnessFor(missing, look.content(), now));
            if (still != null && !now.isBefore(provenAt)) {
                gone.addAll(missing);
            } else {
                gone.addAll(provenBusy(missing, shown, look.content(), now));
                missing.stream().filter(toldGone::contains).forEach(gone::add);
                lookAgainAt = still == null || gone.containsAll(missing) ? null : provenAt;
            }
        }
        absences.keySet().retainAll(missing);
        accept(shown, missing, gone);
        waits = !gone.containsAll(missing);
        return new Verdict(List.copyOf(seen), Set.copyOf(gone), lookAgainAt);
    }

    private void noteStillness(Look look, Instant now) {
        if (look.torn()) {
            still = null;
        } else if (!look.stamp().equals(still)) {
            still = look.stamp();
            stillSince = now;
        }
    }

    private Duration stillnessFor(Set<IpAddress> missing, LeaseFileContent content, Instant now) {
        long early = missing.stream()
                .filter(address -> !timeIsUp(accepted.get(address), now))
                .count();
        if (early > 1 || content.partial()) {
            return UNLIKELY;
        }
        return content.leases().isEmpty() ? EMPTY : LIKELY;
    }

    /** dnsmasq drops a lease in the second in which it ends, on a clock that may be a second ahead of ours. */
    private static boolean timeIsUp(@Nullable LeaseLine line, Instant now) {
        return line != null && !line.isInfinite() && !line.isLength() && now.getEpochSecond() + 2 >= line.expires();
    }

    /** Of the missing, those that the order of lines has proven gone often enough. */
    private Set<IpAddress> provenBusy(
            Set<IpAddress> missing, Map<IpAddress, LeaseLine> shown, LeaseFileContent content, Instant now) {
        Set<IpAddress> before = orderKnown ? standingBefore(missing, shown, content) : Set.of();
        absences.keySet().retainAll(before);
        Set<IpAddress> proven = new HashSet<>();
        for (IpAddress address : before) {
            Absence absence = absences.getOrDefault(address, new Absence(now, 0));
            absence = new Absence(absence.since(), absence.looks() + (stillSince.equals(now) ? 1 : 0));
            absences.put(address, absence);
            if (absence.looks() >= BUSY_LOOKS
                    && Duration.between(absence.since(), now).compareTo(BUSY_TIME) >= 0) {
                proven.add(address);
            }
        }
        return proven;
    }

    /** The missing leases that a prefix of the known order could not lack. */
    private Set<IpAddress> standingBefore(
            Set<IpAddress> missing, Map<IpAddress, LeaseLine> shown, LeaseFileContent content) {
        Set<IpAddress> before = new HashSet<>();
        for (boolean v6 : new boolean[] {false, true}) {
            boolean familyWhole = !v6 && showsV6Part(content);
            List<IpAddress> order =
                    accepted.keySet().stream().filter(a -> a.v6() == v6).toList();
            int last = lastInOrder(order, shown, v6);
            for (int i = 0; i < order.size(); i++) {
                if (missing.contains(order.get(i)) && (familyWhole || i < last)) {
                    before.add(order.get(i));
                }
            }
        }
        return before;
    }

    private static boolean showsV6Part(LeaseFileContent content) {
        return content.serverDuid() != null
                || content.leases().stream().anyMatch(line -> line.address().v6());
    }

    /**
     * The place, in the known order, of the last lease shown; -1 where fewer than two are shown or their order changed (a
     * restarted dnsmasq writes its leases in reverse).
     */
    private static int lastInOrder(List<IpAddress> order, Map<IpAddress, LeaseLine> shown, boolean v6) {
        Map<IpAddress, Integer> places = new LinkedHashMap<>();
        order.forEach(address -> places.put(address, places.size()));
        int last = -1;
        int common = 0;
        for (IpAddress address : shown.keySet()) {
            Integer place = address.v6() == v6 ? places.get(address) : null;
            if (place == null) {
                continue;
            }
            if (place < last) {
                return -1;
            }
            last = place;
            common++;
        }
        return common < 2 ? -1 : last;
    }

    /** What is accepted now: all that was shown, in its order, and what is missing but not proven gone. */
    private void accept(Map<IpAddress, LeaseLine> shown, Set<IpAddress> missing, Set<IpAddress> gone) {
        if (gone.containsAll(missing)) {
            accepted = shown;
            orderKnown = true;
            return;
        }
        shown.forEach(accepted::put);
        gone.forEach(accepted::remove);
    }
}
