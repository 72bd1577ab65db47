package io.innkeeper.config;

import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.Prefix;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks the reservations of one subnet: each names a client, and no client and no address stands in two. */
final class Dhcp4ReservationCheck {
    private final ConfigPlaces places;
    private final Prefix prefix;
    private final Map<String, String> taken = new HashMap<>();

    Dhcp4ReservationCheck(ConfigPlaces places, Prefix prefix) {
        this.places = places;
        this.prefix = prefix;
    }

    void check(String path, List<Dhcp4Reservation> reservations) {
        places.each(path, reservations, (key, reservation) -> {
            address(key + ".address", reservation.address());
            places.each(key + ".mac", reservation.mac(), (inner, mac) -> once(inner, "MAC address", mac));
            once(key + ".client-id", "client identifier", octets(reservation.clientId()));
            once(key + ".duid", "DUID", octets(reservation.duid()));
            behind(key, reservation.circuitId(), reservation.remoteId());
            String hostname = reservation.hostname();
            once(key + ".hostname", "host name", hostname == null ? null : hostname.toLowerCase(Locale.ROOT));
            if (reservation.duid() != null && isWords(reservation.duid())) {
                places.error(key + ".duid", "is written as octets, such as 00:03:00:01:aa:bb:cc:dd:ee:ff");
            }
            if (namesNobody(reservation) && !places.isWrong(key)) {
                places.error(key, "names no client: write its mac, client-id, duid, circuit-id, remote-id or hostname");
            }
        });
    }

    /** Where both are given they count together: the same circuit of two relays is two places. */
    private void behind(String key, @Nullable OctetText circuit, @Nullable OctetText remote) {
        if (circuit != null && remote != null) {
            once(key + ".circuit-id", "circuit-id and remote-id", circuit.octets() + " of " + remote.octets());
        } else {
            once(key + ".circuit-id", "circuit-id", octets(circuit));
            once(key + ".remote-id", "remote-id", octets(remote));
        }
    }

    private static boolean namesNobody(Dhcp4Reservation reservation) {
        return reservation.mac().isEmpty()
                && reservation.clientId() == null
                && reservation.duid() == null
                && reservation.circuitId() == null
                && reservation.remoteId() == null
                && reservation.hostname() == null;
    }

    private static @Nullable Object octets(@Nullable OctetText text) {
        return text == null ? null : text.octets();
    }

    private static boolean isWords(OctetText text) {
        return !text.text().startsWith("0x")
                && text.text().length() == text.octets().length();
    }

    private void address(String path, @Nullable IpAddress address) {
        if (address == null) {
            return;
        }
        boolean ends = prefix.length() <= 30 && (address.equals(prefix.network()) || address.equals(prefix.last()));
        if (!prefix.contains(address)) {
            places.error(path, address + " is not in the subnet " + prefix);
        } else if (ends) {
            places.error(path, address + " is the network or broadcast address of " + prefix + ": take another one");
        }
        once(path, "address", address);
    }

    private void once(String path, String what, @Nullable Object value) {
        if (value == null) {
            return;
        }
        String before = taken.putIfAbsent(what + " " + value, path);
        if (before != null) {
            places.error(
                    path,
                    "the " + what + " " + ConfigProblem.plain(value.toString()) + " is reserved already: " + before
                            + " (" + places.origin(before).text() + ")");
        }
    }
}
