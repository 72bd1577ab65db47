package io.innkeeper.peer;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A machine on the network: a namespace with one interface, where a DHCP client can do what it does on a machine of its own.
 *
 * @param cables that it can be moved to
 * @param namespace where it is
 * @param folder for its files
 * @param mac the hardware address of {@link #DEVICE}
 */
record Guest(Namespaces cables, String namespace, Path folder, String mac) implements Place {
    /** Its only interface. */
    static final String DEVICE = "eth0";

    /** An address that nobody has. */
    private static final String NOWHERE = "02:de:ad:00:00:01";

    private static final Pattern BLANKS = Pattern.compile("\\s+");

    @Override
    public List<String> command(String... command) {
        return Namespaces.in(namespace, command);
    }

    /** Its IPv4 address with the length of its network, as {@code 192.168.77.100/24}; empty without. */
    String address() {
        return BLANKS.splitAsStream(Namespaces.run(namespace, "-4 -o address show dev", DEVICE))
                .filter(word -> word.contains("/"))
                .findFirst()
                .orElse("");
    }

    /** Its IPv4 address alone. */
    String bareAddress() {
        return address().replaceFirst("/.*", "");
    }

    /** Gives it an address by hand, with the length of its network. */
    void take(String address) {
        Namespaces.run(namespace, "address add", address, "dev", DEVICE);
    }

    /** Reaches this network through a neighbour. */
    void route(String network, String via) {
        Namespaces.run(namespace, "route add", network, "via", via);
    }

    /** Its routes for IPv4. */
    List<String> routes() {
        return Namespaces.run(namespace, "-4 route show")
                .lines()
                .map(String::strip)
                .toList();
    }

    /** Fails where this address does not answer. */
    void reaches(String address) {
        Programs.run(command(Programs.find("busybox"), "ping", "-c", "1", "-W", "10", address));
    }

    /** As {@link #reaches}, of IPv6. */
    void reaches6(String address) {
        Programs.run(command(Programs.find("busybox"), "ping", "-6", "-c", "1", "-W", "10", address));
    }

    /** Waits until this address answers to ARP; needs no address of its own. */
    void sees(String address) {
        Programs.run(command(
                "sh", "-c", "! \"$0\" arping -D -f -w 30 -I \"$1\" \"$2\"", Programs.find("busybox"), DEVICE, address));
    }

    /** What it sends to this address alone gets lost from now on; broadcasts do not. */
    void lose(String address) {
        Namespaces.run(namespace, "neighbour replace", address, "lladdr", NOWHERE, "dev", DEVICE, "nud permanent");
    }

    /** Forgets {@link #lose}. */
    void find(String address) {
        Namespaces.run(namespace, "neighbour delete", address, "dev", DEVICE);
    }

    /** Tells everybody that it has this address, which it must have (RFC 5227 §2.3). */
    void announce(String address) {
        // It ends with 1 where nobody answers, as nobody should.
        Programs.run(command(
                "sh",
                "-c",
                "\"$0\" arping -U -c 1 -I \"$1\" \"$2\" || true",
                Programs.find("busybox"),
                DEVICE,
                address));
    }

    /** Puts it back on its cable after {@link #unplug}. */
    void plugIn() {
        Namespaces.run(namespace, "link set", DEVICE, "up");
    }

    /** Takes it off its cable. */
    void unplug() {
        Namespaces.run(namespace, "link set", DEVICE, "down");
    }

    /** Moves it to another cable. */
    void moveTo(String cable) {
        cables.plugIn(namespace, cable, mac);
    }
}
