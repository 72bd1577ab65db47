package io.innkeeper.feed.dnsmasq.log;

import io.innkeeper.feed.dnsmasq.Listener;
import io.innkeeper.feed.dnsmasq.LogIntake;
import io.innkeeper.feed.dnsmasq.Witness;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Follows a systemd journal by {@code journalctl}, and goes on after a restart behind the entry where it was. */
public final class JournalTail implements Listener {
    /**
     * What to follow.
     *
     * @param directory a folder of journal files; null for the journal of this machine
     * @param unit the unit that dnsmasq runs in; null for any
     * @param fromBeginning whether a journal that was never read before is read from its beginning, not from its end
     * @param program the program {@code journalctl}
     */
    public record Settings(@Nullable Path directory, @Nullable String unit, boolean fromBeginning, Path program) {}

    private final CarrierStatus status;

    /**
     * One that does not read yet.
     *
     * @param place what {@link LogIntake#take} was given with the last lines that were stored; null for none
     */
    public JournalTail(Settings settings, LogIntake intake, @Nullable String place, InstantSource clock) {
        this.status = new CarrierStatus(Witness.JOURNAL, "", clock);
    }

    @Override
    public Witness witness() {
        return Witness.JOURNAL;
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
