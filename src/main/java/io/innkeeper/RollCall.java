package io.innkeeper;

import io.innkeeper.arp.ArpScanner;
import io.innkeeper.arp.ArpService;
import io.innkeeper.arp.ScanWorld;
import io.innkeeper.config.ArpConfig;
import io.innkeeper.config.ConfigChange;
import io.innkeeper.config.DeviceNames;
import io.innkeeper.device.Prober;
import io.innkeeper.io.Gateways;
import io.innkeeper.io.LinkChanges;
import io.innkeeper.io.LinuxLinkPort;
import io.innkeeper.io.LocalNetworks;
import io.innkeeper.io.NeighborTable;
import io.innkeeper.io.PacketFilter;
import io.innkeeper.ops.ArpMetrics;
import io.innkeeper.service.Service;
import io.innkeeper.service.Service.FailureListener;
import io.innkeeper.service.ServiceController;
import io.innkeeper.service.ServiceException;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The roll call as a part of the program: made where the configuration asks for it, kept in line with it. */
final class RollCall {
    /** The name of the service and of its section of the configuration. */
    static final String SERVICE = "arp";

    private static final Logger LOG = LoggerFactory.getLogger(RollCall.class);

    private final ServiceController services;
    private final Supplier<@Nullable ArpConfig> config;
    private final ArpMetrics metrics;
    private final ArpCounting counting;
    private final Heart heart;
    private final Supplier<DeviceNames> names;
    private volatile @Nullable ArpService service;

    /**
     * Adds its service where it is configured; call before services start.
     *
     * @param config the section as it is now
     * @param names how devices are asked for their names while it runs, as it is now
     */
    RollCall(
            Heart heart,
            ServiceController services,
            ArpMetrics metrics,
            Supplier<@Nullable ArpConfig> config,
            Supplier<DeviceNames> names) {
        this.names = names;
        this.heart = heart;
        this.services = services;
        this.config = config;
        this.metrics = metrics;
        this.counting = new ArpCounting(metrics);
        heart.desk.prober(new Asking());
        if (config.get() != null) {
            services.add(SERVICE, this::fresh);
        }
    }

    private Service fresh() {
        ArpService made = new ArpService(this::open);
        service = made;
        return made;
    }

    /** Starts, stops or adjusts it, as a change of the configuration asks. */
    void apply(ConfigChange change) {
        switch (change.step(SERVICE).kind()) {
            case START -> services.begin(SERVICE, this::fresh);
            case STOP -> {
                service = null;
                services.end(SERVICE);
            }
            case ADJUST, RESTART -> adjust();
            case SAME, REFUSED -> {}
        }
    }

    private void adjust() {
        ArpService running = service;
        ArpConfig section = config.get();
        if (running != null && section != null) {
            running.adjust(section);
        }
    }

    /** Whom the desk has asked whether they are still there. One try: the desk says how often, and how far apart. */
    private final class Asking implements Prober {
        @Override
        public void ask(MacAddress mac, IpAddress address) {
            ArpService running = service;
            if (running != null && !running.ask(mac, address, 1)) {
                LOG.debug("The roll call has too much to do to ask for {}", address);
            }
        }

        @Override
        public boolean reaches(IpAddress address) {
            ArpService running = service;
            return running != null && running.reaches(address);
        }
    }

    private ArpService.World open(FailureListener listener) throws ServiceException {
        Opened opened = new Opened();
        try {
            opened.open(listener);
            return opened;
        } catch (IOException e) {
            opened.close();
            throw new ServiceException("the roll call cannot listen: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /** All that one run has open: what is heard goes to the desk, findings become events. */
    private final class Opened implements ArpService.World {
        private final Kept open = new Kept("the roll call");
        private @Nullable ArpScanner scanner;

        void open(FailureListener listener) throws IOException {
            ArpConfig section = Objects.requireNonNull(config.get(), "arp is not configured");
            RollCallNews news = open.keep(new RollCallNews(heart, metrics));
            NeighborTable table = open.keep(NeighborTable.open());
            LinuxLinkPort port =
                    open.keep(LinuxLinkPort.open(List.of(PacketFilter.arp(), PacketFilter.neighborDiscovery()), 0));
            ScanWorld world = new ScanWorld(
                    port, table::read, LocalNetworks::read, Gateways::read, System::nanoTime, heart.clock);
            ArpScanner made = new ArpScanner(world, section, news, news, counting, listener::failed);
            scanner = open.keep(made);
            open.keep(LinkChanges.follow(made::linksChanged));
            open.keep(NameSearch.start(heart, names, made::reaches));
        }

        @Override
        public ArpScanner scanner() {
            return Objects.requireNonNull(scanner, "not open");
        }

        @Override
        public void close() {
            open.close();
        }
    }
}
