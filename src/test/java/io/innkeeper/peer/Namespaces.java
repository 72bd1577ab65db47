package io.innkeeper.peer;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A network of the test's own: two network namespaces, a server's and a client's, joined by a cable, and as many more as are
 * wanted. Nothing outside is touched. {@link #close} removes them all; those that an earlier run left behind are removed by
 * the next.
 */
final class Namespaces implements AutoCloseable {
    /** The server's IPv4 address, on {@link #SERVER_INTERFACE}. */
    static final String SERVER4 = "192.168.77.1";

    static final String SERVER_INTERFACE = "lan";
    static final String CLIENT_INTERFACE = "eth0";

    private static final Pattern OURS = Pattern.compile("(innkeeper-(\\d+)-\\d+-[a-z0-9]+)(?:\\s.*)?");

    private final String name;
    private final String server;
    private final String client;
    private final List<String> rooms = new CopyOnWriteArrayList<>();

    private Namespaces(String name) {
        this.name = name;
        server = name + "-s";
        client = name + "-c";
    }

    /**
     * Makes them; skips the test where this user may not or programs are missing, except for root with {@code CI=true}, where
     * that is a failure.
     */
    static Namespaces create(String... programsNeeded) {
        List<String> programs = new ArrayList<>(List.of(programsNeeded));
        programs.add("ip");
        skipUnlessPossible("network namespaces", programs.toArray(String[]::new));
        removeLeftovers();
        Namespaces made = new Namespaces(
                "innkeeper-%d-%d".formatted(ProcessHandle.current().pid(), System.nanoTime()));
        try {
            made.build();
            return made;
        } catch (AssertionError e) {
            made.close();
            throw e;
        }
    }

    /** Skips the test, and says why, unless this is root and has these programs; a failure for root with {@code CI=true}. */
    static void skipUnlessPossible(String what, String... programs) {
        boolean root = "root".equals(System.getProperty("user.name"));
        boolean mustRun = root && "true".equals(System.getenv("CI"));
        List<String> missing = new ArrayList<>();
        if (!root) {
            missing.add("the rights of root, for " + what);
        }
        List.of(programs).stream()
                .filter(name -> !Programs.exists(name))
                .forEach(name -> missing.add("the program " + name));
        if (!missing.isEmpty()) {
            String reason = "this test needs " + String.join(", ", missing);
            System.out.println("SKIPPED: " + reason);
            if (mustRun) {
                throw new AssertionError(reason);
            }
            assumeTrue(false, reason);
        }
    }

    private static void removeLeftovers() {
        for (String line : Programs.run("ip", "netns", "list").lines().toList()) {
            Matcher matcher = OURS.matcher(line);
            if (matcher.matches()
                    && ProcessHandle.of(Long.parseLong(matcher.group(2))).isEmpty()) {
                remove(matcher.group(1));
            }
        }
    }

    private static void remove(String namespace) {
        if (!Files.exists(Path.of("/run/netns", namespace))) {
            return;
        }
        // Only what was started in there: a namespace lives on as long as a process does.
        for (String pid : Programs.run("ip", "netns", "pids", namespace).lines().toList()) {
            ProcessHandle.of(Long.parseLong(pid.strip())).ifPresent(ProcessHandle::destroyForcibly);
        }
        Programs.run("ip", "netns", "delete", namespace);
    }

    private void build() {
        List.of(server, client).forEach(Namespaces::add);
        Programs.run(
                "ip",
                "-n",
                server,
                "link",
                "add",
                SERVER_INTERFACE,
                "type",
                "veth",
                "peer",
                "name",
                CLIENT_INTERFACE,
                "netns",
                client);
        Programs.run("ip", "-n", server, "address", "add", SERVER4 + "/24", "dev", SERVER_INTERFACE);
        Programs.run("ip", "-n", server, "address", "add", "fd00:77::1/64", "dev", SERVER_INTERFACE, "nodad");
        Programs.run("ip", "-n", server, "link", "set", SERVER_INTERFACE, "up");
        Programs.run("ip", "-n", client, "link", "set", CLIENT_INTERFACE, "up");
    }

    private static void add(String namespace) {
        Programs.run("ip", "netns", "add", namespace);
        // Duplicate address detection would keep each IPv6 address tentative for a second or two.
        Programs.run(in(namespace, "sh", "-c", "echo 0 > /proc/sys/net/ipv6/conf/default/accept_dad"));
        Programs.run("ip", "-n", namespace, "link", "set", "lo", "up");
    }

    /** One more namespace, joined to nothing yet; returns its name, for {@link #in} and {@code ip -n}. */
    String addRoom(String room) {
        String namespace = name + "-" + room;
        rooms.add(namespace);
        add(namespace);
        return namespace;
    }

    /** One more cable between server and clients; without an address on the server's end where that is empty. */
    void addCable(String serverEnd, String address, String clientEnd) {
        run(server, "link add", serverEnd, "type veth peer name", clientEnd, "netns", client);
        if (!address.isEmpty()) {
            run(server, "address add", address, "dev", serverEnd);
        }
        run(server, "link set", serverEnd, "up");
        run(client, "link set", clientEnd, "up");
    }

    /**
     * A VLAN on the cable that is there: {@code lan.10} with this address on the server's side, {@code eth0.10} on the clients'.
     * A kernel without VLANs has a cable with these ends in its place, which is said.
     */
    void addVlan(int id, String address) {
        String serverEnd = SERVER_INTERFACE + "." + id;
        String clientEnd = CLIENT_INTERFACE + "." + id;
        try {
            run(server, "link add link", SERVER_INTERFACE, "name", serverEnd, "type vlan id", String.valueOf(id));
        } catch (AssertionError e) {
            System.out.println("SKIPPED: tags of VLANs, which this kernel does not know; cables are in their place");
            addCable(serverEnd, address, clientEnd);
            return;
        }
        run(client, "link add link", CLIENT_INTERFACE, "name", clientEnd, "type vlan id", String.valueOf(id));
        run(server, "address add", address, "dev", serverEnd);
        run(server, "link set", serverEnd, "up");
        run(client, "link set", clientEnd, "up");
    }

    /** A machine of its own with an interface {@code eth0} of this hardware address, at one end of the clients' cables. */
    Guest guest(Path folder, String room, String cable, String mac) throws IOException {
        String namespace = addRoom(room);
        plugIn(namespace, cable, mac);
        return new Guest(this, namespace, Files.createDirectory(folder.resolve(room)), mac);
    }

    /** A machine of its own behind the clients' namespace, which has this interface and address on the cable between them. */
    Guest guestBehind(Path folder, String room, String end, String address, String mac) throws IOException {
        return behind(client, folder, room, end, address, mac);
    }

    /** A machine of its own on the other side of the server, which has this interface and address on the cable between them. */
    Guest beyondServer(Path folder, String room, String end, String address, String mac) throws IOException {
        return behind(server, folder, room, end, address, mac);
    }

    private Guest behind(String router, Path folder, String room, String end, String address, String mac)
            throws IOException {
        String namespace = addRoom(room);
        run(router, "link add", end, "type veth peer name eth0 address", mac, "netns", namespace);
        run(router, "address add", address, "dev", end);
        run(router, "link set", end, "up");
        run(namespace, "link set eth0 up");
        return new Guest(this, namespace, Files.createDirectory(folder.resolve(room)), mac);
    }

    /** The clients' namespace hands on what is not for itself, and has this address towards the server. */
    void route(String address) {
        run(client, "address add", address, "dev", CLIENT_INTERFACE);
        Programs.run(in(client, "sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward"));
    }

    /** Gives a namespace an interface {@code eth0} on this cable, in place of one it may have. */
    void plugIn(String namespace, String cable, String mac) {
        if (Programs.run(in(namespace, "ls", "/sys/class/net")).contains("eth0")) {
            run(namespace, "link delete eth0");
        }
        run(client, "link add name eth0 link", cable, "netns", namespace, "address", mac, "type macvlan mode bridge");
        run(namespace, "link set eth0 up");
    }

    /** Runs {@code ip} in the server's namespace; the words of each part are separate arguments. */
    String ipAtServer(String... parts) {
        return run(server, parts);
    }

    /** Runs {@code ip} in a namespace. */
    static String run(String namespace, String... parts) {
        List<String> command = new ArrayList<>(List.of(Programs.find("ip"), "-n", namespace));
        for (String part : parts) {
            command.addAll(List.of(part.split(" ", -1)));
        }
        return Programs.run(command);
    }

    /** Gives the client's side one more interface, with this hardware address, on the same cable. */
    void addDevice(String name, String mac) {
        Programs.run(
                "ip",
                "-n",
                client,
                "link",
                "add",
                name,
                "link",
                CLIENT_INTERFACE,
                "address",
                mac,
                "type",
                "macvlan",
                "mode",
                "bridge");
        Programs.run("ip", "-n", client, "link", "set", name, "up");
    }

    /** A command, run where the server is. */
    List<String> onServer(String... command) {
        return in(server, command);
    }

    /** A command, run where the clients are. */
    List<String> onClient(String... command) {
        return in(client, command);
    }

    /** Calls something on a thread that is where the server is; sockets opened there stay there. */
    <T> T atServer(Callable<T> callable) throws Exception {
        return InNamespace.call(server, callable);
    }

    /** Calls something on a thread that is where the clients are; sockets opened there stay there. */
    <T> T atClient(Callable<T> callable) throws Exception {
        return InNamespace.call(client, callable);
    }

    /** As {@link #atServer}, with the rights of the user nobody. */
    <T> T atServerAsNobody(Callable<T> callable) throws Exception {
        return InNamespace.callAsNobody(server, callable);
    }

    /** A command, run in a namespace. */
    static List<String> in(String namespace, String... command) {
        List<String> all = new ArrayList<>(List.of(Programs.find("ip"), "netns", "exec", namespace));
        all.addAll(List.of(command));
        return all;
    }

    @Override
    public void close() {
        rooms.forEach(Namespaces::remove);
        remove(client);
        remove(server);
    }
}
