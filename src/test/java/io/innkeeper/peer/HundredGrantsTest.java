package io.innkeeper.peer;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.innkeeper.App;
import io.innkeeper.StartException;
import io.innkeeper.TestingDhcpClient;
import io.innkeeper.config.ConfigSources;
import io.innkeeper.ops.LogSetup;
import io.innkeeper.wire.net.IpAddress;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A hundred guests come and go at a real dnsmasq. It is watched in every way there is, by each alone and by all at once: each
 * Innkeeper tells the same hundred grants and the same hundred releases, and each of them once.
 */
@Tag("slow")
class HundredGrantsTest {
    private static final int GUESTS = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();
    private final Map<String, EventTape> tapes = new LinkedHashMap<>();
    private final List<String> urls = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    private <T extends AutoCloseable> T opened(T one) {
        open.add(one);
        return one;
    }

    @Test
    void theSameHundredEventsWhoeverWatches() throws Exception {
        Namespaces network =
                opened(Namespaces.create("dnsmasq", "dbus-daemon", "rsyslogd", "journalctl", "curl", "nsenter"));
        assertThat(Path.of(JournalFromLog.WRITER)).exists();
        Path log = Files.createFile(folder.resolve("dnsmasq.log"));
        Path journal = Files.createDirectory(folder.resolve("journal"));
        RealBus bus = opened(new RealBus(Files.createDirectory(folder.resolve("bus")), ""));
        int alone = TestingDhcpClient.freePort();
        int together = TestingDhcpClient.freePort();
        forward(log, List.of(alone, together));
        opened(new JournalFromLog(log, journal));
        watch("file", "leases=" + leases());
        watch("script", "leases=" + folder.resolve("not-there"));
        watch("log", "log=" + log);
        watch("syslog", "syslog.udp=127.0.0.1:" + alone);
        watch("journal", "journal.directory=" + journal, "journal.start=beginning");
        watch("dbus", "dbus.address=" + bus.address());
        watch(
                "all",
                "leases=" + leases(),
                "log=" + log,
                "syslog.udp=127.0.0.1:" + together,
                "journal.directory=" + journal,
                "journal.start=beginning",
                "dbus.address=" + bus.address());
        serve(network, log, bus);
        Programs.run(network.onClient("ip", "address", "add", "192.168.77.2/24", "dev", Namespaces.CLIENT_INTERFACE));
        HundredGuests guests = opened(network.atClient(HundredGuests::new));
        Map<Integer, Integer> addresses = new LinkedHashMap<>();
        for (int guest = 0; guest < GUESTS; guest++) {
            addresses.put(guest, guests.lease(guest));
        }
        awaitEvents(GUESTS);
        for (Map.Entry<Integer, Integer> lease : addresses.entrySet()) {
            guests.release(lease.getKey(), lease.getValue());
        }
        awaitEvents(2 * GUESTS);
        await("nothing more comes")
                .atMost(PATIENCE)
                .during(Duration.ofSeconds(2))
                .until(() -> tapes.values().stream()
                        .allMatch(tape -> tape.aboutLeases().size() == 2 * GUESTS));
        compare(addresses);
    }

    private Path leases() {
        return folder.resolve("dnsmasq.leases");
    }

    private void watch(String name, String... ways) throws StartException, IOException, InterruptedException {
        List<String> settings = new ArrayList<>(List.of(
                "store=sqlite:" + folder.resolve(name + ".db"),
                "api.listen=127.0.0.1:0",
                "log.console=off",
                "dnsmasq.name=peer",
                "dnsmasq.gather=1s"));
        for (String way : ways) {
            settings.add("dnsmasq." + way);
        }
        LogSetup log = opened(new LogSetup(OutputStream.nullOutputStream(), false));
        App app = opened(new App(new ConfigSources(null, Map.of(), settings), false, log));
        app.start();
        tapes.put(name, opened(EventTape.follow(app.uri(), 0)));
        if (Set.of("script", "all").contains(name)) {
            urls.add(app.uri().toString());
        }
    }

    /** rsyslog reads what dnsmasq writes and sends it on as it is. */
    private void forward(Path log, List<Integer> ports) throws IOException {
        StringBuilder config = new StringBuilder("""
                global(workDirectory="%1$s")
                module(load="imfile" mode="inotify")
                template(name="line" type="string" string="<30>%%msg%%")
                input(type="imfile" file="%2$s" tag="x" facility="daemon" severity="info")
                """.formatted(folder, log));
        for (int port : ports) {
            config.append("action(type=\"omfwd\" target=\"127.0.0.1\" protocol=\"udp\" port=\"")
                    .append(port)
                    .append("\" template=\"line\")\n");
        }
        Path file = Files.writeString(folder.resolve("rsyslog.conf"), config);
        Process rsyslog = new ProcessBuilder(
                        Programs.find("rsyslogd"),
                        "-n",
                        "-f",
                        file.toString(),
                        "-i",
                        folder.resolve("rsyslog.pid").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("rsyslog.out").toFile())
                .start();
        opened(() -> Programs.end(rsyslog));
    }

    private void serve(Namespaces network, Path log, RealBus bus) throws IOException {
        Path config = Files.write(
                folder.resolve("dnsmasq.conf"),
                List.of(
                        "port=0",
                        "user=root",
                        "interface=" + Namespaces.SERVER_INTERFACE,
                        "dhcp-authoritative",
                        "no-ping",
                        "log-dhcp",
                        "enable-dbus",
                        "log-facility=" + log,
                        "dhcp-script=" + script(),
                        "dhcp-leasefile=" + leases(),
                        "pid-file=" + folder.resolve("dnsmasq.pid"),
                        "dhcp-range=192.168.77.50,192.168.77.199,255.255.255.0,12h"));
        ProcessBuilder builder = new ProcessBuilder(
                network.onServer(Programs.find("dnsmasq"), "--keep-in-foreground", "--conf-file=" + config));
        builder.environment().putAll(bus.environment());
        Process dnsmasq = builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve("dnsmasq.out").toFile())
                .start();
        opened(() -> Programs.end(dnsmasq));
        await("dnsmasq serves").atMost(10, SECONDS).until(() -> {
            assertThat(dnsmasq.isAlive())
                    .as(Files.readString(folder.resolve("dnsmasq.out")))
                    .isTrue();
            return Files.readString(log).contains("connected to system bus");
        });
    }

    /** It comes back to where the Innkeepers are, since dnsmasq is in a network of its own. */
    private Path script() throws IOException {
        StringBuilder text = new StringBuilder("#!/bin/sh\n");
        for (String url : urls) {
            text.append("""
                    nsenter --net=/proc/%d/ns/net curl -s -o /dev/null --max-time 5 '%sinternal/v1/dnsmasq' \\
                      --data-urlencode "action=$1" --data-urlencode "mac=$2" \\
                      --data-urlencode "ip=$3" --data-urlencode "hostname=$4"
                    """.formatted(ProcessHandle.current().pid(), url.endsWith("/") ? url : url + "/"));
        }
        Path script = Files.writeString(folder.resolve("notify.sh"), text);
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void awaitEvents(int count) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> tapes.forEach((name, tape) ->
                        assertThat(tape.aboutLeases()).as("seen by " + name).hasSizeGreaterThanOrEqualTo(count)));
    }

    private void compare(Map<Integer, Integer> addresses) {
        List<String> expected = new ArrayList<>();
        addresses.forEach((guest, address) -> {
            String lease =
                    " %s %s %s".formatted(IpAddress.v4(address), HundredGuests.mac(guest), HundredGuests.name(guest));
            expected.add("lease.added" + lease);
            expected.add("lease.released" + lease);
        });
        Set<String> sources = new TreeSet<>();
        tapes.forEach((name, tape) -> {
            List<String> told = new ArrayList<>();
            for (EventTape.Told event : tape.aboutLeases()) {
                told.add("%s %s %s %s"
                        .formatted(event.type(), event.lease("address"), event.lease("mac"), event.lease("hostname")));
                List<String> by = event.body()
                        .path("sources")
                        .valueStream()
                        .map(source -> source.asString())
                        .toList();
                if (name.equals("all")) {
                    sources.addAll(by);
                    assertThat(by).as(event.body().toString()).contains("file", "log");
                } else {
                    assertThat(by).containsExactly(name);
                }
            }
            assertThat(told).as("told by " + name).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(messages(tape, "dhcp.ack")).as(name).isEqualTo(carriesLines(name) ? GUESTS : 0);
        });
        assertThat(sources).containsExactly("dbus", "file", "journal", "log", "script", "syslog");
    }

    private static boolean carriesLines(String name) {
        return Set.of("log", "syslog", "journal", "all").contains(name);
    }

    private static long messages(EventTape tape, @Nullable String type) {
        return tape.all().stream().filter(told -> told.type().equals(type)).count();
    }
}
