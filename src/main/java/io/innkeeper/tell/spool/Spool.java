package io.innkeeper.tell.spool;

import io.innkeeper.wire.net.Octets;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages that wait, on stable storage: what {@link #add} returned is not lost by a crash or a power cut, and no number is given to
 * two messages. For any number of processes and threads at a time.
 *
 * <p>Three things hold that. A message is whole on stable storage before anybody sends it: whoever reads the file syncs what others
 * wrote. What a crash left unfinished at its end was thus never sent, and is cut. And where something in the middle is damaged, it is
 * not known any more which numbers were used: then the sender becomes another one, for whom all numbers are new.
 */
public final class Spool {
    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

    /** A file of this size is written anew where most of it is past; octets. */
    private static final int WORTH_IT = 1 << 16;

    private final SpoolDisk disk;
    private final SpoolLimits limits;
    private final RandomGenerator random;
    private final InstantSource clock;
    private SpoolBook book;
    private SpoolHead head = new SpoolHead(Octets.EMPTY, 0);
    private long at;
    private long damages;

    Spool(SpoolDisk disk, SpoolLimits limits, RandomGenerator random, InstantSource clock) {
        this.disk = disk;
        this.limits = limits;
        this.random = random;
        this.clock = clock;
        this.book = new SpoolBook(limits);
    }

    /**
     * The spool of a folder, which is made at the first use.
     *
     * @param random nobody may guess it
     */
    public static Spool in(Path folder, SpoolLimits limits, RandomGenerator random, InstantSource clock) {
        return new Spool(new FileSpoolDisk(folder), limits, random, clock);
    }

    /** Whether a folder is a spool. */
    public static boolean isIn(Path folder) {
        return FileSpoolDisk.isIn(folder);
    }

    /**
     * Takes a message; when this returns, it is on stable storage.
     *
     * @return its number
     * @throws SpoolFullException where there is no room for it
     * @throws IOException where the folder cannot be used
     */
    public synchronized Entry.Waiting add(Said said) throws IOException {
        try (SpoolDisk.Held held = disk.hold()) {
            catchUp(held);
            return switch (book.admit(said, clock.millis())) {
                case SpoolBook.Admitted admitted -> {
                    write(held, admitted.entries());
                    yield admitted.message();
                }
                case SpoolBook.Full full -> {
                    SpoolFullException failure = new SpoolFullException(book.messages(), book.octets());
                    write(held, List.of(full.entry()));
                    throw failure;
                }
            };
        }
    }

    /**
     * Ends messages: they wait no longer.
     *
     * @throws IOException where the folder cannot be used; then they still wait
     */
    public synchronized void end(Collection<Entry.Ended> ends) throws IOException {
        try (SpoolDisk.Held held = disk.hold()) {
            catchUp(held);
            List<Entry.Ended> entries = book.ending(ends);
            if (!entries.isEmpty()) {
                write(held, entries);
            }
        }
    }

    /** What a question to the book answers, as all processes together left it; the book may not be kept. */
    public synchronized <T> T ask(Function<SpoolBook, T> question) throws IOException {
        try (SpoolDisk.Held held = disk.hold()) {
            catchUp(held);
            return question.apply(book);
        }
    }

    /** Who spoke when the spool was last looked at: 16 octets. Others after damage only. */
    public synchronized Octets sender() throws IOException {
        if (head.sender().length() == 0) {
            ask(SpoolBook::messages);
        }
        return head.sender();
    }

    /** How often something was found damaged by this process. */
    public synchronized long damages() {
        return damages;
    }

    private void catchUp(SpoolDisk.Held held) throws IOException {
        if (held.length() == 0) {
            begin(held, new SpoolBook(limits));
            return;
        }
        SpoolHead found = SpoolHead.read(held.read(0, SpoolHead.LENGTH)).orElse(null);
        if (found == null) {
            damages++;
            held.setAside();
            begin(held, new SpoolBook(limits));
            return;
        }
        if (!found.equals(head) || held.length() < at) {
            book = new SpoolBook(limits);
            head = found;
            at = SpoolHead.LENGTH;
        }
        if (held.length() > at || at == SpoolHead.LENGTH) {
            readOn(held);
        }
    }

    private void readOn(SpoolDisk.Held held) throws IOException {
        SpoolFormat.Scan scan = SpoolFormat.scan(head.generation(), held.read(at, Integer.MAX_VALUE));
        scan.entries().forEach(book::apply);
        // The first group came with the head: it was never half written.
        if (scan.damaged() || (at == SpoolHead.LENGTH && scan.length() == 0)) {
            damages++;
            begin(held, book);
        } else if (scan.length() > 0) {
            at += scan.length();
            held.force();
        }
    }

    /** Writes the file anew, for a sender that no monitor knows. */
    private void begin(SpoolDisk.Held held, SpoolBook content) throws IOException {
        byte[] sender = new byte[SpoolHead.SENDER];
        random.nextBytes(sender);
        book = content;
        rewrite(held, Octets.of(sender));
    }

    private void rewrite(SpoolDisk.Held held, Octets sender) throws IOException {
        SpoolHead fresh = new SpoolHead(sender, random.nextLong());
        byte[] group = SpoolFormat.group(fresh.generation(), book.entries());
        byte[] whole = ByteBuffer.allocate(SpoolHead.LENGTH + group.length)
                .put(fresh.write())
                .put(group)
                .array();
        held.replace(whole);
        head = fresh;
        at = whole.length;
    }

    private void write(SpoolDisk.Held held, List<? extends Entry> entries) throws IOException {
        byte[] group = SpoolFormat.group(head.generation(), entries);
        held.append(at, group);
        at += group.length;
        entries.forEach(book::apply);
        if (at > WORTH_IT && at > 4 * book.octets()) {
            shorten(held);
        }
    }

    /** What is past is dropped from the file. Where that fails, nothing is lost, and the next one tries again. */
    private void shorten(SpoolDisk.Held held) {
        try {
            rewrite(held, head.sender());
        } catch (IOException e) {
            LOG.warn("The spool cannot be shortened: {}", e.toString());
        }
    }
}
