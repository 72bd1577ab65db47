package io.innkeeper.feed.dnsmasq.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a log file and what it is rotated to, a step at a time. Files that were rotated stay open for a while: their writer may
 * not have heard of it yet. For one thread.
 */
final class Following implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(Following.class);

    /** How long a rotated file must be quiet, once its successor has lines, until it is let go. */
    static final Duration LINGER = Duration.ofSeconds(10);

    /** The most files that are read at a time; where more rotate, the oldest is let go at its end. */
    private static final int MOST_BEGUN = 3;

    /** A folder that changed so short a time ago may change again without its time showing it. */
    private static final Duration COARSE = Duration.ofMillis(200);

    private static final long UNKNOWN = Long.MIN_VALUE;

    /** Takes lines. */
    interface Taker {
        void take(byte[] bytes, int from, int to, String place) throws InterruptedException;
    }

    /** What is to be done next. */
    enum Turn {
        /** There is more to read now. */
        MORE,
        /** Files are being rotated just now; look again in a moment. */
        SOON,
        /** All is read. */
        REST
    }

    private final Path file;
    private final Taker taker;
    private final byte[] buffer = new byte[Followed.BUFFER + 1];
    private List<Followed> open = new ArrayList<>();
    private List<Mark> lost = new ArrayList<>();
    private Mark done;
    private @Nullable Followed current;
    private long folderUs = UNKNOWN;
    private long accountedUs = UNKNOWN;
    private long cutLines;
    private long restsLost;
    private long settlements;
    private boolean newPlace;

    /**
     * One that begins where the place says, or where the file ends or begins.
     *
     * @throws IOException if the file is there and cannot be read
     */
    Following(Path file, boolean fromBeginning, @Nullable String place, Taker taker) throws IOException {
        this.file = file.toAbsolutePath();
        this.taker = taker;
        List<Mark> marks = Optional.ofNullable(place).flatMap(Mark::parse).orElse(List.of());
        this.done = Mark.nothingBefore(nowUs());
        for (Mark mark : marks) {
            if (mark.done()) {
                done = mark;
            } else {
                lost.add(mark);
            }
        }
        if (marks.isEmpty()) {
            begin(fromBeginning);
            newPlace = true;
        }
    }

    /** The system's own time, which is that of the files. */
    private static long nowUs() {
        return TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
    }

    private void begin(boolean fromBeginning) throws IOException {
        Optional<FileLook> look = FileLook.at(file);
        if (look.isEmpty()) {
            return;
        }
        if (!look.get().regular()) {
            throw new IOException("it is not a file");
        }
        PlainBytes bytes = new PlainBytes(file);
        Followed begun =
                fromBeginning ? Followed.whole(file, bytes, look.get()) : Followed.atEnd(file, bytes, look.get());
        // Between looking and opening it may have been renamed; then the inode is that of the other one.
        if (FileLook.at(file).map(FileLook::inode).equals(look.map(FileLook::inode))) {
            current = begun;
            open.add(begun);
        } else {
            bytes.close();
        }
    }

    /** True where the log is there and open. */
    boolean isThere() {
        return current != null;
    }

    /** How often it was found out anew what is to be read. */
    long settlements() {
        return settlements;
    }

    /** Lines that were handed on cut. */
    long cutLines() {
        return cutLines;
    }

    /** How often something was emptied or removed, and what it had more could not be found. */
    long restsLost() {
        return restsLost;
    }

    /** One step: at most one chunk of lines is taken. */
    Turn turn(long nanos) throws IOException, InterruptedException {
        Optional<FileLook> look = FileLook.at(file);
        boolean other = look.isPresent()
                && (current == null || current.inode() != look.get().inode());
        if ((other || !lost.isEmpty()) && !settle(null, nanos)) {
            return Turn.SOON;
        }
        if (look.isEmpty()) {
            // Renamed or removed; its writer may go on, and it is read to its end.
            current = null;
        }
        for (Followed followed : List.copyOf(open)) {
            boolean isNamed = look.isPresent() && look.get().inode() == followed.inode();
            Turn turn = read(followed, isNamed ? look.get().changedUs() : followed.changedUs(), nanos);
            if (turn != Turn.REST) {
                return turn;
            }
        }
        return letGo(nanos) ? Turn.MORE : tellPlace();
    }

    private Turn read(Followed followed, long changedUs, long nanos) throws IOException, InterruptedException {
        return switch (followed.read(buffer)) {
            case NOTHING -> {
                followed.changed(changedUs);
                yield Turn.REST;
            }
            case CUT -> {
                lose(followed);
                yield Turn.MORE;
            }
            case LINES -> followed.offset() == 0 ? begin(followed, changedUs, nanos) : hand(followed, changedUs, nanos);
        };
    }

    /** The first lines of a file are there. What happened before they were seen? */
    private Turn begin(Followed followed, long changedUs, long nanos) throws IOException, InterruptedException {
        if (!followed.equals(open.getLast())) {
            if (isCopy(followed)) {
                remove(followed);
                return Turn.MORE;
            }
        } else if (mayHaveRotated()) {
            byte[] beginning = Arrays.copyOfRange(buffer, 0, Math.min(Mark.SPAN, followed.to()));
            List<Followed> before = open;
            if (!settle(beginning, nanos)) {
                return Turn.SOON;
            }
            if (!before.equals(open)) {
                return Turn.MORE;
            }
        }
        return hand(followed, changedUs, nanos);
    }

    /** It was empty when it was found, and was made to copy the log into. */
    private boolean isCopy(Followed followed) throws IOException {
        byte[] own = followed.beginning();
        for (Followed other : open) {
            boolean unread = other.offset() == 0 && !other.equals(followed);
            byte[] begins = unread ? other.beginning() : new byte[0];
            int common = Math.min(own.length, begins.length);
            if ((common > 0 && Arrays.equals(own, 0, common, begins, 0, common))
                    || other.mark().finished().match(followed.bytes()) != Mark.Match.NONE) {
                return true;
            }
        }
        return false;
    }

    private Turn hand(Followed followed, long changedUs, long nanos) throws IOException, InterruptedException {
        followed.changed(changedUs);
        hand(followed, false, nanos);
        return Turn.MORE;
    }

    private void lose(Followed followed) throws IOException {
        LOG.debug("{} was emptied", followed.name());
        lost.add(followed.mark());
        remove(followed);
    }

    /** While nothing was read of the newest file, it may have been filled, copied and emptied unseen; the folder shows it. */
    private boolean mayHaveRotated() throws IOException {
        return folderUs == UNKNOWN || folderChangedUs() != folderUs;
    }

    private long folderChangedUs() throws IOException {
        try {
            Path folder = file.toRealPath().getParent();
            return folder == null
                    ? UNKNOWN
                    : FileLook.at(folder).map(FileLook::changedUs).orElse(UNKNOWN);
        } catch (NoSuchFileException absent) {
            return UNKNOWN;
        }
    }

    private void hand(Followed followed, boolean last, long nanos) throws IOException, InterruptedException {
        Mark after = followed.after(buffer);
        if (followed.isCutLine()) {
            cutLines++;
        }
        taker.take(buffer, followed.from(), followed.to(), Mark.text(marks(followed, last ? after.finished() : after)));
        followed.advance(after, nanos);
        newPlace = false;
    }

    /** All marks that matter, with one of them as it will be. */
    private List<Mark> marks(@Nullable Followed but, @Nullable Mark ahead) {
        List<Mark> marks = new ArrayList<>();
        boolean finished = ahead != null && ahead.done();
        marks.add(finished ? ahead : done);
        marks.addAll(lost);
        for (Followed followed : open) {
            if (!followed.equals(but) && followed.offset() > 0) {
                marks.add(followed.mark());
            } else if (followed.equals(but) && ahead != null && !finished) {
                marks.add(ahead);
            }
        }
        return marks;
    }

    private Turn tellPlace() throws InterruptedException {
        if (newPlace) {
            newPlace = false;
            taker.take(buffer, 0, 0, Mark.text(marks(null, null)));
        }
        return Turn.REST;
    }

    /** Finds out what is to be read; false where that cannot be said yet. */
    private boolean settle(byte @Nullable [] beginning, long nanos) throws IOException {
        long changedUs = folderChangedUs();
        long nowUs = nowUs();
        for (Followed followed : List.copyOf(open)) {
            if (followed.isCut()) {
                lose(followed);
            }
        }
        Candidates candidates = Candidates.open(file).orElse(null);
        if (candidates == null) {
            return false;
        }
        try (candidates) {
            Succession.Verdict verdict =
                    new Succession(candidates, open, lost, List.of(done), accountedUs).decide(beginning);
            for (Followed followed : open) {
                if (!verdict.order().contains(followed)) {
                    followed.close();
                }
            }
            restsLost += verdict.missing();
            done = verdict.over().isEmpty() ? done : verdict.over().getLast();
            verdict.order().stream().filter(next -> !open.contains(next)).forEach(next -> next.begun(nanos));
            lost = new ArrayList<>();
            open = new ArrayList<>(verdict.order());
            current = verdict.current();
            boolean settled = !verdict.unsure() && changedUs != UNKNOWN && nowUs - changedUs > COARSE.toNanos() / 1_000;
            accountedUs = verdict.unsure() ? accountedUs : Math.max(accountedUs, candidates.newestUs());
            folderUs = settled ? changedUs : UNKNOWN;
            newPlace = true;
            settlements++;
            return true;
        }
    }

    /** Lets go what is read to its end; true where that gave a last line. */
    private boolean letGo(long nanos) throws IOException, InterruptedException {
        for (int i = 0; i < open.size(); i++) {
            Followed followed = open.get(i);
            long successors =
                    open.stream().skip(i + 1L).filter(next -> next.offset() > 0).count();
            boolean quiet = nanos - followed.lastDataNanos() >= LINGER.toNanos();
            boolean over = followed.bytes().isFinal() || successors >= MOST_BEGUN || (successors > 0 && quiet);
            if (!followed.equals(current) && over) {
                boolean rest = followed.readRest(buffer) == Followed.Got.LINES;
                if (rest) {
                    hand(followed, true, nanos);
                }
                done = followed.offset() > 0 ? followed.mark().finished() : done;
                remove(followed);
                newPlace = true;
                return true;
            }
        }
        return false;
    }

    private void remove(Followed followed) throws IOException {
        open.remove(followed);
        if (followed.equals(current)) {
            current = null;
        }
        followed.close();
    }

    @Override
    public void close() throws IOException {
        for (Followed followed : open) {
            followed.close();
        }
        open.clear();
        current = null;
    }
}
