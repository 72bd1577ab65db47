package io.innkeeper.dns.block;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One look at the source of a list: is there something new? If so it becomes the {@link KeptCopy}. */
final class SourceLook {
    /**
     * What came of it.
     *
     * @param list file or URL
     * @param changed whether the copy is another one
     * @param fileMark tells one state of a file from another; empty for a URL
     * @param error why there was none, for people; null where there was
     */
    record Outcome(
            String list,
            boolean changed,
            String fileMark,
            @Nullable String error) {}

    private final BookSettings settings;
    private final ListFetch fetch;

    SourceLook(BookSettings settings) {
        this.settings = settings;
        this.fetch = new ListFetch(settings);
    }

    /**
     * Looks. Takes as long as the source takes, within the limits.
     *
     * @param lastMark of the file at the last look
     * @throws InterruptedException where the book is closed meanwhile
     */
    Outcome look(ListSource source, String lastMark, Instant now) throws InterruptedException {
        String list = source.config().list();
        KeptCopy copy = new KeptCopy(settings.folder(), list);
        try {
            Files.createDirectories(settings.folder());
            if (source.isUrl()) {
                return new Outcome(list, fetch.fetch(source.uri(), copy, now), "", null);
            }
            return file(source.file(), list, copy, lastMark, now);
        } catch (IOException | IllegalArgumentException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedException();
            }
            return new Outcome(list, false, lastMark, words(e));
        } finally {
            discard(copy);
        }
    }

    private Outcome file(Path file, String list, KeptCopy copy, String lastMark, Instant now) throws IOException {
        BasicFileAttributes about = Files.readAttributes(file, BasicFileAttributes.class);
        String mark = about.size() + " " + about.lastModifiedTime() + " " + about.fileKey();
        if (mark.equals(lastMark)) {
            return new Outcome(list, false, mark, null);
        }
        try (InputStream in = Files.newInputStream(file)) {
            PartWriter.write(in, false, copy.part(), settings.maxOctets());
        }
        boolean changed = !copy.isSame();
        KeptCopy.Notes notes = copy.notes();
        copy.replace(new KeptCopy.Notes(null, null, now, changed ? now : notes.changedAt()));
        return new Outcome(list, changed, mark, null);
    }

    private static void discard(KeptCopy copy) {
        try {
            Files.deleteIfExists(copy.part());
        } catch (IOException e) {
            // It is written anew next time.
        }
    }

    /** For people. */
    static String words(Exception e) {
        String message = e.getMessage();
        return switch (e) {
            case NoSuchFileException gone -> "there is no such file: " + gone.getFile();
            case AccessDeniedException denied -> "may not be read: " + denied.getFile();
            case EOFException _ -> "it ends too early";
            case HttpTimeoutException _ -> "no answer in time";
            case UnresolvedAddressException _ -> "the name of the server is not known";
            case ConnectException _ -> "no connection" + (message == null ? "" : ": " + message);
            default -> message == null ? e.getClass().getSimpleName() : message;
        };
    }
}
