package io.innkeeper.io;

import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import io.innkeeper.wire.net.Prefix;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * This machine's network interfaces at one moment.
 *
 * @param byIndex each by the kernel's number for it, which is never given to another while the machine runs
 */
public record LocalNetworks(Map<Integer, Interface> byIndex) {
    /**
     * An interface.
     *
     * @param index the kernel's number for it, from 1
     * @param name such as {@code eth0}
     * @param mac its hardware address; null where it has none, as loopback and tunnels
     * @param up true where it is switched on and has a carrier
     * @param loopback true for {@code lo}
     * @param addresses its IPv4 and IPv6 addresses, those of IPv4 as the kernel lists them: primary first
     */
    public record Interface(
            int index, String name, @Nullable MacAddress mac, boolean up, boolean loopback, List<Address> addresses) {
        /** Copies the list. */
        public Interface {
            addresses = List.copyOf(addresses);
        }

        /** Its IPv4 addresses as 32 bits, primary first. */
        public List<Integer> addresses4() {
            return addresses.stream()
                    .map(Address::address)
                    .filter(address -> !address.v6())
                    .map(address -> (int) address.low())
                    .toList();
        }
    }

    /** An address of an interface, and how many of its bits name the network. */
    public record Address(IpAddress address, int prefixLength) {}

    /** Copies the map. */
    public LocalNetworks {
        byIndex = Map.copyOf(byIndex);
    }

    /** Asks the system; about 0.1 ms for each interface. Empty where it does not tell. */
    public static LocalNetworks read() {
        Map<Integer, Interface> found = new TreeMap<>();
        try {
            for (NetworkInterface one : NetworkInterface.networkInterfaces().toList()) {
                read(one).ifPresent(made -> found.put(made.index(), made));
            }
        } catch (SocketException e) {
            return new LocalNetworks(Map.of());
        }
        return new LocalNetworks(found);
    }

    /** Empty where it vanished meanwhile. */
    private static Optional<Interface> read(NetworkInterface one) {
        try {
            byte[] mac = one.getHardwareAddress();
            boolean ethernet = mac != null && mac.length == 6;
            return Optional.of(new Interface(
                    one.getIndex(),
                    one.getName(),
                    ethernet ? MacAddress.of(MacAddress.ETHERNET, mac) : null,
                    one.isUp(),
                    one.isLoopback(),
                    addresses(one)));
        } catch (SocketException vanished) {
            return Optional.empty();
        }
    }

    private static List<Address> addresses(NetworkInterface one) {
        List<Address> addresses = new ArrayList<>();
        for (InterfaceAddress each : one.getInterfaceAddresses()) {
            IpAddress ip = IpAddress.of(each.getAddress().getAddress());
            addresses.add(new Address(ip, Math.min(each.getNetworkPrefixLength(), ip.bits())));
        }
        // Java hands them out last first.
        return addresses.reversed();
    }

    /** The interface with this name. */
    public Optional<Interface> byName(String name) {
        return byIndex.values().stream().filter(one -> one.name().equals(name)).findFirst();
    }

    /** The prefix of every address but those of loopback. */
    public Set<Prefix> prefixes() {
        Set<Prefix> prefixes = new LinkedHashSet<>();
        byIndex.values().stream()
                .filter(one -> !one.loopback())
                .flatMap(one -> one.addresses().stream())
                .forEach(one -> prefixes.add(new Prefix(one.address(), one.prefixLength())));
        return prefixes;
    }
}
