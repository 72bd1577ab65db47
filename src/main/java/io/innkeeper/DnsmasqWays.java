package io.innkeeper;

import io.innkeeper.config.DnsmasqBus;
import io.innkeeper.config.DnsmasqJournal;
import io.innkeeper.config.DnsmasqLog;
import io.innkeeper.config.DnsmasqLogStart;
import io.innkeeper.config.DnsmasqSource;
import io.innkeeper.config.DnsmasqSyslog;
import io.innkeeper.config.DnsmasqSyslogTls;
import io.innkeeper.config.DnsmasqUbus;
import io.innkeeper.config.ListenAddress;
import io.innkeeper.feed.dnsmasq.DnsmasqFeed;
import io.innkeeper.feed.dnsmasq.DnsmasqPlaces;
import io.innkeeper.feed.dnsmasq.DnsmasqService;
import io.innkeeper.feed.dnsmasq.LogReader;
import io.innkeeper.feed.dnsmasq.Way;
import io.innkeeper.feed.dnsmasq.Witness;
import io.innkeeper.feed.dnsmasq.bus.BusListener;
import io.innkeeper.feed.dnsmasq.bus.UbusListener;
import io.innkeeper.feed.dnsmasq.log.JournalTail;
import io.innkeeper.feed.dnsmasq.log.LogTail;
import io.innkeeper.feed.dnsmasq.log.SyslogListener;
import io.innkeeper.io.FolderWatch;
import io.innkeeper.security.PemFiles;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes of the configuration of a dnsmasq the ways in which it is watched. */
record DnsmasqWays(FolderWatch folders, InstantSource clock) {
    private static final Path JOURNALCTL = Path.of("journalctl");

    /** How often the counters of a bus are read that was found by search. */
    private static final Duration METRICS = Duration.ofSeconds(30);

    /** What is configured of one instance. */
    DnsmasqService.Wanted wanted(DnsmasqSource source) {
        DnsmasqFeed.Settings settings = new DnsmasqFeed.Settings(
                source.name(),
                source.leases(),
                source.config(),
                source.ethers(),
                source.poll(),
                source.gather(),
                switch (source.messages()) {
                    case ALL -> LogReader.Messages.ALL;
                    case PROBLEMS -> LogReader.Messages.PROBLEMS;
                    case NONE -> LogReader.Messages.NONE;
                });
        return new DnsmasqService.Wanted(settings, ways(source));
    }

    /** What was found on this machine: beside the files, what can be watched without anybody's leave. */
    DnsmasqService.Wanted found(DnsmasqPlaces.Found found) {
        List<Way> ways = new ArrayList<>();
        Duration poll = found.settings().poll();
        if (found.log() != null) {
            ways.add(tail(new LogTail.Settings(found.log(), false, poll), true));
        }
        if (found.bus() != null) {
            ways.add(bus(new BusListener.Settings(found.settings().name(), "system", found.bus(), METRICS), true));
        }
        return new DnsmasqService.Wanted(found.settings(), ways);
    }

    private List<Way> ways(DnsmasqSource source) {
        List<Way> ways = new ArrayList<>();
        DnsmasqLog log = source.log();
        if (log != null) {
            boolean fromBeginning = log.start() == DnsmasqLogStart.BEGINNING;
            ways.add(tail(new LogTail.Settings(log.file(), fromBeginning, source.poll()), log.enabled()));
        }
        DnsmasqJournal journal = source.journal();
        if (journal != null) {
            ways.add(journal(journal));
        }
        if (source.syslog() != null) {
            ways.add(syslog(source.syslog()));
        }
        DnsmasqBus bus = source.dbus();
        if (bus != null) {
            ways.add(bus(
                    new BusListener.Settings(source.name(), bus.address(), bus.service(), bus.metrics()),
                    bus.enabled()));
        }
        DnsmasqUbus ubus = source.ubus();
        if (ubus != null) {
            UbusListener.Settings settings = new UbusListener.Settings(source.name(), ubus.program(), ubus.metrics());
            ways.add(new Way(
                    Witness.UBUS,
                    settings,
                    ubus.enabled(),
                    ubus.program().toString(),
                    (feed, _) -> new UbusListener(settings, feed::tell, clock)));
        }
        return ways;
    }

    private Way tail(LogTail.Settings settings, boolean enabled) {
        return new Way(
                Witness.LOG,
                settings,
                enabled,
                settings.file().toString(),
                (feed, place) -> new LogTail(settings, feed.logs(), place, folders, clock));
    }

    private Way journal(DnsmasqJournal journal) {
        boolean fromBeginning = journal.start() == DnsmasqLogStart.BEGINNING;
        JournalTail.Settings settings =
                new JournalTail.Settings(journal.directory(), journal.unit(), fromBeginning, JOURNALCTL);
        String what = journal.directory() == null
                ? "the journal of this machine"
                : journal.directory().toString();
        return new Way(
                Witness.JOURNAL,
                settings,
                journal.enabled(),
                what,
                (feed, place) -> new JournalTail(settings, feed.logs(), place, clock));
    }

    private Way bus(BusListener.Settings settings, boolean enabled) {
        return new Way(
                Witness.DBUS,
                settings,
                enabled,
                settings.address(),
                (feed, _) -> new BusListener(settings, feed::tell, clock));
    }

    private Way syslog(DnsmasqSyslog syslog) {
        DnsmasqSyslogTls tls = syslog.tls();
        String what = Stream.of(syslog.udp(), syslog.tcp(), tls == null ? List.<ListenAddress>of() : tls.listen())
                .flatMap(List::stream)
                .map(ListenAddress::toString)
                .distinct()
                .collect(Collectors.joining(", "));
        return new Way(
                Witness.SYSLOG,
                syslog,
                syslog.enabled(),
                what,
                (feed, _) -> new SyslogListener(settings(syslog), feed.logs(), clock));
    }

    private static SyslogListener.Settings settings(DnsmasqSyslog syslog) throws IOException {
        DnsmasqSyslogTls tls = syslog.tls();
        SyslogListener.Tls secure = tls == null ? null : secure(tls);
        return new SyslogListener.Settings(
                sockets(syslog.udp()), sockets(syslog.tcp()), secure, syslog.from(), syslog.connections());
    }

    private static SyslogListener.Tls secure(DnsmasqSyslogTls tls) throws IOException {
        PemFiles pem = new PemFiles(tls.certificate(), tls.key(), tls.clients());
        return new SyslogListener.Tls(
                sockets(tls.listen()),
                () -> {
                    boolean _ = pem.look();
                    return pem.context();
                },
                tls.clients() != null);
    }

    /** The address of everybody is that of IPv6, which takes IPv4 too. */
    private static List<InetSocketAddress> sockets(List<ListenAddress> listeners) {
        return listeners.stream()
                .map(listen -> listen.host().equals(ListenAddress.ANY)
                        ? new InetSocketAddress(listen.port())
                        : new InetSocketAddress(listen.host(), listen.port()))
                .toList();
    }
}
