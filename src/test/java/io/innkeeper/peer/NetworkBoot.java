package io.innkeeper.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A machine that boots from the network, as far as DHCP goes: Busybox's client, saying what firmware says. */
final class NetworkBoot {
    /** Writes down what it was given, and uses none of it. */
    private static final String SCRIPT = """
            #!/bin/sh
            [ "$1" = bound ] && env | grep -E '^(ip|siaddr|sname|boot_file|bootfile|tftp|hostname|vendor|opt[0-9]+|pxeconffile)=' >"${0%.sh}.given"
            exit 0
            """;

    private final Place place;
    private final Path folder;
    private final String device;

    /** At an interface of the clients' namespace, whose hardware address it has. */
    NetworkBoot(Namespaces network, Path folder, String device) {
        this.place = network::onClient;
        this.folder = folder;
        this.device = device;
    }

    /** Boots by PXE; the number is the kind of machine (option 93). */
    Map<String, String> pxe(int architecture) throws IOException {
        return ask("-V", "PXEClient:Arch:%05d:UNDI:003016".formatted(architecture), "-x", arch(architecture));
    }

    /** Boots by UEFI's HTTP boot. */
    Map<String, String> http(int architecture) throws IOException {
        return ask("-V", "HTTPClient:Arch:%05d:UNDI:003001".formatted(architecture), "-x", arch(architecture));
    }

    /** Is iPXE by now. */
    Map<String, String> ipxe(int architecture) throws IOException {
        return ask(
                "-V",
                "PXEClient:Arch:%05d:UNDI:003010".formatted(architecture),
                "-x",
                arch(architecture),
                "-x",
                "0x4d:69505845");
    }

    /** Its system runs, and asks as systems do. */
    Map<String, String> system() throws IOException {
        return ask();
    }

    private static String arch(int architecture) {
        return "0x5d:%04x".formatted(architecture);
    }

    /** What it was given, by the names that Busybox has for it: {@code ip}, {@code siaddr}, {@code boot_file}, {@code bootfile}. */
    private Map<String, String> ask(String... says) throws IOException {
        Path script = folder.resolve("netboot-" + device + ".sh");
        if (!Files.exists(script)) {
            Files.writeString(script, SCRIPT);
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Path given = folder.resolve("netboot-" + device + ".given");
        Files.deleteIfExists(given);
        List<String> command = new ArrayList<>(List.of(
                Programs.find("busybox"), "udhcpc", "-f", "-n", "-q", "-C", "-T", "1", "-t", "10", "-i", device));
        command.addAll(List.of("-s", script.toString(), "-O", "tftp", "-O", "bootfile", "-O", "60", "-O", "209"));
        command.addAll(List.of(says));
        Programs.run(place.command(command.toArray(String[]::new)));
        Map<String, String> values = new HashMap<>();
        for (String line : Files.readAllLines(given)) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                values.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        return values;
    }
}
