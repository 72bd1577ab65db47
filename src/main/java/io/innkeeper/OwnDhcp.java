package io.innkeeper;

import io.innkeeper.api.http.Dhcp4Desk;
import io.innkeeper.api.http.Dhcp4Routes;
import io.innkeeper.api.http.ReservationRoutes;
import io.innkeeper.api.http.Route;
import io.innkeeper.api.http.TakeoverRoutes;
import io.innkeeper.config.ConfigChange;
import io.innkeeper.config.Dhcp4Config;
import io.innkeeper.desk.OwnLeases;
import io.innkeeper.dhcp.Dhcp4Commands;
import io.innkeeper.dhcp.Dhcp4Service;
import io.innkeeper.dhcp.ExceptionBook;
import io.innkeeper.dhcp.OwnDocuments;
import io.innkeeper.dhcp.Plan;
import io.innkeeper.dhcp.PlanBuilder;
import io.innkeeper.dhcp.ReservationBook;
import io.innkeeper.dhcp.Takeover;
import io.innkeeper.feed.dnsmasq.Dhcp4Section;
import io.innkeeper.feed.dnsmasq.DnsmasqService;
import io.innkeeper.io.LocalNetworks;
import io.innkeeper.lease.LeaseSource;
import io.innkeeper.ops.DhcpMetrics;
import io.innkeeper.service.Service;
import io.innkeeper.service.Service.FailureListener;
import io.innkeeper.service.ServiceController;
import io.innkeeper.service.ServiceException;
import io.innkeeper.store.OwnDocumentStore;
import io.innkeeper.store.StoreException;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Our own DHCP server as a part of the program: made where the configuration asks for it, kept in line with it. */
final class OwnDhcp implements Dhcp4Desk {
    /** The name of the service and of its section of the configuration. */
    static final String SERVICE = "dhcp4";

    private static final Logger LOG = LoggerFactory.getLogger(OwnDhcp.class);

    private final Heart heart;
    private final ServiceController services;
    private final DhcpCounting counting;
    private final Supplier<@Nullable Dhcp4Config> config;
    private final Function<String, String> whereOf;
    private final Installing installing;
    private final ReservationBook reservations;
    private final ExceptionBook exceptions;
    private volatile @Nullable Dhcp4Service service;

    /**
     * Not started.
     *
     * @param config the section as it is now
     * @param whereOf from a key to the line where it was written
     * @param installing who is to be told what to boot
     */
    OwnDhcp(
            Heart heart,
            ServiceController services,
            DhcpCounting counting,
            Supplier<@Nullable Dhcp4Config> config,
            Function<String, String> whereOf,
            Installing installing) {
        this.heart = heart;
        this.services = services;
        this.counting = counting;
        this.config = config;
        this.whereOf = whereOf;
        this.installing = installing;
        SecureRandom random = new SecureRandom();
        Supplier<String> freshId = () -> HexFormat.of().toHexDigits(random.nextInt());
        this.reservations =
                new ReservationBook(documents(OwnDocumentStore.reservations(heart.database)), freshId, whereOf);
        this.exceptions = new ExceptionBook(
                documents(OwnDocumentStore.exceptions(heart.database)), freshId, heart.clock, whereOf);
    }

    private OwnDocuments documents(OwnDocumentStore store) {
        return new OwnDocuments() {
            @Override
            public List<Document> all() {
                return store.all().entrySet().stream()
                        .map(one -> new Document(one.getKey(), one.getValue()))
                        .toList();
            }

            @Override
            public void change(List<Document> put, List<String> remove, String who) {
                Map<String, String> documents = new LinkedHashMap<>();
                put.forEach(one -> documents.put(one.id(), one.json()));
                store.change(documents, remove, who, heart.clock.instant());
            }
        };
    }

    @Override
    public Optional<Dhcp4Config> config() {
        return Optional.ofNullable(config.get());
    }

    @Override
    public Optional<Dhcp4Service> service() {
        return Optional.ofNullable(service);
    }

    @Override
    public ReservationBook reservations() {
        return reservations;
    }

    @Override
    public ExceptionBook exceptions() {
        return exceptions;
    }

    @Override
    public void changed() {
        adjust();
        list();
    }

    /** One at a time: a plan that was made first must not come last. */
    private synchronized void adjust() {
        Dhcp4Service running = service;
        if (running != null) {
            running.adjust();
        }
    }

    /** The marks for installation, or what they mean, changed: the server is told, if it runs. */
    synchronized void installsChanged() {
        Dhcp4Service running = service;
        if (running != null) {
            running.installs(installing.plan());
        }
    }

    /** Writes down what is reserved, for the list of the API. */
    synchronized void list() {
        try {
            heart.reservations.replaceViews(LeaseSource.SERVER, reservations.listed(config.get()));
        } catch (StoreException e) {
            LOG.error("The list of reservations could not be written: {}", e.getMessage());
        }
    }

    /** A change is in force: what was made of it while it was carried out knows the lines of the old file. */
    void applied(ConfigChange change) {
        if (change.step(SERVICE).kind() != ConfigChange.Kind.SAME) {
            changed();
        }
    }

    /** Forgets what is over. */
    void prune() {
        try {
            config().ifPresent(exceptions::prune);
        } catch (StoreException e) {
            LOG.warn("Exceptions that are over could not be removed: {}", e.getMessage());
        }
    }

    /**
     * What the API can do with it.
     *
     * @param watched the dnsmasqs that are watched; empty before they are
     */
    List<Route> routes(DhcpMetrics metrics, Supplier<Optional<DnsmasqService>> watched) {
        List<Route> routes = new ArrayList<>();
        routes.addAll(new ReservationRoutes(heart.reservations, heart.leases, this).routes());
        routes.addAll(new Dhcp4Routes(this, metrics).routes());
        routes.addAll(new TakeoverRoutes(
                        this,
                        this::leasesOfDnsmasq,
                        () -> watched.get().map(DnsmasqService::setups).orElseGet(LinkedHashMap::new),
                        OwnDhcp::localAddresses,
                        heart.audit,
                        heart.clock)
                .routes());
        return routes;
    }

    private List<Takeover.Candidate> leasesOfDnsmasq(String name) {
        return heart.leases.all(LeaseSource.dnsmasq(name)).stream()
                .map(lease -> new Takeover.Candidate(
                        lease,
                        OwnLeases.bindings(List.of(lease)).stream().findFirst().orElse(null)))
                .toList();
    }

    private static List<Dhcp4Section.LocalAddress> localAddresses() {
        return LocalNetworks.read().byIndex().values().stream()
                .filter(one -> !one.loopback())
                .flatMap(one -> one.addresses().stream()
                        .filter(each -> !each.address().v6())
                        .map(each -> new Dhcp4Section.LocalAddress(one.name(), each.address(), each.prefixLength())))
                .toList();
    }

    /** A new instance of the service, not started. */
    Service fresh() {
        Dhcp4Service made = new Dhcp4Service(
                this::open, this::plan, new Dhcp4Commands(this::section, exceptions, this::changed, heart.clock));
        made.installs(installing.plan());
        service = made;
        installsChanged(); // what was marked between the two lines
        return made;
    }

    /** Starts, stops or adjusts the server, as a change of the configuration asks. */
    void apply(ConfigChange.Kind kind) {
        switch (kind) {
            case START -> services.begin(SERVICE, this::fresh);
            case STOP -> {
                service = null;
                services.end(SERVICE);
            }
            case RESTART ->
                services.restart(SERVICE, reason -> LOG.error("The service dhcp4 does not start: {}", reason));
            case ADJUST -> adjust();
            case SAME, REFUSED -> {}
        }
        if (kind != ConfigChange.Kind.SAME && kind != ConfigChange.Kind.REFUSED) {
            list();
        }
    }

    private Dhcp4Config section() {
        return Objects.requireNonNull(config.get(), "dhcp4 is not configured");
    }

    private Plan plan() {
        Dhcp4Config section = section();
        return PlanBuilder.of(section, whereOf, reservations.own(section), exceptions.own(section));
    }

    private Dhcp4Service.World open(Supplier<Plan> plan, FailureListener listener) throws ServiceException {
        DhcpWorld world = new DhcpWorld(heart, section(), counting, installing);
        try {
            world.open(plan.get(), listener);
            return world;
        } catch (StoreException | IOException e) {
            world.close();
            throw new ServiceException(String.valueOf(e.getMessage()), e);
        } catch (RuntimeException e) {
            world.close();
            throw e;
        }
    }
}
