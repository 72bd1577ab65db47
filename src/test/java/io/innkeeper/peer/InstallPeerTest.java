package io.innkeeper.peer;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines that boot from the network are told what to boot where they are marked, and by nobody else's mark. */
@Tag("slow")
class InstallPeerTest {
    private static final String MARKED = "02:00:00:00:31:01";
    private static final String OTHER = "02:00:00:00:31:02";
    private static final String URL = "http://192.168.77.9/debian/grubx64.efi";
    private static final String SCRIPT = "http://192.168.77.9/debian,12.ipxe";

    private static final String INSTALL = """
            install:
              %s
              profiles:
                debian:
                  next-server: 192.168.77.9
                  files: {bios: pxelinux.0, efi-x64: 'debian\\grubx64.efi', other: else.efi}
                  http: {efi-x64: "http://192.168.77.9/debian/grubx64.efi"}
                  ipxe: http://192.168.77.9/debian,12.ipxe
                  options: {pxelinux-config-file: debian.cfg, 224: 0x07, 225: 0x0102}
                memtest: {files: {bios: memtest.0}, ends: confirmed}
            """;

    @TempDir
    private Path folder;

    @Test
    void ourOwnServerTellsWhomItShould() throws Exception {
        try (Namespaces network = Namespaces.create("busybox")) {
            String dhcp4 = """
                    dhcp4:
                      interfaces: [lan]
                      conflict-check: {timeout: 100ms}
                      subnets: [{prefix: 192.168.77.0/24, pools: [{range: 192.168.77.100-192.168.77.199}]}]
                    """;
            try (ServedNetwork served = new ServedNetwork(folder, network, "[]", dhcp4 + INSTALL.formatted(""))) {
                served.awaitService("serving lan");
                NetworkBoot marked = machine(network, "m1", MARKED);
                NetworkBoot other = machine(network, "m2", OTHER);
                isToldNothing(marked.pxe(7));
                served.post("api/v1/installations", Map.of("mac", MARKED, "profile", "debian"), 201);
                isToldAll(marked);
                assertThat(marked.pxe(27)).containsEntry("boot_file", "else.efi");
                isToldNothing(marked.http(19));
                isToldNothing(marked.system());
                isToldNothing(other.pxe(7));
                isToldNothing(other.http(16));
                await("served")
                        .atMost(10, SECONDS)
                        .untilAsserted(() -> assertThat(served.get("api/v1/installations/" + MARKED)
                                        .toString())
                                .contains("\"state\":\"served\"", "dhcp4: pxelinux.0 (pxe, bios)"));
                served.kill();
                served.restart();
                served.awaitService("serving lan");
                assertThat(marked.pxe(0)).containsEntry("boot_file", "pxelinux.0");
                served.post("api/v1/installations/" + MARKED + "/ended", Map.of(), 200);
                isToldNothing(marked.pxe(7));
                served.post("api/v1/installations", Map.of("mac", OTHER, "profile", "memtest"), 201);
                // Without a server of its own, the file is where the DHCP server is.
                assertThat(other.pxe(0))
                        .containsEntry("boot_file", "memtest.0")
                        .containsEntry("siaddr", "192.168.77.1");
                isToldNothing(marked.pxe(0));
            }
        }
    }

    @Test
    void aDnsmasqReadsTheMarksByItself() throws Exception {
        Path hosts = Files.createDirectory(folder.resolve("hosts"));
        Path files = Files.createDirectory(folder.resolve("dnsmasq"));
        String kept = "dnsmasq-file: " + hosts.resolve("innkeeper");
        try (Namespaces network = Namespaces.create("dnsmasq", "busybox");
                ServedNetwork served = new ServedNetwork(folder, network, "[]", INSTALL.formatted(kept));
                RealDnsmasq dnsmasq = new RealDnsmasq(network, files, lines(served), Map.of())) {
            dnsmasq.start();
            NetworkBoot marked = machine(network, "m1", MARKED);
            NetworkBoot other = machine(network, "m2", OTHER);
            isToldOldMenu(marked.pxe(7));
            served.post("api/v1/installations", Map.of("mac", MARKED, "profile", "debian"), 201);
            awaitRead(dnsmasq, 2);
            isToldAll(marked);
            assertThat(marked.pxe(27)).containsEntry("bootfile", "else.efi");
            assertThat(marked.system()).containsEntry("ip", "192.168.77.20").containsEntry("hostname", "reserved");
            isToldOldMenu(other.pxe(7));
            served.delete("api/v1/installations/" + MARKED);
            awaitRead(dnsmasq, 3);
            isToldOldMenu(marked.pxe(7));
            assertThat(marked.system()).containsEntry("ip", "192.168.77.20");
            served.post("api/v1/installations", Map.of("mac", MARKED, "profile", "memtest"), 201);
            awaitRead(dnsmasq, 4);
            assertThat(marked.pxe(0)).containsEntry("bootfile", "memtest.0").containsEntry("siaddr", "192.168.77.1");
        }
    }

    @Test
    void theMarksInTheConfigurationOfADnsmasq() throws Exception {
        Path files = Files.createDirectory(folder.resolve("dnsmasq"));
        try (Namespaces network = Namespaces.create("dnsmasq", "busybox");
                ServedNetwork served = new ServedNetwork(folder, network, "[]", INSTALL.formatted(""))) {
            served.post("api/v1/installations", Map.of("mac", MARKED, "profile", "debian"), 201);
            try (RealDnsmasq dnsmasq = new RealDnsmasq(network, files, lines(served), Map.of())) {
                dnsmasq.start();
                NetworkBoot marked = machine(network, "m1", MARKED);
                isToldAll(marked);
                assertThat(marked.pxe(7)).as("its reservation holds").containsEntry("ip", "192.168.77.20");
                isToldOldMenu(machine(network, "m2", OTHER).pxe(7));
            }
        }
    }

    private NetworkBoot machine(Namespaces network, String device, String mac) {
        network.addDevice(device, mac);
        return new NetworkBoot(network, folder, device);
    }

    /** What was made for it, between lines that say otherwise for everybody. */
    private static List<String> lines(ServedNetwork served) throws Exception {
        List<String> lines = new java.util.ArrayList<>();
        lines.add("dhcp-boot=old.0,old,192.168.77.3");
        lines.add("dhcp-host=" + MARKED + ",192.168.77.20,reserved");
        lines.add("dhcp-boot=tag:efi,older.0,old,192.168.77.3");
        lines.addAll(served.text("api/v1/installations/dnsmasq.conf").lines().toList());
        lines.add("dhcp-match=set:efi,option:client-arch,7");
        return lines;
    }

    private static void awaitRead(RealDnsmasq dnsmasq, int times) {
        await("dnsmasq read the marks")
                .atMost(10, SECONDS)
                .until(() -> dnsmasq.said()
                                .lines()
                                .filter(line -> line.contains("read ") && line.endsWith("/innkeeper"))
                                .count()
                        >= times);
    }

    private static void isToldAll(NetworkBoot machine) throws IOException {
        assertThat(machine.pxe(0)).containsEntry("siaddr", "192.168.77.9").containsEntry("bootfile", "pxelinux.0");
        Map<String, String> efi = machine.pxe(7);
        assertThat(efi)
                .containsEntry("siaddr", "192.168.77.9")
                .containsEntry("bootfile", "debian\\grubx64.efi")
                .doesNotContainEntry("vendor", "HTTPClient");
        assertThat(efi.toString()).contains("debian.cfg");
        Map<String, String> http = machine.http(16);
        assertThat(http).containsEntry("bootfile", URL);
        assertThat(http.toString()).contains("HTTPClient");
        assertThat(machine.ipxe(7)).containsEntry("bootfile", SCRIPT);
    }

    private static void isToldNothing(Map<String, String> given) {
        assertThat(given).doesNotContainKeys("bootfile", "boot_file", "tftp");
    }

    private static void isToldOldMenu(Map<String, String> given) {
        assertThat(given.get("bootfile")).isIn("old.0", "older.0");
        assertThat(given).containsEntry("siaddr", "192.168.77.3");
    }
}
