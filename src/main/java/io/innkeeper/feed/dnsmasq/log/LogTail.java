package io.innkeeper.feed.dnsmasq.log;

import io.innkeeper.feed.dnsmasq.Listener;
import io.innkeeper.feed.dnsmasq.LogIntake;
import io.innkeeper.feed.dnsmasq.Witness;
import io.innkeeper.io.FolderWatch;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Follows the file that a dnsmasq logs to, through any rotation, and goes on after a restart where it was. */
public final class LogTail implements Listener {
    /**
     * What to follow.
     *
     * @param file the file; it need not exist yet
     * @param fromBeginning whether a file that was never read before is read from its beginning, not from its end
     * @param poll how often to look although nothing said that something changed
     */
    public record Settings(Path file, boolean fromBeginning, Duration poll) {}

    private final CarrierStatus status;

    /**
     * One that does not read yet.
     *
     * @param place what {@link LogIntake#take} was given with the last lines that were stored; null for none
     */
    public LogTail(
            Settings settings, LogIntake intake, @Nullable String place, FolderWatch folders, InstantSource clock) {
        this.status = new CarrierStatus(Witness.LOG, settings.file().toString(), clock);
    }

    @Override
    public Witness witness() {
        return Witness.LOG;
    }

    @Override
    public void start(Consumer<Throwable> onFailure) {}

    @Override
    public Status status() {
        return status.now();
    }

    @Override
    public void close() {}
}
