package io.innkeeper.peer;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpServer;
import io.innkeeper.wire.dns.DnsMessage;
import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.dns.Question;
import io.innkeeper.wire.dns.Rcode;
import io.innkeeper.wire.dns.RecordType;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Real clients ask our DNS server: dig, kdig, glibc, a browser; a real unbound is its upstream, a real udhcpc brings a name. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DnsPeerTest {
    private static final String SERVER = Namespaces.SERVER4;
    private static final String SERVER6 = "fd00:77::1";
    private static final int HTTP_PORT = 8088;

    /** Above it is what only a stale answer has. */
    private static final int SHORT_TTL_S = 1;

    private static final String CONFIG = """
            dhcp4:
              interfaces: lan
              conflict-check: {timeout: 100ms}
              subnets:
                - {prefix: 192.168.77.0/24, pools: [{range: 192.168.77.100-192.168.77.199}]}
            dns:
              listen: ["*:53"]
              upstreams: ["udp://127.0.0.1:5300"]
              limits: {per-client: 0}
              local: {hosts: {page: {address: [192.168.77.1, "fd00:77::1"]}}}
            """;

    /** Type, name, data as dig shows them. */
    private static final List<List<String>> RECORDS = List.of(
            List.of("A", "host.peer.zone", "192.0.2.1"),
            List.of("AAAA", "host.peer.zone", "2001:db8::1"),
            List.of("MX", "peer.zone", "10 host.peer.zone."),
            List.of("TXT", "text.peer.zone", "\"one\" \"two; three\""),
            List.of("SRV", "_ipp._tcp.peer.zone", "1 2 631 host.peer.zone."),
            List.of("NS", "peer.zone", "host.peer.zone."),
            List.of("SOA", "peer.zone", "host.peer.zone. root.peer.zone. 7 3600 600 86400 60"),
            List.of("PTR", "1.peer.zone", "host.peer.zone."),
            List.of("CNAME", "alias.peer.zone", "host.peer.zone."),
            List.of("CAA", "peer.zone", "0 issue \"ca.example\""),
            List.of("HTTPS", "web.peer.zone", "1 . alpn=\"h2\" ipv4hint=192.0.2.1"),
            List.of("SVCB", "_dns.peer.zone", "1 host.peer.zone. port=853"),
            List.of("TLSA", "_443._tcp.peer.zone", "3 1 1 00112233"),
            List.of("TYPE65280", "odd.peer.zone", "\\# 3 010203"));

    private Path folder;
    private Namespaces network;
    private RealUnbound unbound;
    private ServedNetwork served;
    private String room;
    private DatagramSocket socket;
    private int lastId;

    @BeforeAll
    void serve(@TempDir Path temporary) throws Exception {
        folder = temporary;
        network = Namespaces.create("busybox", "dig", "kdig", "unbound");
        network.route("192.168.77.2/24");
        Programs.run(network.onClient(
                Programs.find("ip"), "address", "add", "fd00:77::2/64", "dev", Namespaces.CLIENT_INTERFACE, "nodad"));
        List<String> records = new ArrayList<>();
        RECORDS.forEach(one -> records.add("%s. 300 IN %s %s".formatted(one.get(1), one.get(0), one.get(2))));
        for (int i = 0; i < 40; i++) {
            records.add("n%d.peer.zone. %d IN A 192.0.2.%d".formatted(i, SHORT_TTL_S, i));
            records.add("big.peer.zone. 300 IN TXT \"%s%d\"".formatted("x".repeat(60), i));
        }
        unbound = new RealUnbound(network, folder, "peer.zone", records);
        served = new ServedNetwork(folder, network, "[]", CONFIG);
        room = network.onClient().getLast();
        Path resolv = Path.of("/etc/netns", room, "resolv.conf");
        Files.createDirectories(resolv.getParent());
        Files.writeString(resolv, "nameserver " + SERVER + "\nsearch home.arpa\n");
        socket = network.atClient(DatagramSocket::new);
        await("the DNS server answers")
                .atMost(ServedNetwork.PATIENCE_S, SECONDS)
                .ignoreExceptions()
                .until(() -> ask("page.home.arpa", 300) != null);
    }

    @AfterAll
    void end() throws IOException {
        if (network == null) {
            return;
        }
        try (Namespaces _ = network;
                RealUnbound _ = unbound;
                ServedNetwork _ = served;
                DatagramSocket _ = socket) {
            Path own = Path.of("/etc/netns", network.onClient().getLast());
            Files.deleteIfExists(own.resolve("resolv.conf"));
            Files.deleteIfExists(own);
        }
    }

    private String dig(String... words) {
        return run("dig", words);
    }

    private String run(String program, String... words) {
        List<String> command = new ArrayList<>(network.onClient(Programs.find(program)));
        command.addAll(List.of(words));
        return Programs.run(command);
    }

    private void send(int id, String name) throws IOException {
        byte[] query = DnsMessage.query(
                        id, DnsMessage.RECURSION_DESIRED, new Question(DnsName.of(name), RecordType.A, 1), null)
                .write(512);
        socket.send(new DatagramPacket(query, query.length, InetAddress.getByName(SERVER), 53));
    }

    private DnsMessage receive(int timeoutMs) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
        socket.setSoTimeout(timeoutMs);
        socket.receive(packet);
        return (DnsMessage) DnsMessage.parse(packet.getData(), 0, packet.getLength());
    }

    private DnsMessage ask(String name, int timeoutMs) throws IOException {
        int id = ++lastId & 0xffff;
        send(id, name);
        DnsMessage answer = receive(timeoutMs);
        while (answer.id() != id) {
            answer = receive(timeoutMs);
        }
        return answer;
    }

    /** All in one run of the program for each transport, and with each program. */
    @Test
    void everyTypeByEveryTransport() {
        for (String program : List.of("dig", "kdig")) {
            for (List<String> how : List.of(
                    List.of("@" + SERVER),
                    List.of("@" + SERVER6),
                    List.of("@" + SERVER, "+tcp", "+keepopen"),
                    List.of("@" + SERVER, "+noedns"),
                    List.of("@" + SERVER, "+dnssec", "+cd"))) {
                List<String> words = new ArrayList<>();
                RECORDS.forEach(record -> {
                    words.addAll(how);
                    words.addAll(List.of("+noall", "+answer", record.get(1), record.get(0)));
                });
                String said = run(program, words.toArray(String[]::new));
                for (List<String> record : RECORDS) {
                    String data = record.get(2).replace("\"", "");
                    assertThat(said.lines()
                                    .map(line -> line.replaceAll("\\s+", " ")
                                            .replace("\"", "")
                                            .strip()))
                            .as("%s %s %s", program, how, record)
                            .anyMatch(line -> line.startsWith(record.get(1) + ". ") && line.endsWith(data));
                }
            }
        }
    }

    @Test
    void everyFlag() {
        String at = "@" + SERVER;
        assertThat(dig(at, "host.peer.zone")).contains("status: NOERROR", "qr rd ra;", "EDNS: version: 0", "(good)");
        assertThat(dig(at, "+nocookie", "host.peer.zone")).doesNotContain("COOKIE");
        assertThat(dig(at, "+noedns", "host.peer.zone")).doesNotContain("OPT PSEUDOSECTION");
        assertThat(dig(at, "+dnssec", "host.peer.zone")).contains("flags: do;");
        assertThat(dig(at, "+cd", "host.peer.zone")).contains("qr rd ra cd;");
        assertThat(dig(at, "+norec", "never-asked.peer.zone")).contains("status: REFUSED");
        assertThat(dig(at, "gone.peer.zone")).contains("status: NXDOMAIN", "SOA");
        assertThat(dig(at, "host.peer.zone", "MX")).contains("status: NOERROR", "ANSWER: 0", "SOA");
        assertThat(dig(at, "host.peer.zone", "ANY", "+notcp")).contains("RFC8482");
        assertThat(dig(at, "peer.zone", "AXFR")).contains("Transfer failed");
        assertThat(dig(at, "version.bind", "TXT", "CH")).contains("status: REFUSED");
        assertThat(dig(at, "+edns=1", "+noednsneg", "host.peer.zone")).contains("status: BADVERS");
        assertThat(dig(at, "+opcode=5", "host.peer.zone")).contains("status: NOTIMP");
        assertThat(dig(at, "+bufsize=512", "+ignore", "big.peer.zone", "TXT")).contains(" tc ", "ANSWER: 0");
        assertThat(dig(at, "+bufsize=4096", "+ignore", "big.peer.zone", "TXT")).contains(" tc ");
        assertThat(dig(at, "big.peer.zone", "TXT")).contains("retrying in TCP", "ANSWER: 40");
        assertThat(dig(at, "+subnet=192.0.2.0/24", "host.peer.zone")).contains("192.0.2.1");
        assertThat(dig(at, "+tcp", "+keepopen", "host.peer.zone", "HoSt.pEer.zone"))
                .contains("HoSt.pEer.zone.");
        assertThat(dig(at, "page", "+short")).isEqualTo("192.168.77.1\n");
        assertThat(dig(at, "-x", "192.168.77.1", "+short")).isEqualTo("page.home.arpa.\n");
    }

    /** Once its answer is known, every question is answered, whether the upstream lives or not. */
    @Test
    void theUpstreamIsKilledAndComesBack() throws Exception {
        Map<Integer, Long> open = new HashMap<>();
        boolean[] stale = new boolean[40];
        for (int i = 0; i < stale.length; i++) {
            assertThat(ask("n" + i + ".peer.zone", 5_000).answers()).hasSize(1);
        }
        unbound.kill();
        try {
            load(open, stale, () -> all(stale, true));
        } finally {
            unbound.start();
        }
        load(open, stale, () -> all(stale, false));
        assertThat(open.values()).as("asked at, and never answered").isEmpty();
    }

    private static boolean all(boolean[] flags, boolean value) {
        for (boolean flag : flags) {
            if (flag != value) {
                return false;
            }
        }
        return true;
    }

    /** Asks all names again and again until this is so; then waits for the answers that are missing. */
    private void load(Map<Integer, Long> open, boolean[] stale, BooleanSupplier enough) throws IOException {
        long until = System.nanoTime() + SECONDS.toNanos(ServedNetwork.PATIENCE_S);
        for (int round = 0; !enough.getAsBoolean(); round++) {
            assertThat(System.nanoTime()).as("in time").isLessThan(until);
            for (int i = 0; i < stale.length; i++) {
                int id = i + 64 * (round % 1_000);
                open.put(id, System.nanoTime());
                send(id, "n" + i + ".peer.zone");
            }
            hear(open, stale, 50);
        }
        while (!open.isEmpty() && System.nanoTime() < until) {
            hear(open, stale, 3_000);
        }
    }

    private void hear(Map<Integer, Long> open, boolean[] stale, int silenceMs) throws IOException {
        try {
            while (!open.isEmpty()) {
                DnsMessage answer = receive(silenceMs);
                assertThat(answer.rcode()).isEqualTo(Rcode.NOERROR);
                assertThat(answer.answers()).hasSize(1);
                open.remove(answer.id());
                stale[answer.id() % 64] = answer.answers().getFirst().ttl() > SHORT_TTL_S;
            }
        } catch (SocketTimeoutException e) {
            // More questions then.
        }
    }

    @Test
    void theNameOfALeaseIsThereWithinASecondAndGoneWithIt() throws Exception {
        Guest guest = network.guest(folder, "phone", Namespaces.CLIENT_INTERFACE, "02:00:00:00:00:01");
        try (Udhcpc client = new Udhcpc(guest)) {
            client.stay("phone");
            String address = served.lease("02:00:00:00:00:01").path("address").asString();
            await("the name of the phone")
                    .atMost(1, SECONDS)
                    .pollInterval(20, MILLISECONDS)
                    .until(() -> ask("phone.home.arpa", 1_000).answers().size() == 1);
            assertThat(dig("@" + SERVER, "phone.home.arpa", "+short")).isEqualTo(address + "\n");
            assertThat(dig("@" + SERVER, "-x", address, "+short")).isEqualTo("phone.home.arpa.\n");
            assertThat(run("getent", "ahosts", "phone")).contains(address);
            client.release();
            served.noLease("02:00:00:00:00:01");
            await("no name of the phone")
                    .atMost(1, SECONDS)
                    .pollInterval(20, MILLISECONDS)
                    .until(() -> ask("phone.home.arpa", 1_000).rcode() == Rcode.NXDOMAIN);
        }
    }

    @Test
    void glibcResolves() {
        assertThat(run("getent", "ahosts", "page.home.arpa")).contains(SERVER, SERVER6);
        assertThat(run("getent", "ahostsv4", "page")).contains(SERVER);
        assertThat(run("getent", "hosts", SERVER)).contains("page.home.arpa");
        assertThat(run("getent", "ahosts", "host.peer.zone")).contains("192.0.2.1", "2001:db8::1");
    }

    @Test
    void aBrowserOpensAPageByANameThatOnlyWeKnow() throws Exception {
        HttpServer http = network.atServer(() -> HttpServer.create(new InetSocketAddress(SERVER, HTTP_PORT), 0));
        http.createContext("/", exchange -> {
            byte[] page = "<title>found</title>by name".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        http.start();
        Path script = folder.resolve("chromium-there");
        Files.writeString(
                script,
                Stream.concat(network.onClient().stream(), Stream.of("chromium"))
                                .reduce("#!/bin/sh\nexec", (all, word) -> all + " " + word)
                        + " \"$@\"\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (RealBrowser browser = RealBrowser.start(script);
                Page page = browser.open(new Browser.NewContextOptions())) {
            page.navigate("http://page.home.arpa:" + HTTP_PORT + "/");
            assertThat(page.title()).isEqualTo("found");
        } finally {
            http.stop(0);
        }
    }
}
