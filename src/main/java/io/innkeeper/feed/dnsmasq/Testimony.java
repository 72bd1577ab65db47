package io.innkeeper.feed.dnsmasq;

import io.innkeeper.device.Evidence;
import io.innkeeper.device.Sighting;
import io.innkeeper.lease.Expiry;
import io.innkeeper.lease.Lease;
import io.innkeeper.lease.LeaseFact;
import io.innkeeper.lease.LeaseReport;
import io.innkeeper.lease.LeaseSource;
import io.innkeeper.lease.LeaseState;
import io.innkeeper.wire.dnsmasq.LeaseFileContent;
import io.innkeeper.wire.dnsmasq.LeaseLine;
import io.innkeeper.wire.dnsmasq.ScriptNotice;
import io.innkeeper.wire.net.IpAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is true of the leases of one dnsmasq, after all who watch it were heard: its lease file, its script, its log, its bus. The
 * file is right where it can be read; what others say of a lease is then a hint to look, and detail that the file lacks. Where
 * there is no file, they are believed.
 *
 * <p>Pure: looks, words and times go in, reports come out. Belongs to the thread of its source.
 */
final class Testimony {
    /** These write before dnsmasq writes its lease file: a look that comes right after them may be too early. */
    private static final Set<Witness> BEFORE_THE_FILE =
            EnumSet.of(Witness.LOG, Witness.SYSLOG, Witness.JOURNAL, Witness.UBUS);

    /** These tell of renewals; script and D-Bus do not. */
    private static final Set<Witness> TELL_RENEWALS =
            EnumSet.of(Witness.FILE, Witness.LOG, Witness.SYSLOG, Witness.JOURNAL, Witness.UBUS);

    /** These tell that a lease ended because its time was up. */
    private static final Set<Witness> TELL_ENDS_OF_TIME = EnumSet.of(Witness.FILE, Witness.SCRIPT, Witness.DBUS);

    /** The file has had its chance to show what was said so long ago. */
    private static final Duration STALE = Duration.ofSeconds(10);

    /** Dnsmasq's clock may be so far from ours. */
    private static final Duration CLOCKS = Duration.ofSeconds(2);

    /** Those who said that a lease ended which the file still shows. */
    private record End(EnumSet<Witness> by, long sinceNanos) {}

    /**
     * What goes to the desk, in order.
     *
     * @param batch with whose place the leases before it are stored; null where they belong to none
     */
    record Step(List<LeaseReport> leases, @Nullable LogBatch batch) {}

    private final LeaseSource source;
    private final Supplier<DnsmasqSetup> setup;
    private final Supplier<Set<Witness>> listening;
    private final CutGuard guard;
    private final Gathering gathering;
    private final ToldLeases told = new ToldLeases();
    private final Map<IpAddress, End> ends = new HashMap<>();
    private final List<Sighting> sightings = new ArrayList<>();
    private final Reports reports;

    /** What was told without the file and the file shows now, until it is settled. */
    private final Map<IpAddress, LeaseFact> shownLate = new HashMap<>();

    /** The file as it was last seen. */
    private LeaseFileContent content = LeaseFileContent.EMPTY;

    private Map<IpAddress, Map<String, String>> extrasTold = Map.of();
    private boolean everythingAgain = true;
    private boolean fileThere;
    private boolean scriptSpeaks;

    /**
     * A testimony that has heard nothing yet.
     *
     * @param hasFile true where there is a lease file to watch
     * @param gather how long those who watch are waited for
     * @param known what the store holds of this source
     * @param listening who listens now, beside file and script
     * @param nanos the time of a clock that only goes forward
     */
    Testimony(
            LeaseSource source,
            boolean hasFile,
            Duration gather,
            List<Lease> known,
            Supplier<DnsmasqSetup> setup,
            Supplier<Set<Witness>> listening,
            long nanos) {
        this.source = source;
        this.setup = setup;
        this.listening = listening;
        this.gathering = new Gathering(gather);
        this.reports = new Reports(source);
        this.guard = new CutGuard(hasFile ? known.stream().map(Facts::line).toList() : List.of());
        if (!hasFile) {
            known.forEach(lease -> told.add(lease.fact(), nanos));
        }
    }

    /** Says again what stands in the file, at its next look: what is known beside it has changed. */
    void everythingAgain() {
        everythingAgain = true;
    }

    /** True where the next look should be taken although nothing changed. */
    boolean wantsLook() {
        return everythingAgain || guard.waits();
    }

    /** True where a file was read that is there now. */
    boolean fileThere() {
        return fileThere;
    }

    /** How many leases stand that no file shows. */
    int toldCount() {
        return told.size();
    }

    /** The leases that the file shows. */
    List<LeaseLine> filed() {
        return guard.accepted();
    }

    /** Who is not waited for now, because it was silent too often. */
    Set<Witness> silent() {
        return gathering.silent();
    }

    /** Neighbours that the script told of since this was asked last. */
    List<Sighting> takeSightings() {
        List<Sighting> taken = List.copyOf(sightings);
        sightings.clear();
        return taken;
    }

    /** Takes a piece of a log: what follows from it goes out together. */
    void hear(LogBatch batch, Instant now, long nanos) {
        gathering.begin();
        batch.words().forEach(word -> hear(word, now, nanos));
        gathering.mark(batch);
    }

    /** Takes a word. */
    void hear(Word word, Instant now, long nanos) {
        scriptSpeaks |= word.by() == Witness.SCRIPT;
        ScriptNotice notice = word.notice();
        IpAddress address = notice.address();
        if (address == null) {
            if (notice.action() == ScriptNotice.Action.DEL && notice.clientId() != null) {
                told.heldBy(notice.clientId()).forEach(held -> hearEnd(word, held, now, nanos));
            }
            return;
        }
        switch (notice.action()) {
            case ADD, OLD -> hearLease(word, address, now, nanos);
            case DEL -> hearEnd(word, address, now, nanos);
            case ARP_ADD -> {
                if (notice.mac() != null) {
                    sightings.add(
                            new Sighting(notice.mac(), address, null, source + "/arp", Evidence.DNSMASQ, Map.of()));
                }
            }
            case INIT, TFTP, ARP_DEL, RELAY_SNOOP, OTHER -> {
                // They say nothing about a lease or a device.
            }
        }
    }

    private void hearLease(Word word, IpAddress address, Instant now, long nanos) {
        ends.remove(address);
        ScriptNotice notice = word.notice();
        Object holder = address.v6() ? notice.clientId() : notice.mac();
        Gathering.Statement statement = new Gathering.Statement(address, false, holder, word.by(), null, word);
        switch (gathering.find(statement, nanos)) {
            case JOINED, OUTDATED -> {}
            case LATE -> addDetails(word, address, now);
            case NONE -> {
                LeaseFact alone = Facts.of(List.of(word), setup.get());
                boolean filed = holds(guard.line(address), alone, now);
                boolean stands = filed || isSame(told.get(address), alone, now);
                boolean fileFirst = fileThere && !filed && !isStale(word, now);
                gathering.open(statement, awaited(stands, fileFirst), nanos);
            }
        }
    }

    private Gathering.Awaited awaited(boolean renewal, boolean fileFirst) {
        Set<Witness> by = witnesses();
        if (renewal) {
            by.retainAll(TELL_RENEWALS);
        }
        return new Gathering.Awaited(by, fileFirst, !renewal);
    }

    private EnumSet<Witness> witnesses() {
        EnumSet<Witness> all = EnumSet.noneOf(Witness.class);
        all.addAll(listening.get());
        if (fileThere) {
            all.add(Witness.FILE);
        }
        if (scriptSpeaks) {
            all.add(Witness.SCRIPT);
        }
        return all;
    }

    private static boolean isStale(Word word, Instant now) {
        return word.at().plus(STALE).isBefore(now);
    }

    /** Details of a lease that was told already change nothing of it, but are worth having. */
    private void addDetails(Word word, IpAddress address, Instant now) {
        LeaseFact alone = Facts.of(List.of(word), setup.get());
        LeaseLine line = guard.line(address);
        LeaseFact before = told.get(address);
        if (holds(line, alone, now) && line != null) {
            reports.seen(Facts.of(line, content, word.notice().details(), setup.get()), word.by());
        } else if (before != null && isSame(before, alone, now)) {
            reports.seen(Facts.with(before, word.notice().details()), word.by());
        }
    }

    private boolean holds(@Nullable LeaseLine line, LeaseFact alone, Instant now) {
        return line != null && isSame(Facts.of(line, content, Map.of(), setup.get()), alone, now);
    }

    private boolean isSame(@Nullable LeaseFact standing, LeaseFact said, Instant now) {
        return standing != null && new Lease(source, standing, LeaseState.ACTIVE, now).heldBy(said);
    }

    /** Where the file still shows the lease, only the file can end it; what was heard then is proof that needs no stillness. */
    private void hearEnd(Word word, IpAddress address, Instant now, long nanos) {
        Gathering.Statement statement = new Gathering.Statement(address, true, null, word.by(), null, word);
        if (gathering.find(statement, nanos) != Gathering.Found.NONE) {
            return;
        }
        LeaseLine line = guard.line(address);
        if (line != null && fileThere) {
            ends.computeIfAbsent(address, _ -> new End(EnumSet.noneOf(Witness.class), nanos))
                    .by()
                    .add(word.by());
            return;
        }
        LeaseFact standing = told.get(address);
        boolean over = standing != null && standing.expiry().isPast(now.plus(CLOCKS));
        gathering.open(statement, awaitedEnd(over), nanos);
    }

    private Gathering.Awaited awaitedEnd(boolean timeIsUp) {
        Set<Witness> by = witnesses();
        if (timeIsUp) {
            by.retainAll(TELL_ENDS_OF_TIME);
        }
        return new Gathering.Awaited(by, false, !timeIsUp);
    }

    /** The file was not there, or could not be read. */
    void fileFailed() {
        guard.lookFailed();
        fileThere = false;
    }

    /** The file is as it was. */
    void fileUnchanged() {
        fileThere = true;
    }

    /**
     * Takes a look at the file.
     *
     * @return what the guard makes of it
     */
    CutGuard.Verdict look(Look look, Instant now, long nanos) {
        fileThere = true;
        content = look.content();
        boolean first = everythingAgain;
        Set<IpAddress> standing = new HashSet<>();
        content.leases().forEach(line -> {
            LeaseLine stood = guard.line(line.address());
            if (stood != null
                    && (stood.equals(line) || holds(stood, Facts.of(line, content, Map.of(), setup.get()), now))) {
                standing.add(line.address());
            }
        });
        CutGuard.Verdict verdict = guard.look(look, ends.keySet(), now, nanos);
        Set<IpAddress> gone = new HashSet<>(verdict.gone());
        gone.addAll(settleTold(look, nanos));
        gone.forEach(address -> fileEnds(address, nanos));
        if (first) {
            everythingAgain = false;
            sayAgain();
        } else {
            withNewExtras(verdict.seen()).forEach(line -> fileShows(line, standing.contains(line.address()), nanos));
        }
        return verdict;
    }

    /** What only words told of so far, now that there is a file to ask; returns those that it should have and has not. */
    private Set<IpAddress> settleTold(Look look, long nanos) {
        if (told.size() == 0 && ends.isEmpty()) {
            return Set.of();
        }
        Set<IpAddress> shown = new HashSet<>();
        content.leases().forEach(line -> shown.add(line.address()));
        shownLate.putAll(told.shownByFile(shown));
        if (look.torn()) {
            return Set.of();
        }
        // Shown after its end was told: leased again since. But a log is written before the file.
        ends.entrySet()
                .removeIf(end -> shown.contains(end.getKey())
                        && (!BEFORE_THE_FILE.containsAll(end.getValue().by())
                                || nanos - end.getValue().sinceNanos() > Gathering.FILE_FIRST.toNanos()));
        Duration still = guard.stillFor(nanos);
        boolean whole = !content.partial() && still.compareTo(CutGuard.UNLIKELY) >= 0;
        return whole ? told.missingFromFile(nanos - still.toNanos()) : Set.of();
    }

    private void fileEnds(IpAddress address, long nanos) {
        Gathering.Statement statement = new Gathering.Statement(address, true, null, Witness.FILE, null, null);
        if (gathering.find(statement, nanos) == Gathering.Found.NONE) {
            gathering.open(statement, awaitedEnd(false), nanos);
        }
        End end = ends.remove(address);
        if (end != null) {
            end.by().forEach(by -> gathering.find(new Gathering.Statement(address, true, null, by, null, null), nanos));
        }
    }

    private void fileShows(LeaseLine line, boolean standing, long nanos) {
        Object holder = line.address().v6() ? line.clientId() : line.mac();
        Gathering.Statement statement =
                new Gathering.Statement(line.address(), false, holder, Witness.FILE, line, null);
        switch (gathering.find(statement, nanos)) {
            case JOINED -> {}
            case NONE -> gathering.open(statement, awaited(standing, false), nanos);
            // Somebody was believed without the file, which shows its own form of it now.
            case LATE, OUTDATED -> gathering.open(statement, Gathering.Awaited.NOBODY, nanos);
        }
    }

    /** What stands in the file as a whole is no news: nobody else is asked about it. */
    private void sayAgain() {
        for (LeaseLine line : guard.confirmed()) {
            if (!gathering.holds(line.address())) {
                reports.seen(Facts.of(line, content, Map.of(), setup.get()), Witness.FILE);
            }
        }
        extrasTold = content.extras();
    }

    /** These lines, and those about which the end of the file says something new. */
    private List<LeaseLine> withNewExtras(List<LeaseLine> seen) {
        if (content.extras().isEmpty() || content.extras().equals(extrasTold)) {
            return seen;
        }
        Map<IpAddress, LeaseLine> lines = new LinkedHashMap<>();
        seen.forEach(line -> lines.put(line.address(), line));
        content.extras().forEach((address, extras) -> {
            LeaseLine line = guard.line(address);
            if (line != null && !extras.equals(extrasTold.get(address))) {
                lines.putIfAbsent(address, line);
            }
        });
        extrasTold = content.extras();
        return List.copyOf(lines.values());
    }

    /** What goes out now. */
    List<Step> settle(Instant now, long nanos) {
        List<Step> steps = new ArrayList<>();
        for (Gathering.Element element : gathering.settle(nanos)) {
            switch (element) {
                case Gathering.Fact fact -> {
                    if (fact.gone) {
                        settleEnd(fact);
                    } else {
                        settleLease(fact, now, nanos);
                    }
                }
                case Gathering.Mark mark -> steps.add(new Step(reports.take(), mark.batch()));
            }
        }
        shownLate.clear();
        told.onTime(now).forEach(reports::over);
        List<LeaseReport> rest = reports.take();
        if (!rest.isEmpty()) {
            steps.add(new Step(rest, null));
        }
        return steps;
    }

    private void settleEnd(Gathering.Fact fact) {
        LeaseLine line = guard.line(fact.address);
        boolean stood = told.remove(fact.address) || fact.by.contains(Witness.FILE);
        if (line != null && !fileThere) {
            guard.forget(fact.address);
            stood = true;
        }
        if (stood) {
            reports.gone(fact);
        }
    }

    /** Beside the file's line where there is one, else by words alone. */
    private void settleLease(Gathering.Fact fact, Instant now, long nanos) {
        LeaseFact alone = fact.words.isEmpty() ? null : Facts.of(fact.words, setup.get());
        LeaseLine line = fact.line() == null ? guard.line(fact.address) : fact.line();
        LeaseFact filed = line == null
                ? null
                : Facts.sameEnd(
                        Facts.of(line, content, Facts.details(fact.words), setup.get()),
                        shownLate.get(fact.address),
                        CLOCKS);
        if (filed != null && (alone == null || isSame(filed, alone, now))) {
            reports.seen(filed, fact);
        } else if (alone != null && (filed == null || !fileThere) && isBelieved(fact, alone, now)) {
            LeaseFact before = told.get(fact.address);
            LeaseFact known = isSame(before, alone, now) ? Facts.knowing(alone, before) : alone;
            if (told.add(known, nanos)) {
                guard.forget(fact.address);
                reports.seen(known, fact);
            }
        }
        // Otherwise the file goes on naming another holder, and the file is right.
    }

    /**
     * Words of a log that is read later than it was written may be about leases that ended since. What should have ended by itself is
     * over; and where there is a file, it had its chance to show what still is.
     */
    private boolean isBelieved(Gathering.Fact fact, LeaseFact alone, Instant now) {
        Expiry expiry = alone.expiry();
        boolean stale = fact.words.stream().allMatch(word -> isStale(word, now));
        return !expiry.isPast(now) && !(stale && fileThere);
    }

    /** After how long there is more to settle; null where only news can bring it. */
    @Nullable
    Duration next(long nanos) {
        return gathering.next(nanos);
    }
}
