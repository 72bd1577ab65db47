package io.innkeeper.dhcp;

import io.innkeeper.config.Dhcp4Config;
import io.innkeeper.config.Dhcp4Entry;
import io.innkeeper.config.Dhcp4OptionValues;
import io.innkeeper.config.Dhcp4Reservation;
import io.innkeeper.config.Dhcp4Subnet;
import io.innkeeper.config.Dhcp4Subnets;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.Octets;
import io.innkeeper.wire.net.Prefix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts reservations of the API beside those of the configuration, which win where both name the same. */
public final class OwnReservations {
    private OwnReservations() {}

    /** Those that belong to a subnet and do not contradict what its configuration reserves, or each other; the first wins. */
    static List<Plan.Reserved> of(Prefix subnet, List<Plan.Reserved> configured, List<OwnReservation> own) {
        Set<Object> taken = configured.stream().flatMap(OwnReservations::keys).collect(Collectors.toSet());
        List<Plan.Reserved> fitting = new ArrayList<>();
        for (OwnReservation one : own) {
            List<Object> keys = keys(one.reserved()).toList();
            if (belongs(subnet, one) && keys.stream().noneMatch(taken::contains)) {
                taken.addAll(keys);
                fitting.add(one.reserved());
            }
        }
        return fitting;
    }

    /** One as the plan takes it. */
    static OwnReservation made(Dhcp4Config config, String id, Dhcp4Entry entry) {
        Dhcp4Reservation one = entry.reservation();
        IpAddress address = one.address();
        Prefix subnet = address == null ? entry.subnet() : Dhcp4Subnets.prefixOf(config, address);
        PlanLayers layers = new PlanLayers(Dhcp4OptionValues.registryOf(config), path -> ReservationViews.API);
        String name = PlanLayers.name(one, id);
        Plan.Reserved reserved = layers.reserved(id, one, name, name);
        return new OwnReservation(reserved, subnet == null ? "" : subnet.toString());
    }

    /** True where no subnet of the configuration has a place for it, so that it rests until one has. */
    public static boolean isHomeless(Dhcp4Config config, OwnReservation one) {
        return config.allSubnets().stream().map(Dhcp4Subnet::prefix).noneMatch(prefix -> belongs(prefix, one));
    }

    private static boolean belongs(Prefix subnet, OwnReservation one) {
        int address = one.reserved().address();
        boolean named = one.subnet().isEmpty() || one.subnet().equals(subnet.toString());
        return named && (address == 0 || subnet.contains(IpAddress.v4(address)));
    }

    /** What may stand in one reservation of a subnet only. */
    private static Stream<Object> keys(Plan.Reserved one) {
        Stream<Object> single = Stream.of(
                        one.clientId(),
                        one.address() == 0 ? null : one.address(),
                        text("host ", one.hostname()),
                        text("duid ", one.duid()),
                        behind(one.circuitId(), one.remoteId()))
                .filter(Objects::nonNull);
        return Stream.concat(one.macs().stream(), single);
    }

    /** Where both are given they count together: the same circuit of two relays is two places. */
    private static @Nullable Object behind(@Nullable Octets circuit, @Nullable Octets remote) {
        return circuit == null && remote == null ? null : Arrays.asList(circuit, remote);
    }

    private static @Nullable Object text(String what, @Nullable Object value) {
        return value == null ? null : what + value.toString().toLowerCase(Locale.ROOT);
    }
}
