package io.innkeeper.config;

import io.innkeeper.wire.net.IpAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the dnsmasq instances that are watched must not share, and what a way of watching needs. */
final class DnsmasqCheck {
    private final ConfigPlaces places;

    /** What is taken, and by which key: names, files, buses, ports. */
    private final Map<List<?>, String> taken = new HashMap<>();

    DnsmasqCheck(ConfigPlaces places) {
        this.places = places;
    }

    void check(List<DnsmasqSource> sources) {
        places.each("dnsmasq", sources, this::source);
    }

    private void source(String path, DnsmasqSource source) {
        String before = taken.putIfAbsent(List.of("name", source.name()), path);
        if (before != null) {
            places.error(
                    path + ".name", "the name '" + source.name() + "' is taken by " + before + "; names are unique");
        }
        if (source.leases() != null) {
            once(path + ".leases", "lease file", source.leases().normalize(), "watched");
        }
        if (source.log() != null) {
            once(path + ".log", "log file", source.log().file().normalize(), "read");
        }
        DnsmasqJournal journal = source.journal();
        if (journal != null) {
            Object directory =
                    journal.directory() == null ? "" : journal.directory().normalize();
            String unit = Objects.requireNonNullElse(journal.unit(), "");
            once(path + ".journal", "journal", List.of(directory, unit), "read");
        }
        DnsmasqBus bus = source.dbus();
        if (bus != null) {
            once(path + ".dbus", "name on the bus", List.of(bus.address(), bus.service()), "listened to");
        }
        if (source.ubus() != null) {
            once(path + ".ubus", "bus", source.ubus().program().normalize(), "listened to");
        }
        if (source.syslog() != null) {
            syslog(path + ".syslog", source.syslog());
        }
        if (isNotWatched(source) && !places.isWrong(path)) {
            places.error(
                    path,
                    "is watched in no way: name its lease file (leases), its log (log, syslog, journal) or its bus (dbus,"
                            + " ubus)");
        }
    }

    private static boolean isNotWatched(DnsmasqSource source) {
        return Stream.of(source.leases(), source.log(), source.syslog(), source.journal(), source.dbus(), source.ubus())
                .allMatch(Objects::isNull);
    }

    /** Lines and signals do not say which of two instances they are of. */
    private void once(String path, String what, Object value, String verb) {
        if (taken.putIfAbsent(List.of(what, value), path) != null) {
            places.error(path, "this " + what + " is " + verb + " by another entry too");
        }
    }

    private void syslog(String path, DnsmasqSyslog syslog) {
        DnsmasqSyslogTls tls = syslog.tls();
        List<ListenAddress> secure = tls == null ? List.of() : tls.listen();
        listen(path + ".udp", syslog.udp(), "UDP");
        listen(path + ".tcp", syslog.tcp(), "TCP");
        listen(path + ".tls.listen", secure, "TCP");
        if (syslog.udp().isEmpty() && syslog.tcp().isEmpty() && secure.isEmpty() && !places.isWrong(path)) {
            places.error(path, "is received nowhere: write udp: 127.0.0.1:5514, tcp or tls");
        }
        boolean reachable = Stream.of(syslog.udp(), syslog.tcp(), secure)
                .flatMap(List::stream)
                .anyMatch(listen -> !listen.isLoopback());
        boolean clientsKnown = tls != null && tls.clients() != null;
        boolean onlyKnown =
                clientsKnown && syslog.udp().isEmpty() && syslog.tcp().isEmpty();
        if (reachable && syslog.from().isEmpty() && !onlyKnown) {
            places.warning(
                    path + ".from",
                    "is empty, so whoever reaches the listener can tell of leases that there are not: name the networks"
                            + " that may send");
        }
    }

    private void listen(String path, List<ListenAddress> listeners, String transport) {
        places.each(path, listeners, (key, listen) -> {
            boolean address = listen.host().equals(ListenAddress.ANY)
                    || listen.host().equals("localhost")
                    || IpAddress.parse(listen.host()).isPresent();
            if (!address) {
                places.error(
                        key,
                        ConfigProblem.quote(listen.host())
                                + " is no address of a listener: write an IP address, localhost or *");
                return;
            }
            String host = listen.isAny() ? ListenAddress.ANY : listen.host();
            String before = listen.port() == 0 ? null : port(transport, host, listen.port(), key);
            if (before != null) {
                places.error(key, transport + " port " + listen.port() + " is taken by " + before);
            }
        });
    }

    /** Who has it already; null where nobody has. A listener at every address takes the port of each. */
    private @Nullable String port(String transport, String host, int port, String key) {
        String every = taken.get(List.of(transport, ListenAddress.ANY, port));
        String some = taken.get(List.of(transport, port));
        if (every != null) {
            return every;
        }
        if (host.equals(ListenAddress.ANY) && some != null) {
            return some;
        }
        taken.putIfAbsent(List.of(transport, port), key);
        return taken.putIfAbsent(List.of(transport, host, port), key);
    }
}
