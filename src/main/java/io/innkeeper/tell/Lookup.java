package io.innkeeper.tell;

import io.innkeeper.io.NameServers;
import io.innkeeper.wire.net.IpAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Finds where to connect to. It may wait for files and name servers. */
final class Lookup {
    private static final int LONGEST_ANNOUNCEMENT = 4_096;

    private final RandomGenerator random;

    Lookup(RandomGenerator random) {
        this.random = random;
    }

    /**
     * All places to try, in order.
     *
     * @throws IOException where there is none; the message says why
     */
    List<SocketAddress> find(MonitorAddress monitor) throws IOException {
        return switch (monitor) {
            case MonitorAddress.Tcp tcp -> hosts(tcp.host(), tcp.port());
            case MonitorAddress.Ipc ipc -> List.of(UnixDomainSocketAddress.of(ipc.path()));
            case MonitorAddress.Announced announced -> announced(Path.of(announced.path()));
            case MonitorAddress.Discovered discovered -> discover(discovered);
            case MonitorAddress.Old old ->
                old.address().path().isEmpty()
                        ? hosts(old.address().host(), old.address().port())
                        : List.of(UnixDomainSocketAddress.of(old.address().path()));
        };
    }

    private static List<SocketAddress> hosts(String host, int port) throws IOException {
        try {
            return Arrays.stream(InetAddress.getAllByName(host))
                    .<SocketAddress>map(address -> new InetSocketAddress(address, port))
                    .toList();
        } catch (UnknownHostException e) {
            throw new IOException("there is no host " + host, e);
        }
    }

    private List<SocketAddress> announced(Path file) throws IOException {
        List<SocketAddress> places = new ArrayList<>();
        for (String line : lines(file)) {
            MonitorAddress address = MonitorAddress.direct(line.strip())
                    .orElseThrow(() -> new IOException(file + " does not say where the monitor is"));
            places.addAll(find(address));
        }
        return places;
    }

    private static List<String> lines(Path file) throws IOException {
        try {
            return Files.size(file) > LONGEST_ANNOUNCEMENT ? List.of("") : Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            throw new IOException("there is no file " + file + ": the monitor does not run", e);
        }
    }

    private List<SocketAddress> discover(MonitorAddress.Discovered discovered) throws IOException {
        IpAddress server = discovered.server();
        List<IpAddress> servers = server == null ? NameServers.read() : List.of(server);
        List<InetSocketAddress> sockets = servers.stream()
                .map(one -> new InetSocketAddress(inet(one), discovered.port()))
                .toList();
        return new ServiceLookup(new UdpResolver(sockets, random))
                .find(discovered.service()).stream()
                        .<SocketAddress>map(place -> new InetSocketAddress(inet(place.address()), place.port()))
                        .toList();
    }

    private static InetAddress inet(IpAddress address) {
        try {
            return InetAddress.getByAddress(address.octets());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 octets", e);
        }
    }
}
