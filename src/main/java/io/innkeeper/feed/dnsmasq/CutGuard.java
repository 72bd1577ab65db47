package io.innkeeper.feed.dnsmasq;

import io.innkeeper.wire.dnsmasq.LeaseFileContent;
import io.innkeeper.wire.dnsmasq.LeaseLine;
import io.innkeeper.wire.net.IpAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells a lease that ended from a lease file that was merely cut.
 *
 * <p>dnsmasq truncates its file and writes it anew at every lease event, so that a reader sees it empty, cut anywhere, or
 * whole. What a look <em>shows</em> is true: complete lines are announced at once. What a look <em>lacks</em> proves nothing
 * until the file has kept still, not a byte and not its time changed, for a while. How long depends on what is missing:
 *
 * <ul>
 *   <li>A cut file is a prefix. A lease that stood before two others which are still there, in the same order, was not cut off
 *       ({@link #IN_PLACE}). Nor was an IPv4 lease where the IPv6 part has begun, nor any where the lines after the leases have.
 *   <li>What stood at the end may be cut off. dnsmasq ends leases one at a time, or several whose time is up: {@link #AT_END}.
 *   <li>Several at the end before their time smell of a stalled writer, or of somebody replacing the file: {@link #UNLIKELY}.
 *   <li>On a full disk dnsmasq cannot write what it cut; it tries again after a minute ({@link #FULL_DISK}).
 *   <li>A lease whose address stands in a line that cannot be read has not ended. Where no lease can be read at all, only
 *       more unreadable lines than before, the file was damaged or replaced, and says nothing.
 *   <li>A file that ends within a line is not whole. A torn look, one during which the file changed, may mix two states: it
 *       says nothing at all.
 * </ul>
 *
 * <p>A file that never keeps still (a busy server rewrites it many times a second) would hide every end for ever. There the
 * first rule alone decides: it must hold in {@value #BUSY_LOOKS} different states over {@link #BUSY_TIME}.
 *
 * <p>Pure: looks and times go in. Stillness is measured on a clock that cannot jump; only the leases' own ends on that of the
 * wall. Belongs to the thread of its source.
 */
final class CutGuard {
    /** Stillness for leases missing between others. */
    static final Duration IN_PLACE = Duration.ofMillis(300);

    /** Stillness for one lease missing at the end, or several whose time was up. */
    static final Duration AT_END = Duration.ofMillis(700);

    /** Stillness for all other losses. */
    static final Duration UNLIKELY = Duration.ofSeconds(5);

    /** Stillness where the disk is full: longer than the minute after which dnsmasq tries again to write. */
    static final Duration FULL_DISK = Duration.ofSeconds(75);

    /** What is added where the file system keeps times in whole seconds (FAT: every second one): a change may not show. */
    static final Duration COARSE_TIMES = Duration.ofSeconds(2);

    /** How many states of a busy file must agree. */
    static final int BUSY_LOOKS = 10;

    /** Over how long they must agree. */
    static final Duration BUSY_TIME = Duration.ofSeconds(2);

    private static final long NANOS_OF_SECOND = 1_000_000_000L;
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    /**
     * What a look tells.
     *
     * @param seen lines that are new or differ from those accepted so far
     * @param gone leases that ended
     * @param lookAgainIn after how long another look could tell more although nothing changed; null where it could not
     */
    record Verdict(
            List<LeaseLine> seen,
            Set<IpAddress> gone,
            @Nullable Duration lookAgainIn) {}

    /** How one state after another of a busy file lacked the same lease. */
    private record Absence(long sinceNanos, int states) {}

    /** The leases that stand, in the order of the file as far as that is known. */
    private Map<IpAddress, LeaseLine> accepted = new LinkedHashMap<>();

    /** Those of them that no look has shown yet. */
    private final Set<IpAddress> unconfirmed;

    private final Map<IpAddress, Absence> absences = new HashMap<>();

    /** How many lines could not be read when nothing was missing last. */
    private int unreadableBefore;

    private boolean orderKnown;
    private boolean waits;
    private Look.@Nullable FileStamp still;
    private long stillSinceNanos;

    /** A guard for a source of which these leases are known, in an order that means nothing. */
    CutGuard(List<LeaseLine> known) {
        known.forEach(line -> accepted.put(line.address(), line));
        unconfirmed = new HashSet<>(accepted.keySet());
    }

    /** The leases that stand. */
    List<LeaseLine> accepted() {
        return List.copyOf(accepted.values());
    }

    /** The leases that stand and were in the file at some time since this guard began. */
    List<LeaseLine> confirmed() {
        return accepted.values().stream()
                .filter(line -> !unconfirmed.contains(line.address()))
                .toList();
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

    /** How long the file has kept still; zero where the last look failed or was torn. */
    Duration stillFor(long nanos) {
        return still == null ? Duration.ZERO : Duration.ofNanos(nanos - stillSinceNanos);
    }

    /** The file was not there, or could not be read: that says nothing about leases. */
    void lookFailed() {
        still = null;
    }

    /** Somebody trustworthy said that it ended, and there is no file to ask. */
    void forget(IpAddress address) {
        accepted.remove(address);
        absences.remove(address);
        unconfirmed.remove(address);
    }

    /**
     * Takes a look in.
     *
     * @param toldGone addresses whose end another witness told (the script's {@code del}): these need no stillness
     * @param now the time of the wall, for the ends of leases
     * @param nanos the time of a clock that only goes forward
     */
    Verdict look(Look look, Set<IpAddress> toldGone, Instant now, long nanos) {
        if (look.torn()) {
            lookFailed();
            return new Verdict(List.of(), Set.of(), null);
        }
        Map<IpAddress, LeaseLine> shown = new LinkedHashMap<>();
        look.content().leases().forEach(line -> shown.put(line.address(), line));
        unconfirmed.removeAll(shown.keySet());
        boolean newState = !look.stamp().equals(still);
        if (newState) {
            still = look.stamp();
            stillSinceNanos = nanos;
        }
        List<LeaseLine> seen = shown.values().stream()
                .filter(line -> !line.equals(accepted.get(line.address())))
                .toList();
        Set<IpAddress> missing = new LinkedHashSet<>();
        accepted.keySet().stream()
                .filter(address -> !shown.containsKey(address))
                .forEach(missing::add);
        Set<IpAddress> gone = new HashSet<>();
        Duration next = null;
        if (!missing.isEmpty()) {
            Set<IpAddress> inPlace = missingInPlace(look.content(), shown, missing);
            next = stillLosses(look, inPlace, missing, now, nanos, gone);
            gone.addAll(busyLosses(inPlace, nanos, newState));
            keepUnreadable(look.content(), gone);
            missing.stream().filter(toldGone::contains).forEach(gone::add);
        }
        absences.keySet().retainAll(missing);
        accept(shown, missing, gone);
        waits = !gone.containsAll(missing);
        unreadableBefore = waits ? unreadableBefore : look.content().rejectedCount();
        return new Verdict(seen, Set.copyOf(gone), waits ? next : null);
    }

    /** Takes those out that may stand in a line that cannot be read. */
    private void keepUnreadable(LeaseFileContent content, Set<IpAddress> gone) {
        if (content.leases().isEmpty() && content.rejectedCount() > unreadableBefore) {
            gone.clear();
            return;
        }
        for (LeaseFileContent.Rejected line : content.rejected()) {
            for (String word : BLANKS.split(line.text())) {
                IpAddress.parse(word).ifPresent(gone::remove);
            }
        }
    }

    /** Adds the losses that stillness proves; returns when it could prove more, null where it could not. */
    private @Nullable Duration stillLosses(
            Look look, Set<IpAddress> inPlace, Set<IpAddress> missing, Instant now, long nanos, Set<IpAddress> gone) {
        Set<IpAddress> atEnd = new LinkedHashSet<>(missing);
        atEnd.removeAll(inPlace);
        long early = atEnd.stream()
                .filter(address -> !timeIsUp(accepted.get(address), now))
                .count();
        Map<Duration, Set<IpAddress>> parts = new LinkedHashMap<>();
        parts.put(IN_PLACE, inPlace);
        parts.put(early > 1 ? UNLIKELY : AT_END, atEnd);
        Duration next = null;
        for (Map.Entry<Duration, Set<IpAddress>> part : parts.entrySet()) {
            Duration needed = stillnessFor(look, part.getKey());
            if (needed == null || part.getValue().isEmpty()) {
                continue;
            }
            Duration left = needed.minus(stillFor(nanos));
            if (!left.isPositive()) {
                gone.addAll(part.getValue());
            } else if (next == null || left.compareTo(next) < 0) {
                next = left;
            }
        }
        return next;
    }

    /** How long the file must have kept still, where a sound one must for so long; null where no time is enough. */
    private static @Nullable Duration stillnessFor(Look look, Duration sound) {
        if (look.content().partial()) {
            return null;
        }
        Duration needed = look.diskFull() ? FULL_DISK : sound;
        boolean coarse = look.stamp().modifiedNanos() % NANOS_OF_SECOND == 0;
        return coarse ? needed.plus(COARSE_TIMES) : needed;
    }

    /** dnsmasq drops a lease in the second in which it ends, on a clock that may be a second ahead of ours. */
    private static boolean timeIsUp(@Nullable LeaseLine line, Instant now) {
        return line != null && !line.isInfinite() && !line.isLength() && now.getEpochSecond() + 2 >= line.expires();
    }

    /** The missing leases that cutting the file off cannot explain. */
    private Set<IpAddress> missingInPlace(
            LeaseFileContent content, Map<IpAddress, LeaseLine> shown, Set<IpAddress> missing) {
        if (!content.extras().isEmpty()) {
            return new LinkedHashSet<>(missing);
        }
        boolean v4Whole =
                content.serverDuid() != null || shown.keySet().stream().anyMatch(IpAddress::v6);
        Set<IpAddress> inPlace = new LinkedHashSet<>();
        Map<IpAddress, Integer> places = new HashMap<>();
        accepted.keySet().forEach(address -> places.put(address, places.size()));
        // A restarted dnsmasq writes its leases in reverse.
        int lastButOne = orderKnown && inOrder(shown.keySet()) ? lastButOne(shown.keySet(), places) : -1;
        for (IpAddress address : missing) {
            if ((v4Whole && !address.v6()) || places.getOrDefault(address, Integer.MAX_VALUE) < lastButOne) {
                inPlace.add(address);
            }
        }
        return inPlace;
    }

    /** The place, in the known order, of the last lease but one that is shown; -1 where there are no two. */
    private static int lastButOne(Set<IpAddress> shown, Map<IpAddress, Integer> places) {
        int last = -1;
        int lastButOne = -1;
        for (IpAddress address : shown) {
            Integer place = places.get(address);
            if (place != null) {
                lastButOne = last;
                last = place;
            }
        }
        return lastButOne;
    }

    /** Of those missing in place, the ones that enough states of a busy file lacked; states cut off before do not count. */
    private Set<IpAddress> busyLosses(Set<IpAddress> inPlace, long nanos, boolean newState) {
        Set<IpAddress> proven = new HashSet<>();
        for (IpAddress address : inPlace) {
            Absence before = absences.getOrDefault(address, new Absence(nanos, 0));
            Absence absence = new Absence(before.sinceNanos(), before.states() + (newState ? 1 : 0));
            absences.put(address, absence);
            if (absence.states() >= BUSY_LOOKS && nanos - absence.sinceNanos() >= BUSY_TIME.toNanos()) {
                proven.add(address);
            }
        }
        return proven;
    }

    /** What stands now: all that was shown, in its order, and what is missing but not proven gone at its old place. */
    private void accept(Map<IpAddress, LeaseLine> shown, Set<IpAddress> missing, Set<IpAddress> gone) {
        unconfirmed.removeAll(gone);
        if (gone.containsAll(missing)) {
            accepted = shown;
            orderKnown = true;
            return;
        }
        if (!inOrder(shown.keySet())) {
            orderKnown = false;
            absences.clear();
        }
        Map<IpAddress, LeaseLine> next = new LinkedHashMap<>();
        Iterator<LeaseLine> before = accepted.values().iterator();
        shown.forEach((address, line) -> {
            boolean found = !orderKnown || !accepted.containsKey(address);
            while (!found) {
                LeaseLine old = before.next();
                found = old.address().equals(address);
                if (!found && !gone.contains(old.address())) {
                    next.put(old.address(), old);
                }
            }
            next.put(address, line);
        });
        accepted.forEach((address, line) -> {
            if (!gone.contains(address)) {
                next.putIfAbsent(address, line);
            }
        });
        accepted = next;
    }

    /** True where the leases that stood before come in the same order as before. */
    private boolean inOrder(Set<IpAddress> shown) {
        Iterator<IpAddress> before = accepted.keySet().iterator();
        for (IpAddress address : shown) {
            boolean found = !accepted.containsKey(address);
            while (!found) {
                if (!before.hasNext()) {
                    return false;
                }
                found = before.next().equals(address);
            }
        }
        return true;
    }
}
