package io.innkeeper.io;

import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.Prefix;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.LinkedHashSet;
import java.util.Set;

/** The networks of this machine's interfaces. */
public final class LocalNetworks {
    private LocalNetworks() {}

    /** The prefix of every address but loopback; empty where the system does not tell. */
    public static Set<Prefix> prefixes() {
        Set<Prefix> prefixes = new LinkedHashSet<>();
        try {
            NetworkInterface.networkInterfaces()
                    .flatMap(one -> one.getInterfaceAddresses().stream())
                    .filter(address -> !address.getAddress().isLoopbackAddress())
                    .forEach(address -> prefixes.add(prefix(address)));
        } catch (SocketException e) {
            return Set.of();
        }
        return prefixes;
    }

    private static Prefix prefix(InterfaceAddress address) {
        IpAddress ip = IpAddress.of(address.getAddress().getAddress());
        return new Prefix(ip, Math.min(address.getNetworkPrefixLength(), ip.bits()));
    }
}
