package io.innkeeper;

import io.innkeeper.api.http.InstallationRoutes;
import io.innkeeper.api.http.Route;
import io.innkeeper.config.Config;
import io.innkeeper.config.ConfigChange;
import io.innkeeper.config.Dhcp4Config;
import io.innkeeper.config.Dhcp4OptionValues;
import io.innkeeper.config.DurationText;
import io.innkeeper.config.InstallConfig;
import io.innkeeper.config.InstallEnds;
import io.innkeeper.config.InstallProfile;
import io.innkeeper.desk.InstallationDesk;
import io.innkeeper.desk.InstallationDesk.Terms;
import io.innkeeper.dhcp.BootProfile;
import io.innkeeper.dhcp.InstallPlan;
import io.innkeeper.install.DnsmasqSnippet;
import io.innkeeper.store.Installations;
import io.innkeeper.store.StoreException;
import io.innkeeper.view.InstallationView;
import io.innkeeper.wire.dhcp4.OptionRegistry;
import io.innkeeper.wire.net.MacAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Marks for installation as a part of the program: who is told of them, and how long they last. */
final class Installing implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Installing.class);
    private static final InstallConfig NOTHING = new InstallConfig(List.of(), Duration.ofDays(1), null);

    /** For so long a dnsmasq is told that a mark is over: it need only read it once. */
    private static final Duration OVER_KEPT = Duration.ofDays(30);

    final Installations installations;
    final InstallationDesk desk;
    private final Heart heart;
    private final Supplier<Config> config;
    private final Function<String, String> whereOf;
    private final ServedByDnsmasq byDnsmasq;
    private volatile Runnable listener = () -> {};
    private volatile @Nullable String trouble;
    private @Nullable Path written;

    /**
     * What the store holds; nobody is told yet.
     *
     * @param config as it is now
     * @param whereOf from a key to the line where it was written
     */
    Installing(Heart heart, Supplier<Config> config, Function<String, String> whereOf) {
        this.heart = heart;
        this.config = config;
        this.whereOf = whereOf;
        this.installations = new Installations(heart.database);
        this.desk =
                new InstallationDesk(installations, heart.log, heart.ledger, heart.clock, this::terms, this::changed);
        this.byDnsmasq = new ServedByDnsmasq(heart.log, this::servedByDnsmasq);
    }

    /**
     * Begins to tell who is concerned, and to hear of what others did.
     *
     * @param then called after each change, and now
     */
    void start(Runnable then) {
        listener = then;
        changed();
        byDnsmasq.start();
    }

    /** A dnsmasq that has not read the newest mark yet told what an older one says. */
    private void servedByDnsmasq(MacAddress mac, String profile, String by) {
        boolean isThis = installations
                .find(mac)
                .filter(one -> one.profile().equals(profile))
                .isPresent();
        if (isThis) {
            served(mac, "profile " + profile, by);
        }
    }

    /** The section; one without profiles where there is none. */
    InstallConfig section() {
        InstallConfig now = config.get().install();
        return now == null ? NOTHING : now;
    }

    private Optional<Terms> terms(String profile) {
        InstallConfig now = section();
        return now.profile(profile)
                .map(one -> new Terms(now.expires(), one.ends() == InstallEnds.AFTER_SERVED ? one.hold() : null));
    }

    private OptionRegistry registry() {
        Dhcp4Config dhcp4 = config.get().dhcp4();
        return dhcp4 == null ? OptionRegistry.IANA : Dhcp4OptionValues.registryOf(dhcp4);
    }

    /** Whom our own server tells what to boot. */
    InstallPlan plan() {
        Map<String, BootProfile> profiles = new HashMap<>();
        List<InstallProfile> all = section().profiles();
        for (int i = 0; i < all.size(); i++) {
            profiles.put(
                    all.get(i).name(),
                    InstallPlan.profile(all.get(i), "install.profiles[" + i + "]", registry(), whereOf));
        }
        Map<MacAddress, InstallPlan.Mark> marks = new HashMap<>();
        for (InstallationView one : installations.running()) {
            BootProfile profile = profiles.get(one.profile());
            if (profile != null) {
                long untilMs =
                        one.until() == null ? Long.MAX_VALUE : one.until().toEpochMilli();
                MacAddress.parse(one.mac()).ifPresent(mac -> marks.put(mac, new InstallPlan.Mark(profile, untilMs)));
            }
        }
        return new InstallPlan(marks);
    }

    /** What keeps the file for dnsmasq from being written; null where all is well. */
    @Nullable
    String trouble() {
        return trouble;
    }

    /** What the API can do with them. */
    List<Route> routes() {
        return new InstallationRoutes(
                        installations, desk, this::profiles, this::snippet, this::hosts, heart.audit, heart.clock)
                .routes();
    }

    private List<InstallationRoutes.InstallProfileView> profiles() {
        return section().profiles().stream()
                .map(one -> new InstallationRoutes.InstallProfileView(
                        one.name(),
                        boots(one),
                        one.ends() == InstallEnds.AFTER_SERVED ? "after-served" : "confirmed",
                        DurationText.write(one.hold())))
                .toList();
    }

    private static List<String> boots(InstallProfile profile) {
        List<String> boots = new ArrayList<>();
        profile.files().byArchitecture().keySet().forEach(kind -> boots.add(kind.text()));
        profile.http().byArchitecture().keySet().forEach(kind -> boots.add("http " + kind.text()));
        if (profile.ipxe() != null) {
            boots.add("ipxe");
        }
        return boots;
    }

    /** Lines for the configuration of a dnsmasq. */
    String snippet() {
        InstallConfig now = section();
        Path file = now.dnsmasqFile();
        String folder =
                file == null ? null : String.valueOf(file.toAbsolutePath().getParent());
        return DnsmasqSnippet.configuration(now, registry(), folder, installations.running());
    }

    /** The file for a folder that a dnsmasq reads, wherever that is. */
    String hosts() {
        Set<String> profiles =
                section().profiles().stream().map(InstallProfile::name).collect(Collectors.toSet());
        Instant since = heart.clock.instant().minus(OVER_KEPT);
        return DnsmasqSnippet.hosts(profiles, installations.running(), installations.endedSince(since));
    }

    /** The configuration or a mark is another: everybody concerned is told. */
    synchronized void changed() {
        listener.run();
        Path file = section().dnsmasqFile();
        if (file != null) {
            write(file);
        } else if (written == null) {
            trouble = null;
        }
        Path before = written;
        if (before != null && !before.equals(file)) {
            LOG.info("{} is not kept any more; what a dnsmasq read of it stays until it is restarted", before);
        }
        written = file;
    }

    /** A change of the configuration is in force. */
    void applied(ConfigChange change) {
        if (change.step("install").kind() != ConfigChange.Kind.SAME
                || change.step(OwnDhcp.SERVICE).kind() != ConfigChange.Kind.SAME) {
            changed();
        }
    }

    /** In one piece: a dnsmasq reads it the moment it is there. Files whose names begin with a dot it leaves alone. */
    private void write(Path file) {
        Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
        try {
            Files.writeString(fresh, hosts());
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            if (trouble != null) {
                LOG.info("The marks for installation are written to {} again", file);
            }
            trouble = null;
        } catch (IOException | StoreException e) {
            String why = "install.dnsmasq-file " + file + " cannot be written: " + e;
            if (!why.equals(trouble)) {
                LOG.error("{}", why);
            }
            trouble = why;
        }
    }

    /** Ends what is over, and tries again what could not be written. */
    void tick() {
        try {
            desk.expire();
            if (trouble != null) {
                changed();
            }
        } catch (StoreException e) {
            LOG.warn("Marks for installation that are over could not be ended: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        byDnsmasq.close();
    }

    /** A client was told what to boot. */
    void served(MacAddress mac, String what, String by) {
        try {
            desk.served(mac, what, by);
        } catch (StoreException e) {
            LOG.error("That {} was told what to boot could not be stored: {}", mac, e.getMessage());
        }
    }
}
