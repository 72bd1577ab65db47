package io.innkeeper.dhcp;

import io.innkeeper.config.Dhcp4Config;
import io.innkeeper.config.Dhcp4Entry;
import io.innkeeper.config.Dhcp4Reservation;
import io.innkeeper.config.Dhcp4SharedNetwork;
import io.innkeeper.config.Dhcp4Subnet;
import io.innkeeper.config.OptionText;
import io.innkeeper.lease.LeaseSource;
import io.innkeeper.view.ReservationView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Reservations of the configuration and of the API as JSON shows them. */
final class ReservationViews {
    /** Where a reservation stands that was made at run time. */
    static final String API = "API";

    private ReservationViews() {}

    /** Each reservation of a configuration, with its key. */
    static void configured(Dhcp4Config config, BiConsumer<String, Dhcp4Entry> visit) {
        for (int i = 0; i < config.sharedNetworks().size(); i++) {
            Dhcp4SharedNetwork network = config.sharedNetworks().get(i);
            subnets("dhcp4.shared-networks[" + i + "].subnets", network.subnets(), visit);
        }
        subnets("dhcp4.subnets", config.subnets(), visit);
    }

    private static void subnets(String path, List<Dhcp4Subnet> subnets, BiConsumer<String, Dhcp4Entry> visit) {
        for (int i = 0; i < subnets.size(); i++) {
            Dhcp4Subnet subnet = subnets.get(i);
            for (int j = 0; j < subnet.reservations().size(); j++) {
                visit.accept(
                        path + "[" + i + "].reservations[" + j + "]",
                        new Dhcp4Entry(subnet.prefix(), subnet.reservations().get(j)));
            }
        }
    }

    /**
     * One of them.
     *
     * @param id of one that was made at run time; null for one of the configuration
     * @param problem why it has no effect; null where it has
     */
    static ReservationView of(Dhcp4Entry entry, @Nullable String id, String where, @Nullable String problem) {
        Dhcp4Reservation one = entry.reservation();
        Map<String, List<String>> options = new LinkedHashMap<>();
        one.level()
                .options()
                .forEach((name, option) -> options.put(
                        name, option.value().stream().map(OptionText::text).toList()));
        return new ReservationView(
                id,
                one.name(),
                one.mac().stream().map(Object::toString).toList(),
                text(one.clientId()),
                text(one.duid()),
                text(one.circuitId()),
                text(one.remoteId()),
                one.hostname(),
                one.address() == null ? List.of() : List.of(one.address().toString()),
                text(entry.subnet()),
                options,
                text(one.level().lifetime()),
                LeaseSource.SERVER.origin(),
                LeaseSource.SERVER.name(),
                id == null,
                where,
                problem,
                false);
    }

    /** One that cannot even be read beside the configuration. */
    static ReservationView resting(String id, String problem) {
        return new ReservationView(
                id,
                null,
                List.of(),
                null,
                null,
                null,
                null,
                null,
                List.of(),
                null,
                Map.of(),
                null,
                LeaseSource.SERVER.origin(),
                LeaseSource.SERVER.name(),
                false,
                API,
                problem,
                false);
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
