package io.innkeeper.dhcp;

import io.innkeeper.config.Dhcp4Boot;
import io.innkeeper.config.Dhcp4Level;
import io.innkeeper.config.Dhcp4Lifetimes;
import io.innkeeper.config.Dhcp4OptionValues;
import io.innkeeper.config.Dhcp4Reservation;
import io.innkeeper.config.Lifetime;
import io.innkeeper.wire.dhcp4.OptionRegistry;
import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.IpAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes layers of what the levels of the configuration say, each thing with the line it comes from. */
final class PlanLayers {
    private final OptionRegistry registry;
    private final Function<String, String> whereOf;

    PlanLayers(OptionRegistry registry, Function<String, String> whereOf) {
        this.registry = registry;
        this.whereOf = whereOf;
    }

    /** {@code innkeeper.yaml:12 (dhcp4.options.routers)}. */
    String where(String path) {
        return whereOf.apply(path) + " (" + path + ")";
    }

    /**
     * A layer.
     *
     * @param name as people know the level
     * @param path of its section
     * @throws IllegalStateException if an option is none, which the check of the configuration should have found
     */
    Layer layer(String name, String path, Dhcp4Level level) {
        Map<Integer, OptionEntry> options = new HashMap<>();
        level.options().forEach((key, option) -> {
            OptionEntry entry = switch (Dhcp4OptionValues.read(registry, key, option)) {
                case Dhcp4OptionValues.Good good ->
                    new OptionEntry(good.code(), good.value(), option.always(), where(path + ".options." + key));
                case Dhcp4OptionValues.Bad bad ->
                    throw new IllegalStateException(path + ".options." + key + ": " + bad.message());
            };
            options.put(entry.code(), entry);
        });
        Layer.Lifetime lifetime = Dhcp4Lifetimes.speaks(level) ? lifetime(path, level) : null;
        Layer.Boot boot = level.boot() == null ? null : boot(path, level.boot());
        boolean silent = options.isEmpty() && lifetime == null && boot == null;
        return silent ? Layer.NOTHING : new Layer(name, options, lifetime, boot);
    }

    /** A reservation as people know it; by the last words where it has neither name nor address. */
    static String name(Dhcp4Reservation one, String otherwise) {
        IpAddress address = one.address();
        return "reservation " + (one.name() != null ? one.name() : address != null ? address.toString() : otherwise);
    }

    /**
     * A reservation.
     *
     * @param id by which users can delete it; empty for one of the configuration
     * @param name as people know it
     * @param path of its section
     */
    Plan.Reserved reserved(String id, Dhcp4Reservation one, String name, String path) {
        return new Plan.Reserved(
                id,
                one.mac(),
                one.clientId() == null
                        ? null
                        : ClientId.of(one.clientId().octets().toArray()),
                PlanAccess.octets(one.duid()),
                PlanAccess.octets(one.circuitId()),
                PlanAccess.octets(one.remoteId()),
                one.hostname(),
                bits(one.address()),
                one.name(),
                layer(name, path, one.level()),
                where(path));
    }

    /** What holds where no level says anything. */
    static Layer.Lifetime usual() {
        Dhcp4Lifetimes usual = Dhcp4Lifetimes.USUAL;
        return new Layer.Lifetime(usual.usual().seconds(), usual.leastS(), 0, 0, 0, "default");
    }

    private Layer.Lifetime lifetime(String path, Dhcp4Level level) {
        return new Layer.Lifetime(
                seconds(level.lifetime()),
                seconds(level.minLifetime()),
                seconds(level.maxLifetime()),
                seconds(level.renewAfter()),
                seconds(level.rebindAfter()),
                where(path + "." + firstKey(level)));
    }

    private static long seconds(@Nullable Lifetime said) {
        return said == null ? Layer.Lifetime.UNSAID : said.seconds();
    }

    private static String firstKey(Dhcp4Level level) {
        if (level.lifetime() != null) {
            return "lifetime";
        }
        return level.minLifetime() != null
                ? "min-lifetime"
                : level.maxLifetime() != null
                        ? "max-lifetime"
                        : level.renewAfter() != null ? "renew-after" : "rebind-after";
    }

    private Layer.Boot boot(String path, Dhcp4Boot boot) {
        return new Layer.Boot(bits(boot.nextServer()), boot.serverName(), boot.file(), where(path + ".boot"));
    }

    /** An address as 32 bits; 0 for none. */
    static int bits(@Nullable IpAddress address) {
        return address == null ? 0 : (int) address.low();
    }
}
