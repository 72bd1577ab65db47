package io.innkeeper.desk;

import io.innkeeper.device.Device;
import io.innkeeper.device.DeviceChange;
import io.innkeeper.device.DeviceLink;
import io.innkeeper.device.DeviceTable;
import io.innkeeper.device.Evidence;
import io.innkeeper.device.Fingerprint;
import io.innkeeper.device.Fingerprints;
import io.innkeeper.device.LinkBook;
import io.innkeeper.device.LinkFinder;
import io.innkeeper.device.Presence;
import io.innkeeper.device.PresenceBook;
import io.innkeeper.device.PresenceChange;
import io.innkeeper.device.PresenceSettings;
import io.innkeeper.device.Prober;
import io.innkeeper.device.Turns;
import io.innkeeper.store.PresenceQueries;
import io.innkeeper.view.DeviceView;
import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the desk knows of devices beyond the table: who is there, and who is whom. Belongs to the desk's thread from the desk's
 * start on, except {@link #prober(Prober)}.
 */
public final class Attendance {
    /** A device that is known for longer has been itself for too long to be somebody else. */
    private static final Duration NEW = Duration.ofHours(1);

    private final int watched;
    private final PresenceBook book;
    private final LinkBook links;
    private final Turns turns = new Turns();
    private final LinkFinder finder = new LinkFinder();
    private final Supplier<PresenceSettings> settings;
    private final Supplier<Fingerprints> fingerprints;
    private final Naming naming;
    private volatile @Nullable Prober prober;

    private Attendance(
            Collection<DeviceLink> links,
            Supplier<PresenceSettings> settings,
            Supplier<Fingerprints> fingerprints,
            int watched,
            Naming naming) {
        this.naming = naming;
        this.watched = watched;
        this.book = new PresenceBook(settings.get(), watched);
        this.links = new LinkBook(links);
        this.settings = settings;
        this.fingerprints = fingerprints;
    }

    /** Knows nothing yet. */
    public static Attendance empty() {
        return new Attendance(
                List.of(), () -> PresenceSettings.USUAL, () -> Fingerprints.NONE, PresenceBook.MOST, Naming.nobody());
    }

    /**
     * Knows the links that the store holds; {@link #read} is to follow.
     *
     * @param settings asked anew now and then
     * @param fingerprints asked anew for each event
     * @param watched how many devices are judged at a time
     */
    public static Attendance of(
            PresenceQueries stored,
            Supplier<PresenceSettings> settings,
            Supplier<Fingerprints> fingerprints,
            int watched) {
        return of(stored, settings, fingerprints, watched, Naming.nobody());
    }

    /**
     * As {@link #of(PresenceQueries, Supplier, Supplier, int)}.
     *
     * @param naming what systems are called
     */
    public static Attendance of(
            PresenceQueries stored,
            Supplier<PresenceSettings> settings,
            Supplier<Fingerprints> fingerprints,
            int watched,
            Naming naming) {
        return new Attendance(stored.links(LinkBook.MOST), settings, fingerprints, watched, naming);
    }

    /**
     * Learns what the store holds: as many devices as are judged, those that are there first. By the desk's thread,
     * before all else.
     *
     * @param newest the devices in memory
     */
    public void read(PresenceQueries stored, Collection<Device> newest) {
        stored.all(watched).forEach(book::load);
        stored.held(watched).forEach(held -> book.held(held.mac(), held.address(), held.until()));
        stored.clients(watched).forEach(finder::note);
        newest.forEach(finder::note);
    }

    /** By whom devices are asked whether they are there; null for nobody. Safe for any thread. */
    public void prober(@Nullable Prober next) {
        prober = next;
    }

    boolean holds(MacAddress mac) {
        return book.holds(mac);
    }

    void load(Presence stored) {
        book.load(stored);
    }

    /** The device that an address is linked to; null for none. */
    @Nullable
    MacAddress linkedTo(MacAddress mac) {
        DeviceLink link = links.of(mac);
        return link == null ? null : link.to();
    }

    Optional<PresenceChange> seen(
            MacAddress mac, @Nullable IpAddress address, Evidence kind, Instant at, Instant now, Outcome out) {
        Optional<PresenceChange> change = book.seen(mac, address, kind, at, now);
        change.ifPresent(out.presences::add);
        return change;
    }

    void held(MacAddress mac, IpAddress address, Instant until) {
        book.held(mac, address, until);
    }

    void left(MacAddress mac, IpAddress address) {
        book.left(mac, address);
    }

    void client(MacAddress mac, ClientId client, Outcome out) {
        if (finder.note(mac, client)) {
            out.clients.put(mac, client);
        }
    }

    void silent(MacAddress mac, Instant now) {
        book.silent(mac, now);
    }

    List<PresenceChange> look(Instant now, Outcome out) {
        book.settings(settings.get());
        Prober asking = prober;
        PresenceBook.Look look = book.look(now, address -> asking != null && asking.reaches(address));
        out.presences.addAll(look.changes());
        out.questions.addAll(look.questions());
        return look.changes();
    }

    /** Asks what was to be asked. */
    void ask(List<PresenceBook.Question> questions) {
        Prober asking = prober;
        if (asking != null) {
            questions.forEach(question -> asking.ask(question.mac(), question.address()));
        }
    }

    /** Whom a device that changed may be; empty for nobody or nothing new. */
    Optional<DeviceLink> suggest(DeviceChange change, DeviceTable table, Instant now) {
        Device device = change.device();
        if (change instanceof DeviceChange.Changed || change instanceof DeviceChange.Discovered) {
            finder.note(device);
        }
        boolean isNew = Duration.between(device.firstSeenAt(), now).compareTo(NEW) <= 0;
        return isNew && device.mac().isLocallyAdministered()
                ? finder.suggest(device, table::get, links, now)
                : Optional.empty();
    }

    void enter(DeviceLink link, Outcome out) {
        links.enter(link);
        out.links.add(link);
    }

    /** The suggestions that cannot be, now that a device was heard: it and another are both there. */
    List<DeviceLink> refuted(MacAddress heard, Instant at) {
        Stream<DeviceLink> toOther =
                Optional.ofNullable(links.of(heard))
                        .filter(link -> link.state() == DeviceLink.State.SUGGESTED)
                        .stream();
        Stream<DeviceLink> fromOthers =
                links.suggestedTo(heard).stream().flatMap(mac -> links.between(mac, heard).stream());
        return Stream.concat(toOther, fromOthers)
                .filter(link -> {
                    Presence other = book.get(link.mac().equals(heard) ? link.to() : link.mac());
                    boolean isThere = other != null && other.state() == Presence.State.ONLINE;
                    return turns.areTwo(link, heard, isThere, at);
                })
                .map(link -> link.in(DeviceLink.State.REJECTED, at))
                .toList();
    }

    /** What the owner says: the link in that state, and what else can then no longer be. */
    List<DeviceLink> decided(MacAddress mac, MacAddress to, DeviceLink.State state, Instant now) {
        DeviceLink link = links.between(mac, to)
                .orElseGet(() -> new DeviceLink(mac, to, state, 1, List.of("the owner says so"), now));
        DeviceLink current = links.of(mac);
        DeviceLink back = links.of(to);
        boolean confirms = state == DeviceLink.State.CONFIRMED;
        boolean circle = confirms && links.root(to).equals(mac) && back != null;
        return Stream.of(
                        confirms && current != null && !current.to().equals(to)
                                ? current.in(DeviceLink.State.REJECTED, now)
                                : null,
                        circle && back != null ? back.in(DeviceLink.State.REJECTED, now) : null,
                        links.between(mac, to).map(DeviceLink::state).orElse(null) == state
                                ? null
                                : link.in(state, now))
                .filter(Objects::nonNull)
                .toList();
    }

    /** What systems are called. */
    Naming naming() {
        return naming;
    }

    /** What a name may be made of, beside the device itself. */
    Naming.Beside traits(Device device, @Nullable String vendor) {
        DeviceLink link = links.of(device.mac());
        boolean confirmed = link != null && link.state() == DeviceLink.State.CONFIRMED;
        return new Naming.Beside(
                vendor,
                fingerprints.get().kindOf(Fingerprint.of(device.details())),
                link != null && confirmed ? link.to() : null);
    }

    /** What is known of a device beside what it is. */
    DeviceView.Beside beside(Device device, @Nullable String vendor, @Nullable String allocation, DeviceTable table) {
        DeviceLink link = links.of(device.mac());
        Device linked = link == null ? null : table.get(link.to());
        return new DeviceView.Beside(
                vendor,
                allocation,
                book.get(device.mac()),
                fingerprints.get().kindOf(Fingerprint.of(device.details())),
                link,
                linked == null ? null : linked.name(),
                linked == null ? null : linked.notes(),
                naming.of(device.mac()));
    }

    /** What a device is called: by its own name, else by that of the device that it is. */
    @Nullable
    String nameOf(@Nullable Device device, DeviceTable table) {
        if (device == null || device.name() != null) {
            return device == null ? null : device.name();
        }
        DeviceLink link = links.of(device.mac());
        Device linked = link != null && link.state() == DeviceLink.State.CONFIRMED ? table.get(link.to()) : null;
        return linked == null ? null : linked.name();
    }
}
