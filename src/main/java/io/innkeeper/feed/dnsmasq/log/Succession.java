package io.innkeeper.feed.dnsmasq.log;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where reading goes on after a rotation. Files are known again by what is in them, so it does not matter whether one was renamed,
 * copied and emptied, or compressed: what was read in part goes on where it was, what was never seen is read whole, oldest first,
 * and what was read before is left alone.
 *
 * <p>What is new among the rotated files: those that are newer than the newest one that is known. Where none is known any more,
 * those that changed after the last look.
 */
final class Succession {
    private final Candidates candidates;
    private final List<Followed> live;
    private final List<Mark> lost;
    private final List<Mark> done;
    private final long accountedUs;

    private final Map<Candidate, Followed> goesOn = new HashMap<>();
    private final Set<Candidate> known = new HashSet<>();
    private final Set<Followed> replaced = new HashSet<>();
    private boolean unsure;

    /**
     * What is to be read now.
     *
     * @param order oldest first; each is drained before the next is begun
     * @param current the log itself, last in the order; null where it is absent
     * @param unsure true where a file was passed over that may count the next time
     * @param over marks of which there is no more to be read
     * @param missing how many of them had no trace: what they had more is lost
     */
    record Verdict(List<Followed> order, @Nullable Followed current, boolean unsure, List<Mark> over, int missing) {}

    /**
     * @param live what is open and still is what it was, oldest first
     * @param lost what was being read and is not open, or was overwritten
     * @param done what was read to its end, or the time before which all is old
     * @param accountedUs what had not changed after this was seen before, microseconds since 1970
     */
    Succession(Candidates candidates, List<Followed> live, List<Mark> lost, List<Mark> done, long accountedUs) {
        this.candidates = candidates;
        this.live = live;
        this.lost = lost;
        this.done = done;
        this.accountedUs = accountedUs;
    }

    /**
     * Decides.
     *
     * @param beginning what the newest file begins with, where that was read and not taken yet; null for none
     */
    Verdict decide(byte @Nullable [] beginning) throws IOException {
        recogniseLive();
        List<Mark> over = new ArrayList<>();
        int missing = 0;
        for (Mark mark : lost) {
            Mark.Match found = findRest(mark);
            if (found != Mark.Match.WHOLE) {
                over.add(mark.finished());
                missing += found == Mark.Match.NONE ? 1 : 0;
            }
        }
        recogniseOthers();
        Candidate log = candidates.log();
        List<byte[]> unread = new ArrayList<>();
        if (beginning != null) {
            unread.add(beginning);
        }
        if (log != null && !goesOn.containsKey(log)) {
            unread.add(log.whole().beginning());
        }
        List<Followed> order = order(unread);
        Followed current = null;
        if (log != null) {
            current = goesOn.get(log);
            if (current == null) {
                current = candidates.use(log).whole();
            }
            order.remove(current);
            order.add(current);
        }
        return new Verdict(order, current, unsure, over, missing);
    }

    private List<Candidate> all() {
        List<Candidate> all = new ArrayList<>(candidates.rotated());
        if (candidates.log() != null) {
            all.add(candidates.log());
        }
        return all;
    }

    private void recogniseLive() throws IOException {
        Set<Followed> named = new HashSet<>();
        for (Candidate candidate : all()) {
            for (Followed followed : live) {
                if (candidate.is(followed)) {
                    goesOn.put(candidate, followed);
                    named.add(followed);
                }
            }
        }
        Candidate log = candidates.log();
        for (Followed followed : live) {
            // Written anew with the same content, as some editors do: its new file goes on.
            if (log != null
                    && !named.contains(followed)
                    && !goesOn.containsKey(log)
                    && followed.mark().match(log.bytes()) == Mark.Match.WHOLE) {
                goesOn.put(log, candidates.use(log).from(followed.mark()));
                replaced.add(followed);
            }
        }
    }

    /** Where the rest of something is that was read in part: best in the same file, else in a copy, else in a compressed one. */
    private Mark.Match findRest(Mark mark) throws IOException {
        Candidate best = null;
        Mark.Match found = Mark.Match.NONE;
        for (Candidate candidate : all()) {
            Mark.Match match = goesOn.containsKey(candidate) ? Mark.Match.NONE : mark.match(candidate.bytes());
            if (match == Mark.Match.WHOLE && (best == null || rank(candidate, mark) > rank(best, mark))) {
                best = candidate;
            }
            if (match != Mark.Match.NONE) {
                known.add(candidate);
                found = match.compareTo(found) > 0 ? match : found;
            }
        }
        if (best != null) {
            goesOn.put(best, candidates.use(best).from(mark));
        }
        return found;
    }

    private static int rank(Candidate candidate, Mark mark) {
        return candidate.bytes().isFinal() ? 0 : candidate.look().inode() == mark.inode() ? 2 : 1;
    }

    /** Copies of what is being read, and what was read to its end. */
    private void recogniseOthers() throws IOException {
        List<Mark> marks = new ArrayList<>(done);
        live.forEach(followed -> marks.add(followed.mark().finished()));
        for (Followed followed : live) {
            if (!goesOn.containsValue(followed) && !replaced.contains(followed)) {
                recogniseCompressed(followed);
            }
        }
        for (Candidate candidate : candidates.rotated()) {
            for (Mark mark : marks) {
                if (!goesOn.containsKey(candidate) && mark.match(candidate.bytes()) != Mark.Match.NONE) {
                    known.add(candidate);
                }
            }
        }
    }

    /** One that is open and has no name any more: what it was compressed to says only where it stands among the others. */
    private void recogniseCompressed(Followed followed) throws IOException {
        Mark mark = followed.mark().finished();
        byte[] begins = followed.offset() == 0 ? followed.beginning() : new byte[0];
        for (Candidate candidate : candidates.rotated()) {
            boolean same = followed.offset() == 0
                    ? candidate.beginsLike(begins)
                    : mark.match(candidate.bytes()) != Mark.Match.NONE;
            if (same && !goesOn.containsKey(candidate)) {
                goesOn.put(candidate, followed);
                return;
            }
        }
    }

    private List<Followed> order(List<byte[]> unread) throws IOException {
        List<Followed> order = new ArrayList<>();
        List<Candidate> rotated = candidates.rotated();
        int newestKnown = -1;
        for (int i = 0; i < rotated.size(); i++) {
            Followed on = goesOn.get(rotated.get(i));
            // One of which nothing was read says nothing of those before it: it may have been emptied since it was
            // opened.
            if (known.contains(rotated.get(i)) || (on != null && on.offset() > 0)) {
                newestKnown = i;
            }
        }
        for (int i = 0; i < rotated.size(); i++) {
            Candidate candidate = rotated.get(i);
            Followed on = goesOn.get(candidate);
            boolean isNew =
                    newestKnown >= 0 ? i > newestKnown : candidate.look().changedUs() > lastLookUs();
            if (on != null) {
                order.add(on);
            } else if (isNew && isWorthReading(candidate, unread)) {
                order.add(candidates.use(candidate).whole());
            }
        }
        for (int i = 0; i < live.size(); i++) {
            Followed followed = live.get(i);
            if (!goesOn.containsValue(followed) && !replaced.contains(followed)) {
                order.add(i == 0 ? 0 : order.indexOf(live.get(i - 1)) + 1, followed);
            }
        }
        return order;
    }

    private boolean isWorthReading(Candidate candidate, List<byte[]> unread) throws IOException {
        boolean copy = false;
        for (byte[] beginning : unread) {
            copy = copy || candidate.beginsLike(beginning);
        }
        // A copy of the log that is just being made, before the log is emptied: the log has it all.
        unsure = unsure || copy;
        return !copy;
    }

    private long lastLookUs() {
        long last = accountedUs;
        for (Mark mark : lost) {
            last = Math.max(last, mark.changedUs());
        }
        for (Mark mark : done) {
            last = Math.max(last, mark.changedUs());
        }
        for (Followed followed : live) {
            // The time of one of which nothing was read says nothing: it may have been filled and emptied unseen.
            last = Math.max(last, followed.offset() > 0 ? followed.changedUs() : last);
        }
        return last;
    }
}
