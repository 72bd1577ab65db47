package io.innkeeper.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls back when the content of one small file changed: edited in place, replaced by an editor, or changed behind a mount
 * that reports nothing. The same bytes are never told twice; a file that is away for a moment is waited for.
 */
public final class FileChanges implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FileChanges.class);

    /** An editor writes in several steps; the file is read when it has been quiet this long. */
    private static final Duration QUIET = Duration.ofMillis(150);

    /** A file that never rests is told of as it is, a few seconds later. */
    private static final int LOOKS = 20;

    private static final int MAX_BYTES = 4 << 20;

    private final Path file;
    private final Duration poll;
    private final Runnable call;
    private final BlockingQueue<Boolean> hints = new ArrayBlockingQueue<>(1);
    private final FolderWatch.Registration registration;
    private final Thread thread;
    private byte[] last;

    /**
     * Begins to watch.
     *
     * @param poll how often to look although nothing was reported
     * @param call called on this watch's own thread
     */
    public FileChanges(Path file, FolderWatch folders, Duration poll, Runnable call) {
        this.file = file.toAbsolutePath();
        this.poll = poll;
        this.call = call;
        this.last = read(new byte[0]);
        this.registration = folders.watch(Set.of(this.file), () -> hints.offer(true));
        this.thread = Thread.ofVirtual().name("watch-" + file.getFileName()).start(this::loop);
    }

    private byte[] read(byte[] fallback) {
        try (var stream = Files.newInputStream(file)) {
            return stream.readNBytes(MAX_BYTES);
        } catch (IOException e) {
            return fallback;
        }
    }

    private void loop() {
        try {
            while (true) {
                boolean hinted = hints.poll(poll.toMillis(), TimeUnit.MILLISECONDS) != null;
                byte[] now = read(last);
                if (hinted || !Arrays.equals(now, last)) {
                    now = settled(now);
                }
                if (!Arrays.equals(now, last)) {
                    last = now;
                    tell();
                }
            }
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    /** The content when nothing moves any more, or after {@value #LOOKS} looks. */
    private byte[] settled(byte[] first) throws InterruptedException {
        byte[] before = first;
        for (int i = 0; i < LOOKS; i++) {
            boolean moves = hints.poll(QUIET.toMillis(), TimeUnit.MILLISECONDS) != null;
            byte[] now = read(before);
            if (!moves && Arrays.equals(now, before)) {
                return now;
            }
            before = now;
        }
        return before;
    }

    private void tell() {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOG.error("What should follow a change of {} failed", file, e);
        }
    }

    @Override
    public void close() {
        registration.close();
        thread.interrupt();
    }
}
