package io.innkeeper.desk;

import io.innkeeper.event.EventDraft;
import io.innkeeper.event.EventLog;
import io.innkeeper.event.EventType;
import io.innkeeper.store.Installations;
import io.innkeeper.store.Ledger;
import io.innkeeper.store.StoreException;
import io.innkeeper.view.InstallationView;
import io.innkeeper.view.Json;
import io.innkeeper.wire.net.MacAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The owner of the marks for installation. Each change is stored with its event before anybody hears of it; where the store
 * cannot write, nothing changes. Safe for any thread: one change at a time.
 */
public final class InstallationDesk {
    /**
     * How long a mark holds.
     *
     * @param patience how long it waits for the system to boot
     * @param hold how long the system is told what to boot after it was told first; null until somebody says that it ended
     */
    public record Terms(Duration patience, @Nullable Duration hold) {}

    /** There is no profile of that name. */
    public static final class NoProfileException extends Exception {
        private static final long serialVersionUID = 1;

        NoProfileException(String profile) {
            super("there is no profile '" + profile + "' in install.profiles");
        }
    }

    private final Installations installations;
    private final EventLog log;
    private final Ledger ledger;
    private final InstantSource clock;
    private final Function<String, Optional<Terms>> terms;
    private final Runnable changed;

    /**
     * An owner of what the store holds.
     *
     * @param terms by the name of a profile; empty where there is none
     * @param changed called after each change, by the thread that made it
     */
    public InstallationDesk(
            Installations installations,
            EventLog log,
            Ledger ledger,
            InstantSource clock,
            Function<String, Optional<Terms>> terms,
            Runnable changed) {
        this.installations = installations;
        this.log = log;
        this.ledger = ledger;
        this.clock = clock;
        this.terms = terms;
        this.changed = changed;
    }

    /**
     * Marks a system, whether it was ever seen or not. A mark that it has already is replaced.
     *
     * @param by who wants it, for the event
     * @throws NoProfileException if the configuration has no such profile
     * @throws StoreException if it could not be stored
     */
    public synchronized InstallationView mark(MacAddress mac, String profile, String by) throws NoProfileException {
        Terms now = terms.apply(profile).orElseThrow(() -> new NoProfileException(profile));
        Instant at = now();
        InstallationView mark = InstallationView.marked(mac.toString(), profile, at, at.plus(now.patience()));
        return commit(EventType.INSTALL_MARKED, at, mark, by);
    }

    /**
     * A system was told what to boot. Only the first time after its mark changes anything.
     *
     * @param what it was told
     * @param by who told it, such as {@code dhcp4}
     * @return the installation; empty where the system has no mark
     * @throws StoreException if it could not be stored
     */
    public synchronized Optional<InstallationView> served(MacAddress mac, String what, String by) {
        Optional<InstallationView> found = installations.find(mac).filter(InstallationView::runs);
        if (found.isEmpty() || found.get().servedAt() != null) {
            return found;
        }
        Instant at = now();
        Duration hold = terms.apply(found.get().profile()).map(Terms::hold).orElse(null);
        Instant until = hold == null ? null : at.plus(hold);
        return Optional.of(commit(EventType.INSTALL_SERVED, at, found.get().served(at, by + ": " + what, until), by));
    }

    /**
     * Ends an installation: the installer says that it is done, or a user takes the mark away.
     *
     * @param why for people
     * @param by who said so
     * @return the installation, also where it had ended before; empty where the system never had a mark
     * @throws StoreException if it could not be stored
     */
    public synchronized Optional<InstallationView> end(MacAddress mac, String why, String by) {
        Optional<InstallationView> found = installations.find(mac);
        if (found.isEmpty() || !found.get().runs()) {
            return found;
        }
        Instant at = now();
        return Optional.of(commit(EventType.INSTALL_ENDED, at, found.get().ended(at, why), by));
    }

    /**
     * Ends what is over by now.
     *
     * @return what ended
     * @throws StoreException if it could not be stored
     */
    public synchronized List<InstallationView> expire() {
        Instant now = now();
        List<InstallationView> ended = new ArrayList<>();
        for (InstallationView one : installations.running()) {
            if (one.isOver(now)) {
                String why = one.servedAt() == null ? "it did not boot from the network in time" : "it was served";
                ended.add(commit(EventType.INSTALL_ENDED, now, one.ended(now, why), "time"));
            }
        }
        return ended;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private InstallationView commit(EventType type, Instant at, InstallationView next, String by) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("mac", next.mac());
        body.put("by", by);
        body.put("installation", next);
        EventDraft draft = new EventDraft(type, at, next.mac(), Json.write(body));
        log.append(List.of(draft), events -> ledger.write(next, events));
        changed.run();
        return next;
    }
}
