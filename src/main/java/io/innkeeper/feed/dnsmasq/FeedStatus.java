package io.innkeeper.feed.dnsmasq;

import io.innkeeper.wire.dnsmasq.LeaseFileContent;
import io.innkeeper.wire.dnsmasq.LeaseFileContent.Rejected;
import io.innkeeper.wire.dnsmasq.LeaseLine;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a feed is: written by its thread, read by any. */
final class FeedStatus {
    /** How long after its end a lease in the file is called overdue. */
    private static final Duration OVERDUE = Duration.ofMinutes(2);

    private enum File {
        NONE,
        WAITING,
        WATCHING,
        ABSENT,
        UNREADABLE
    }

    private final String name;
    private final @Nullable Path leaseFile;
    private File file;
    private String reason = "";
    private long looks;
    private long noticesHeard;
    private @Nullable Instant lastReadAt;
    private @Nullable Instant lastChangeAt;
    private List<LeaseLine> lines = List.of();
    private int toldCount;
    private int rejectedCount;
    private List<Rejected> rejected = List.of();
    private DnsmasqSetup setup = DnsmasqSetup.empty();
    private List<Witness> silent = List.of();

    FeedStatus(String name, @Nullable Path leaseFile) {
        this.name = name;
        this.leaseFile = leaseFile;
        this.file = leaseFile == null ? File.NONE : File.WAITING;
    }

    synchronized void fileUnchanged() {
        file = File.WATCHING;
    }

    synchronized void fileAbsent() {
        file = file == File.WAITING ? File.WAITING : File.ABSENT;
    }

    synchronized void fileUnreadable(String why) {
        file = File.UNREADABLE;
        reason = why;
    }

    synchronized void fileRead(LeaseFileContent content, Instant now) {
        file = File.WATCHING;
        looks++;
        lastReadAt = now;
        rejectedCount = content.rejectedCount();
        rejected = content.rejected();
    }

    synchronized void leases(List<LeaseLine> current) {
        lines = current;
    }

    synchronized void told(int count) {
        toldCount = count;
    }

    synchronized void setup(DnsmasqSetup current) {
        setup = current;
    }

    synchronized void noticeHeard(Witness by) {
        noticesHeard += by == Witness.SCRIPT ? 1 : 0;
    }

    synchronized void changed(Instant now) {
        lastChangeAt = now;
    }

    synchronized void silent(Set<Witness> now) {
        silent = List.copyOf(now);
    }

    /** @param listeners how those are who listen beside file and script */
    synchronized SourceStatus now(Instant now, List<Listener.Status> listeners) {
        long late = now.minus(OVERDUE).getEpochSecond();
        int overdue = (int) lines.stream()
                .filter(line -> !line.isInfinite() && !line.isLength() && line.expires() < late)
                .count();
        return new SourceStatus(
                name,
                leaseFile == null ? null : leaseFile.toString(),
                state(),
                message(overdue, listeners),
                lines.size() + toldCount,
                overdue,
                looks,
                noticesHeard,
                lastReadAt,
                lastChangeAt,
                rejectedCount,
                rejected,
                setup.problems().stream().map(Object::toString).limit(100).toList(),
                setup.reservations().size(),
                setup.watched().size(),
                listeners.stream().map(WayStatus::of).toList(),
                silent.stream().map(Witness::text).toList());
    }

    private String state() {
        return switch (file) {
            case NONE, WATCHING -> "watching";
            case WAITING -> "waiting";
            case ABSENT -> "absent";
            case UNREADABLE -> "unreadable";
        };
    }

    private @Nullable String message(int overdue, List<Listener.Status> listeners) {
        List<String> messages = new ArrayList<>();
        String ofFile = message(overdue);
        if (ofFile != null) {
            messages.add(ofFile);
        }
        for (Listener.Status listener : listeners) {
            if (listener.message() != null && listener.state() != Listener.State.OFF) {
                messages.add(listener.witness().text() + ": " + listener.message());
            }
        }
        return messages.isEmpty() ? null : String.join("; ", messages);
    }

    private @Nullable String message(int overdue) {
        return switch (file) {
            case WAITING -> "no lease file at " + leaseFile + " yet; waiting for it";
            case ABSENT -> "the lease file " + leaseFile + " is gone; its leases stand until it is back";
            case UNREADABLE -> "the lease file " + leaseFile + " cannot be read: " + reason;
            case NONE, WATCHING ->
                overdue > 0
                        ? overdue + " leases should have ended: dnsmasq is not running, or its clock differs from ours"
                        : rejectedCount > 0 ? "the lease file has lines that make no sense: " + rejectedCount : null;
        };
    }
}
