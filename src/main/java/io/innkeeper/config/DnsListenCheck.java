package io.innkeeper.config;

import io.innkeeper.wire.net.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Where {@code dns} listens, and for whom. */
final class DnsListenCheck {
    private static final String ROOT = DnsCheck.ROOT;
    private static final IpAddress ANY_V4 = IpAddress.v4(0);
    private static final IpAddress ANY_V6 = new IpAddress(true, 0, 0);

    /** One address of a listener, and where it stands. */
    private record Place(String path, IpAddress address, int port) {
        boolean collides(Place other) {
            boolean any = isAny() || other.isAny();
            return port == other.port
                    && port != 0
                    && address.v6() == other.address.v6()
                    && (any || address.equals(other.address));
        }

        private boolean isAny() {
            return address.equals(ANY_V4) || address.equals(ANY_V6);
        }
    }

    private final ConfigPlaces places;
    private final DnsConfig config;
    private final List<Place> taken = new ArrayList<>();

    DnsListenCheck(ConfigPlaces places, DnsConfig config) {
        this.places = places;
        this.config = config;
    }

    void check() {
        List<ListenAddress> plain =
                config.listen().stream().map(DnsListen::address).toList();
        listen(ROOT + ".listen", plain);
        DnsTls tls = config.tls();
        if (tls != null) {
            listen(ROOT + ".tls.listen", tls.listen());
            listen(ROOT + ".tls.https", tls.https());
        }
        if (tls != null && tls.listen().isEmpty() && tls.https().isEmpty() && !places.isWrong(ROOT + ".tls")) {
            places.warning(ROOT + ".tls", "is served nowhere: write listen: [\"*:853\"] or https: [\"*:443\"]");
        }
        if (plain.isEmpty() && !places.isWrong(ROOT + ".listen")) {
            places.error(ROOT + ".listen", "says not where to answer: write an address and port, as in 127.0.0.1:53");
        }
        Stream<ListenAddress> all = tls == null
                ? plain.stream()
                : Stream.of(plain, tls.listen(), tls.https()).flatMap(List::stream);
        if (all.anyMatch(Predicate.not(ListenAddress::isLoopback))) {
            world();
        }
    }

    private void listen(String path, List<ListenAddress> listeners) {
        places.each(path, listeners, (key, listen) -> {
            List<IpAddress> addresses = addresses(listen);
            if (addresses.isEmpty()) {
                places.error(
                        key,
                        ConfigProblem.quote(listen.host()) + " is no address of a listener: write an IP address,"
                                + " localhost or *");
            }
            for (IpAddress address : addresses) {
                take(new Place(key, address, listen.port()));
            }
        });
    }

    private static List<IpAddress> addresses(ListenAddress listen) {
        return switch (listen.host()) {
            case ListenAddress.ANY -> List.of(ANY_V4, ANY_V6);
            case "localhost" -> List.of(IpAddress.v4(0x7f000001), new IpAddress(true, 0, 1));
            default -> IpAddress.parse(listen.host()).stream().toList();
        };
    }

    private void take(Place place) {
        taken.stream()
                .filter(before -> !before.path.equals(place.path) && before.collides(place))
                .findFirst()
                .ifPresentOrElse(
                        before -> places.error(
                                place.path,
                                "port " + place.port + " of " + before.address + " is taken by " + before.path),
                        () -> taken.add(place));
    }

    private void world() {
        places.each(ROOT + ".access.allow", config.access().allow(), (path, prefix) -> {
            if (prefix.length() == 0) {
                places.warning(
                        path,
                        prefix
                                + " is everybody: an open resolver is found within hours and used against others; name the"
                                + " networks it is for");
            }
        });
    }
}
