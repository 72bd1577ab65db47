package io.innkeeper;

import io.innkeeper.api.http.DnsDesk;
import io.innkeeper.api.http.DnsOverHttps;
import io.innkeeper.config.ConfigChange;
import io.innkeeper.config.DnsConfig;
import io.innkeeper.dns.DnsService;
import io.innkeeper.io.FolderWatch;
import io.innkeeper.ops.DnsMetrics;
import io.innkeeper.service.Service;
import io.innkeeper.service.Service.FailureListener;
import io.innkeeper.service.ServiceController;
import io.innkeeper.service.ServiceException;
import io.innkeeper.wire.net.IpAddress;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Our own DNS server as a part of the program: made where the configuration asks for it, kept in line with it. */
final class OwnDns implements DnsDesk, DnsOverHttps.Resolver {
    /** The name of the service and of its section of the configuration. */
    static final String SERVICE = "dns";

    private static final Logger LOG = LoggerFactory.getLogger(OwnDns.class);

    private final Heart heart;
    private final FolderWatch folders;
    private final ServiceController services;
    private final Supplier<@Nullable DnsConfig> config;
    private volatile @Nullable DnsService service;
    private volatile UnaryOperator<List<String>> announced = _ -> List.of();

    /**
     * Adds its service where it is configured; call before services start.
     *
     * @param config the section as it is now
     */
    OwnDns(
            Heart heart,
            FolderWatch folders,
            ServiceController services,
            DnsMetrics metrics,
            Supplier<@Nullable DnsConfig> config) {
        this.heart = heart;
        this.folders = folders;
        this.services = services;
        this.config = config;
        metrics.watch(new DnsCounting(this::service));
        if (config.get() != null) {
            services.add(SERVICE, this::fresh);
        }
    }

    private Service fresh() {
        DnsService made = new DnsService(this::open);
        service = made;
        return made;
    }

    private DnsService.World open(FailureListener listener) throws ServiceException {
        DnsConfig section = Objects.requireNonNull(config.get(), "dns is not configured");
        DnsWorld world = new DnsWorld(heart, folders, section, domains -> announced.apply(domains));
        try {
            world.open(listener);
            return world;
        } catch (IOException e) {
            world.close();
            throw new ServiceException("the DNS server cannot start: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            world.close();
            throw e;
        }
    }

    @Override
    public Optional<DnsConfig> config() {
        return Optional.ofNullable(config.get());
    }

    @Override
    public Optional<DnsService> service() {
        return Optional.ofNullable(service);
    }

    @Override
    public boolean isThere() {
        DnsService running = service;
        return running != null && running.runs();
    }

    @Override
    public boolean ask(byte[] query, IpAddress client, Consumer<byte[]> answer) {
        DnsService running = service;
        return running != null
                && running.ask(query, client, (bytes, length) -> answer.accept(Arrays.copyOf(bytes, length)));
    }

    /**
     * From now on, these records are known beside those of the configuration.
     *
     * @param records lines of a zone file, of the local domains
     */
    void announce(UnaryOperator<List<String>> records) {
        announced = records;
        adjust();
    }

    private void adjust() {
        DnsService running = service;
        DnsConfig section = config.get();
        if (running != null && section != null && running.runs()) {
            running.adjust(section);
        }
    }

    /** Starts, stops or adjusts it, as a change of the configuration asks. */
    void apply(ConfigChange change) {
        switch (change.step(SERVICE).kind()) {
            case START -> services.begin(SERVICE, this::fresh);
            case STOP -> {
                service = null;
                services.end(SERVICE);
            }
            case RESTART ->
                services.restart(SERVICE, reason -> LOG.error("The service dns does not start: {}", reason));
            case ADJUST -> adjust();
            case SAME, REFUSED -> {}
        }
    }
}
