package io.innkeeper;

import io.innkeeper.config.DevicePresence;
import io.innkeeper.config.DevicesConfig;
import io.innkeeper.config.LimitsConfig;
import io.innkeeper.desk.Attendance;
import io.innkeeper.desk.Desk;
import io.innkeeper.desk.Naming;
import io.innkeeper.device.Device;
import io.innkeeper.device.DeviceTable;
import io.innkeeper.device.PresenceSettings;
import io.innkeeper.device.Vendors;
import io.innkeeper.event.EventDraft;
import io.innkeeper.event.EventLog;
import io.innkeeper.lease.LeaseBook;
import io.innkeeper.lease.LeaseSource;
import io.innkeeper.store.Audit;
import io.innkeeper.store.Commit;
import io.innkeeper.store.Database;
import io.innkeeper.store.DeviceQueries;
import io.innkeeper.store.EventQueries;
import io.innkeeper.store.LeaseQueries;
import io.innkeeper.store.Ledger;
import io.innkeeper.store.MapQueries;
import io.innkeeper.store.PresenceQueries;
import io.innkeeper.store.ReservationStore;
import io.innkeeper.store.Settings;
import io.innkeeper.store.StoreException;
import io.innkeeper.store.SystemNames;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The heart of the picture, wired: store, event log, vendors, and the desk that owns leases and devices. */
final class Heart implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Heart.class);

    /** Devices read at once at the start; the desk brings in others when they are seen again. */
    private static final int DEVICES_AT_START = 5_000;

    final LimitsConfig limits;
    final Database database;
    final InstantSource clock;
    final LeaseQueries leases;
    final DeviceQueries devices;
    final PresenceQueries presences;
    final MapQueries map;
    final EventQueries events;
    final ReservationStore reservations;
    final Settings settings;
    final Audit audit;
    final EventLog log;
    final Desk desk;
    final Vendors vendors;
    final SystemNames names;
    final HostNaming naming;
    final Ledger ledger;

    /**
     * Reads what the store holds.
     *
     * @param config how devices are remembered and watched, asked anew now and then
     * @param limits for as long as it lives
     * @throws StoreException if the store cannot be read
     */
    Heart(
            Database database,
            InstantSource clock,
            Counting counting,
            Supplier<DevicesConfig> config,
            LimitsConfig limits) {
        this.limits = limits;
        this.database = database;
        this.clock = clock;
        vendors = readVendors();
        leases = new LeaseQueries(database);
        Kinds kinds = new Kinds(() -> config.get().fingerprints());
        devices = new DeviceQueries(database, kinds);
        presences = new PresenceQueries(database);
        map = new MapQueries(database, () -> config.get().presence().offlineAfter());
        events = new EventQueries(database);
        reservations = new ReservationStore(database);
        settings = new Settings(database);
        audit = new Audit(database);
        ledger = new Ledger(database, vendors::vendorOf);
        log = new EventLog(events.newest(), limits.eventsInMemory());
        List<Device> newest = devices.newest(DEVICES_AT_START);
        names = new SystemNames(database);
        naming = new HostNaming(() -> config.get().hostnames());
        Naming called = Naming.of(names, naming, vendors::vendorOf);
        Attendance attendance = Attendance.of(
                presences, () -> settings(config.get().presence()), kinds, limits.devicesWatched(), called);
        IntSupplier maxDevices = () -> config.get().max();
        desk = new Desk(
                new LeaseBook(Stream.of(LeaseSource.DNSMASQ, LeaseSource.RDK)
                        .flatMap(origin -> leases.all(origin).stream())
                        .toList()),
                new DeviceTable(newest, (int) devices.count(), maxDevices.getAsInt()),
                attendance,
                maxDevices,
                vendors::vendorOf,
                log,
                ledger,
                reservations,
                clock,
                counting,
                new Desk.Limits(limits.deskQueue(), limits.sightings(), limits.devicesInMemory()));
        // The first thing it does, so that nobody waits for it who needs no verdict.
        desk.inTurn(() -> attendance.read(presences, newest));
        desk.inTurn(() -> called.read(DEVICES_AT_START));
    }

    private static PresenceSettings settings(DevicePresence presence) {
        return new PresenceSettings(
                presence.idleAfter(),
                presence.offlineAfter(),
                presence.probe().tries(),
                presence.probe().spacing());
    }

    static Vendors readVendors() {
        try (InputStream stream = Vendors.class.getResourceAsStream(Vendors.RESOURCE)) {
            if (stream == null) {
                throw new IllegalStateException("the vendor table is missing from the program");
            }
            return Vendors.parse(stream.readAllBytes());
        } catch (IOException e) {
            throw new IllegalStateException("the vendor table cannot be read", e);
        }
    }

    /** Tells what is neither a lease nor a device. A store that cannot write costs the event, not the service. */
    void tell(EventDraft draft) {
        try {
            Commit nothing = new Commit(List.of(), List.of(), draft.at());
            log.append(List.of(draft), events -> ledger.write(nothing, events));
        } catch (StoreException e) {
            LOG.error(
                    "The event {} about {} could not be stored: {}",
                    draft.type().text(),
                    draft.subject(),
                    e.getMessage());
        }
    }

    /** Forgets what is older than is kept. */
    void prune(long keepEvents, Duration keepHistory) {
        try {
            Instant now = clock.instant();
            while (ledger.prune(log.newest() - keepEvents + 1, now, keepHistory)) {
                LOG.debug("More old rows to remove");
            }
        } catch (StoreException e) {
            LOG.warn("Old rows could not be removed: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        desk.close();
        log.close();
        database.close();
    }
}
