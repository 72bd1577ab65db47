package io.innkeeper.dns.block;

import io.innkeeper.config.DnsListForm;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What {@link ListBook} knows of one list while it runs. */
final class TrackedList {
    private static final Instant FAR = Instant.EPOCH.plus(Duration.ofDays(365_000));

    private final ListSource source;
    private final BookSettings settings;
    private final KeptCopy copy;
    private @Nullable Instant fetchedAt;
    private @Nullable Instant changedAt;
    private Instant nextAt = Instant.EPOCH;
    private int failures;
    private @Nullable String error;
    private String fileMark = "";
    private DnsListForm form;
    private ReadCounts counts = ReadCounts.NONE;
    private long octets;

    TrackedList(ListSource source, BookSettings settings) {
        this.source = source;
        this.settings = settings;
        this.form = source.config().form();
        this.copy = new KeptCopy(settings.folder(), source.config().list());
    }

    /** The same list under another number, or with other settings. */
    TrackedList as(ListSource other) {
        TrackedList same = new TrackedList(other, settings);
        same.fetchedAt = fetchedAt;
        same.changedAt = changedAt;
        same.nextAt = nextAt;
        same.failures = failures;
        same.error = error;
        same.fileMark = fileMark;
        if (failures == 0 && fetchedAt != null) {
            same.nextAt = fetchedAt.plus(other.config().refresh());
        }
        return same;
    }

    /** Takes up what an earlier run left; what was fetched not long ago is not fetched again. */
    TrackedList remembered(Instant now) {
        KeptCopy.Notes notes = copy.notes();
        fetchedAt = notes.fetchedAt();
        changedAt = notes.changedAt();
        if (source.isUrl() && fetchedAt != null && !fetchedAt.isAfter(now)) {
            nextAt = fetchedAt.plus(source.config().refresh());
        }
        return this;
    }

    boolean isOf(String list) {
        return source.config().list().equals(list);
    }

    boolean isDue(Instant now) {
        return !nextAt().isAfter(now);
    }

    void makeDue(Instant now) {
        nextAt = now;
    }

    /** When it is looked at again; far away for one that does not count. */
    Instant nextAt() {
        return source.config().enabled() ? nextAt : FAR;
    }

    void looked(SourceLook.Outcome outcome, Instant now) {
        error = outcome.error();
        fileMark = outcome.fileMark();
        failures = error == null ? 0 : failures + 1;
        if (error == null) {
            fetchedAt = now;
            changedAt = outcome.changed() || changedAt == null ? now : changedAt;
        }
        nextAt = RefreshTimes.next(now, failures, source.config().refresh(), settings.firstRetry());
    }

    void read(DnsListForm found, ReadCounts read, long size, @Nullable String trouble) {
        form = found;
        counts = read;
        octets = size;
        error = trouble == null ? error : trouble;
    }

    ListSource source() {
        return source;
    }

    String fileMark() {
        return fileMark;
    }

    /** The copy that is read. */
    Path copy() {
        return copy.file();
    }

    @Nullable
    String error() {
        return error;
    }

    ListState state() {
        return new ListState(
                source.number(),
                source.name(),
                source.config().list(),
                form,
                counts,
                octets,
                fetchedAt,
                changedAt,
                source.config().enabled() ? nextAt : null,
                error);
    }
}
