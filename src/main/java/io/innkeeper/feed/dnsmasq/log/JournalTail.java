package io.innkeeper.feed.dnsmasq.log;

import io.innkeeper.feed.dnsmasq.Listener;
import io.innkeeper.feed.dnsmasq.ListenerStatus;
import io.innkeeper.feed.dnsmasq.LogIntake;
import io.innkeeper.feed.dnsmasq.Witness;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.json.JsonFactory;

/** Follows a systemd journal by {@code journalctl}, and goes on after a restart behind the entry where it was. */
public final class JournalTail implements Listener {
    private static final Logger LOG = LoggerFactory.getLogger(JournalTail.class);

    /** The place in a journal that had no entry yet. */
    private static final String BEGINNING = "beginning";

    /**
     * What to follow.
     *
     * @param directory a folder of journal files; null for the journal of this machine
     * @param unit the unit that dnsmasq runs in; null for any
     * @param fromBeginning whether a journal that was never read before is read from its beginning, not from its end
     * @param program the program {@code journalctl}
     */
    public record Settings(
            @Nullable Path directory, @Nullable String unit, boolean fromBeginning, Path program) {}

    /** The longest entry, as JSON; a message of octets takes five for one. Longer ones are left out. */
    private static final int MAX_ENTRY = 1 << 20;

    private static final int FIRST_BUFFER = 64 << 10;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Settings settings;
    private final ListenerStatus status;
    private final Backoff backoff = new Backoff();
    private final JsonFactory json = new JsonFactory();
    private final LineBatch batch;
    private final Thread thread;
    private @Nullable String cursor;
    private boolean begun;
    private volatile @Nullable JournalProgram running;
    private volatile boolean closed;
    private Consumer<Throwable> onFailure = reason -> {};

    /**
     * One that does not read yet.
     *
     * @param place what {@link LogIntake#take} was given with the last lines that were stored; null for none
     */
    public JournalTail(Settings settings, LogIntake intake, @Nullable String place, InstantSource clock) {
        this.settings = settings;
        this.cursor = place == null || place.equals(BEGINNING) ? null : place;
        this.begun = place != null || settings.fromBeginning();
        this.status = new ListenerStatus(Witness.JOURNAL, words(settings), clock);
        this.batch = new LineBatch(LineBatch.LARGE, Witness.JOURNAL, intake, status);
        this.thread = Thread.ofPlatform().name("dnsmasq-journal").unstarted(this::loop);
    }

    private static String words(Settings settings) {
        String where =
                settings.directory() == null ? "the journal of this machine" : "the journal in " + settings.directory();
        return settings.unit() == null ? where : where + ", " + settings.unit();
    }

    @Override
    public Witness witness() {
        return Witness.JOURNAL;
    }

    @Override
    public void start(Consumer<Throwable> failureListener) {
        onFailure = failureListener;
        status.is(State.WAITING, null);
        thread.start();
    }

    private void loop() {
        try {
            while (!closed) {
                String why;
                try {
                    why = run();
                } catch (IOException e) {
                    why = String.valueOf(e.getMessage());
                }
                if (!closed) {
                    fail(why);
                }
            }
        } catch (InterruptedException e) {
            // close() interrupts.
        } catch (RuntimeException | Error e) {
            if (!closed) {
                onFailure.accept(e);
            }
        }
    }

    /** Follows until the program ends; returns why it did. */
    private String run() throws IOException, InterruptedException {
        Path directory = settings.directory();
        if (directory != null && !Files.isDirectory(directory)) {
            return "the folder " + directory + " is not there";
        }
        if (!begun) {
            begin();
        }
        try (JournalProgram program = JournalProgram.follow(settings, cursor)) {
            running = program;
            if (closed) {
                return "";
            }
            status.is(State.LISTENING, null);
            boolean any = read(program);
            int code = program.end();
            if (any) {
                backoff.worked();
            }
            String words = program.words();
            if (!any && words.contains("cursor")) {
                // It is no cursor of a journal: all that is there is new.
                LOG.warn(
                        "The journal was left at a place that it does not know ({}); it is read from its beginning",
                        words);
                cursor = null;
            }
            return settings.program() + " ended with " + code + (words.isEmpty() ? "" : ": " + words);
        } finally {
            running = null;
        }
    }

    /** Remembers where the journal ends now, so that nothing is missed from here on. */
    private void begin() throws IOException, InterruptedException {
        try (JournalProgram program = JournalProgram.newest(settings)) {
            running = program;
            byte[] octets = program.output().readNBytes(MAX_ENTRY);
            int code = program.end();
            String words = program.words();
            if (code != 0 && !words.contains("No journal files") && octets.length == 0) {
                throw new IOException(settings.program() + " ended with " + code + ": " + words);
            }
            cursor = JournalEntry.parse(json, octets, 0, octets.length)
                    .map(JournalEntry::cursor)
                    .orElse(null);
            begun = true;
            batch.flush(cursor == null ? BEGINNING : cursor);
        }
    }

    /** Hands on what comes; true where something came. */
    private boolean read(JournalProgram program) throws IOException, InterruptedException {
        InputStream in = program.output();
        byte[] octets = new byte[FIRST_BUFFER];
        int held = 0;
        boolean any = false;
        boolean tooLong = false;
        while (true) {
            if (held == octets.length && held < MAX_ENTRY) {
                octets = Arrays.copyOf(octets, held * 2);
            } else if (held == octets.length) {
                tooLong = true;
                held = 0;
            }
            int count = in.read(octets, held, octets.length - held);
            if (count < 0) {
                return any;
            }
            int from = 0;
            for (int i = held; i < held + count; i++) {
                if (octets[i] == '\n') {
                    entry(octets, from, i, tooLong);
                    tooLong = false;
                    from = i + 1;
                }
            }
            held += count - from;
            System.arraycopy(octets, from, octets, 0, held);
            if (from > 0) {
                any = true;
                batch.flush(cursor);
                status.is(State.LISTENING, program.words().isEmpty() ? null : program.words());
            }
        }
    }

    private void entry(byte[] octets, int from, int to, boolean tooLong) throws InterruptedException {
        JournalEntry entry =
                tooLong ? null : JournalEntry.parse(json, octets, from, to).orElse(null);
        if (entry == null) {
            status.dropped(1);
            return;
        }
        String line = entry.line();
        if (line != null) {
            if (!batch.hasRoom()) {
                batch.flush(cursor);
            }
            byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
            batch.add(bytes, 0, bytes.length);
        }
        cursor = entry.cursor();
    }

    private void fail(String why) throws InterruptedException {
        Path directory = settings.directory();
        boolean absent = directory != null && !Files.isDirectory(directory);
        if (status.state() == State.LISTENING) {
            LOG.info("The journal is not followed for now: {}", why);
        }
        status.is(absent ? State.WAITING : State.FAILING, why);
        TimeUnit.NANOSECONDS.sleep(backoff.next().toNanos());
    }

    @Override
    public Status status() {
        return status.now();
    }

    @Override
    public void close() {
        closed = true;
        JournalProgram program = running;
        if (program != null) {
            program.close();
        }
        thread.interrupt();
        try {
            if (thread.getState() != Thread.State.NEW) {
                thread.join(PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        status.is(State.OFF, null);
    }
}
