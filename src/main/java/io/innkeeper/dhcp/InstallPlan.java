package io.innkeeper.dhcp;

import io.innkeeper.config.Dhcp4Level;
import io.innkeeper.config.InstallProfile;
import io.innkeeper.wire.dhcp4.BootClient;
import io.innkeeper.wire.dhcp4.OptionRegistry;
import io.innkeeper.wire.net.MacAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The clients that are marked for installation: these, and nobody else, are told what their profile says, and only while they
 * boot from the network. Immutable.
 *
 * @param marks by hardware address
 */
public record InstallPlan(Map<MacAddress, Mark> marks) {
    /** Nobody is to be installed. */
    public static final InstallPlan NOBODY = new InstallPlan(Map.of());

    /**
     * A mark.
     *
     * @param profile what the client boots
     * @param untilMs when the mark ends, in milliseconds since 1970; {@link Long#MAX_VALUE} where it does not by itself
     */
    public record Mark(BootProfile profile, long untilMs) {}

    /**
     * That a client is told what to boot.
     *
     * @param mac the client
     * @param profile by which
     * @param boot the file or URL
     * @param client what kind of client it is
     */
    public record Told(MacAddress mac, BootProfile profile, String boot, BootClient client) {}

    /** Copies the map. */
    public InstallPlan {
        marks = Map.copyOf(marks);
    }

    /** What a client is told to boot; null for one without a mark, or for which its profile has nothing. */
    @Nullable
    Told toldTo(Request request, long nowMs) {
        MacAddress mac = request.mac;
        Mark mark = marks.isEmpty() || mac == null ? null : marks.get(mac);
        if (mac == null || mark == null || nowMs >= mark.untilMs()) {
            return null;
        }
        BootClient client = BootClient.of(request.message.options());
        String boot = client == null ? null : mark.profile().bootFor(client);
        return client == null || boot == null ? null : new Told(mac, mark.profile(), boot, client);
    }

    /**
     * A profile of the configuration, as the server uses it.
     *
     * @param profile that passed the check of the configuration
     * @param path where it stands in the configuration
     * @param whereOf from a key to the line where it was written
     * @throws IllegalStateException if an option is none, which the check of the configuration should have found
     */
    public static BootProfile profile(
            InstallProfile profile, String path, OptionRegistry registry, Function<String, String> whereOf) {
        PlanLayers layers = new PlanLayers(registry, whereOf);
        Dhcp4Level level = new Dhcp4Level(profile.options(), null, null, null, null, null, null);
        Map<Integer, OptionEntry> options = new HashMap<>();
        layers.layer("installation " + profile.name(), path, level)
                .options()
                .forEach((code, one) -> options.put(code, new OptionEntry(code, one.value(), true, one.where())));
        return new BootProfile(
                profile.name(),
                PlanLayers.bits(profile.nextServer()),
                profile.files().byArchitecture(),
                profile.http().byArchitecture(),
                profile.ipxe(),
                options,
                layers.where(path));
    }
}
