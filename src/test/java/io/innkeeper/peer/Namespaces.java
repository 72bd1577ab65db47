package io.innkeeper.peer;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A network of the test's own: two network namespaces, a server's and a client's, joined by a cable. Nothing outside is
 * touched. {@link #close} removes both; those that an earlier run left behind are removed by the next.
 */
final class Namespaces implements AutoCloseable {
    /** The server's IPv4 address, on {@link #SERVER_INTERFACE}. */
    static final String SERVER4 = "192.168.77.1";

    static final String SERVER_INTERFACE = "lan";
    static final String CLIENT_INTERFACE = "eth0";

    private static final Pattern OURS = Pattern.compile("(innkeeper-(\\d+)-\\d+-[sc])(?:\\s.*)?");

    private final String server;
    private final String client;

    private Namespaces(String name) {
        server = name + "-s";
        client = name + "-c";
    }

    /**
     * Makes them; skips the test where this user may not or programs are missing, except for root with {@code CI=true}, where
     * that is a failure.
     */
    static Namespaces create(String... programsNeeded) {
        skipUnlessPossible(programsNeeded);
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

    private static void skipUnlessPossible(String... programs) {
        boolean root = "root".equals(System.getProperty("user.name"));
        boolean mustRun = root && "true".equals(System.getenv("CI"));
        List<String> missing = new ArrayList<>();
        if (!root) {
            missing.add("the rights of root, for network namespaces");
        }
        List<String> all = new ArrayList<>(List.of(programs));
        all.add("ip");
        all.stream().filter(name -> !Programs.exists(name)).forEach(name -> missing.add("the program " + name));
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
        for (String namespace : List.of(server, client)) {
            Programs.run("ip", "netns", "add", namespace);
            // Duplicate address detection would keep each IPv6 address tentative for a second or two.
            Programs.run(in(namespace, "sh", "-c", "echo 0 > /proc/sys/net/ipv6/conf/default/accept_dad"));
            Programs.run("ip", "-n", namespace, "link", "set", "lo", "up");
        }
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

    private static List<String> in(String namespace, String... command) {
        List<String> all = new ArrayList<>(List.of(Programs.find("ip"), "netns", "exec", namespace));
        all.addAll(List.of(command));
        return all;
    }

    @Override
    public void close() {
        remove(client);
        remove(server);
    }
}
