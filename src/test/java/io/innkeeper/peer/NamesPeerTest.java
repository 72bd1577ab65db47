package io.innkeeper.peer;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.innkeeper.peer.EventTape.Told;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Machines that tell no DHCP server their name: a real name server, real responders, and what the whole program makes of them. */
@Tag("slow")
@Timeout(180)
class NamesPeerTest {
    private static final String CONFIG = """
            arp: {interfaces: [lan], interval: 5s, sweep: 10s, rate: 2000, tries: 2}
            devices:
              names: {servers: [192.168.77.53], rate: 10}
            """;

    @TempDir
    private Path folder;

    private Namespaces network;
    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeEach
    void make() {
        network = Namespaces.create("busybox", "dnsmasq");
    }

    @AfterEach
    void end() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
        network.close();
    }

    private <T extends AutoCloseable> T keep(T one) {
        open.add(one);
        return one;
    }

    private static String mac(int number) {
        return "02:00:00:00:77:%02x".formatted(number);
    }

    private Guest guest(int number) throws Exception {
        Guest guest = network.guest(folder, "guest" + number, Namespaces.CLIENT_INTERFACE, mac(number));
        guest.take("192.168.77." + number + "/24");
        return guest;
    }

    private void nameServer() throws Exception {
        RealDnsmasq server = keep(new RealDnsmasq(
                guest(53),
                List.of(
                        "no-resolv",
                        "no-hosts",
                        "local-ttl=5",
                        "host-record=printer.lan,192.168.77.20",
                        "host-record=wrong.lan,192.168.77.10",
                        "ptr-record=40.77.168.192.in-addr.arpa,\"192-168-77-40.dyn.lan\"")));
        Files.writeString(server.config(), Files.readString(server.config()).replace("port=0", "port=53"));
        server.start();
    }

    private JsonNode device(ServedNetwork served, int number) throws Exception {
        return served.get("api/v1/devices/" + mac(number));
    }

    /** Waits for the name, and looks that it is told once. */
    private void awaitName(ServedNetwork served, int number, String name, String source) {
        await("the name of " + mac(number))
                .atMost(ServedNetwork.PATIENCE_S, SECONDS)
                .ignoreExceptions()
                .untilAsserted(
                        () -> assertThat(device(served, number).path("hostname").asString(""))
                                .isEqualTo(name));
        await("the event")
                .atMost(ServedNetwork.PATIENCE_S, SECONDS)
                .until(() -> changes(served, number).size() > 0);
        JsonNode told = changes(served, number).getFirst();
        assertThat(told.path("changed").toString()).isEqualTo("[\"hostname\"]");
        assertThat(told.path("device").path("hostname").asString()).isEqualTo(name);
        assertThat(told.path("device").path("hostnameSource").asString()).isEqualTo(source);
        assertThat(changes(served, number)).hasSize(1);
    }

    private static List<JsonNode> changes(ServedNetwork served, int number) {
        return served.tape().all().stream()
                .filter(told -> told.isAboutDevice(mac(number)) && told.type().equals("device.changed"))
                .map(Told::body)
                .toList();
    }

    @Test
    void responderAndNameServerAreAskedAndTheDeviceIsBelievedFirst() throws Exception {
        nameServer();
        Guest speaker = guest(10);
        keep(new TestingResponder(speaker, "10.77.168.192.in-addr.arpa", "speaker.local"));
        guest(20);
        TestingResponder liar = keep(new TestingResponder(guest(30), "40.77.168.192.in-addr.arpa", "liar.local"));
        guest(40);
        ServedNetwork served = keep(new ServedNetwork(folder, network, "[]", CONFIG));
        awaitName(served, 10, "speaker", "mdns");
        awaitName(served, 20, "printer", "reverse-dns");
        assertThat(liar.heard.get()).as("it was heard answering for another").isPositive();
        assertThat(device(served, 40).path("hostname").isNull())
                .as("an answer from elsewhere, and a name that spells its address")
                .isTrue();
    }

    /** Debian's avahi-daemon, where it is installed; without D-Bus, and with a folder of its own for its process number. */
    @Test
    void avahiTellsItsName() throws Exception {
        Namespaces.skipUnlessPossible("a real responder", "avahi-daemon");
        Guest guest = guest(11);
        keep(avahi(guest));
        ServedNetwork served = keep(new ServedNetwork(folder, network, "[]", CONFIG));
        awaitName(served, 11, "kitchen", "mdns");
    }

    private AutoCloseable avahi(Guest guest) throws IOException {
        Path config = Files.writeString(guest.folder().resolve("avahi.conf"), """
                [server]
                host-name=kitchen
                use-ipv6=no
                enable-dbus=no
                [publish]
                publish-workstation=no
                """);
        String script = "mkdir -p /run/avahi-daemon && mount -t tmpfs none /run/avahi-daemon"
                + " && exec \"$0\" -f \"$1\" --no-drop-root --no-chroot --no-rlimits";
        Process process = new ProcessBuilder(
                        guest.command("sh", "-c", script, Programs.find("avahi-daemon"), config.toString()))
                .redirectErrorStream(true)
                .redirectOutput(guest.folder().resolve("avahi.log").toFile())
                .start();
        return () -> Programs.end(process);
    }

    /** Without the roll call, and with it but switched off: not a question. */
    @Test
    void nothingIsAskedThatIsNotSwitchedOn() throws Exception {
        TestingResponder responder =
                keep(new TestingResponder(guest(10), "10.77.168.192.in-addr.arpa", "speaker.local"));
        ServedNetwork served = keep(new ServedNetwork(
                folder,
                network,
                "[]",
                CONFIG.replace("{servers: [192.168.77.53], rate: 10}", "{mdns: false, reverse-dns: false}")));
        served.deviceEvent("device.discovered", mac(10));
        long before = served.rollCall("get_status").path("detail").path("sent").asLong();
        await("the roll call goes on for a while")
                .atMost(ServedNetwork.PATIENCE_S, SECONDS)
                .until(() -> served.rollCall("get_status")
                                .path("detail")
                                .path("sent")
                                .asLong()
                        > before + 300);
        assertThat(responder.heard).hasValue(0);
    }
}
