package io.innkeeper.config;

import io.innkeeper.wire.rdk.SpAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rules between the keys of {@code lease-monitor}. */
final class LeaseMonitorCheck {
    private static final String KEY = "lease-monitor";

    private final ConfigPlaces places;
    private final LeaseMonitorConfig config;

    LeaseMonitorCheck(ConfigPlaces places, LeaseMonitorConfig config) {
        this.places = places;
        this.config = config;
    }

    void check() {
        if (config.listen().isEmpty()) {
            places.error(KEY + ".listen", "is empty: the lease monitor has to listen somewhere");
        }
        Set<SpAddress> addresses = new HashSet<>();
        places.each(KEY + ".listen", config.listen(), (path, address) -> {
            if (!addresses.add(address) && address.port() + address.path().length() > 0) {
                places.error(path, address + " is listed twice");
            }
            if (!address.isLocal()) {
                places.warning(
                        path,
                        address + " can be reached from other machines, and whoever reaches it can tell of any lease");
            }
        });
        clients();
        LeaseMonitorV2 v2 = config.v2();
        if (v2 != null) {
            new LeaseMonitorV2Check(places, v2).check(config.listen());
        }
        hook("renew", config.hooks().renew());
        hook("restart", config.hooks().restart());
        hook("release", config.hooks().release());
    }

    private void hook(String name, List<String> program) {
        String path = KEY + ".hooks." + name;
        if (program.isEmpty()) {
            return;
        }
        if (places.origin(path).source().equals(Origin.RUN_TIME)) {
            places.error(path, "cannot be set through the API: it names a program to run; set it in the file");
        }
        if (!program.getFirst().startsWith("/")) {
            places.error(path, "'" + program.getFirst() + "' is no absolute path of a program");
        }
    }

    private void clients() {
        Map<String, String> names = new HashMap<>();
        Map<Integer, String> numbers4 = new HashMap<>();
        Map<Integer, String> numbers6 = new HashMap<>();
        places.each(KEY + ".clients", config.clients(), (path, client) -> {
            if (names.putIfAbsent(client.name(), path) != null) {
                places.error(path + ".name", "the interface '" + client.name() + "' is listed twice");
            }
            if (client.dhcpv4() == null && client.dhcpv6() == null) {
                places.error(path, "has neither dhcpv4 nor dhcpv6: its number in the tables of clients");
            }
            unique(path + ".dhcpv4", client.dhcpv4(), client.name(), numbers4);
            unique(path + ".dhcpv6", client.dhcpv6(), client.name(), numbers6);
        });
    }

    private void unique(String path, @Nullable Integer number, String name, Map<Integer, String> taken) {
        if (number == null) {
            return;
        }
        String before = taken.putIfAbsent(number, name);
        if (before != null) {
            places.error(path, number + " is the number of '" + before + "' already");
        }
    }
}
