package io.innkeeper.io;

import io.innkeeper.wire.net.IpAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The routers that this machine sends its packets to, as the kernel's routes for IPv4 tell (proc(5), {@code /proc/net/route}). */
public final class Gateways {
    private static final Path ROUTES = Path.of("/proc/thread-self/net/route");
    private static final int GATEWAY = 2;
    private static final int MOST = 64;

    private Gateways() {}

    /** Asks the system; empty where it does not tell. */
    public static Set<IpAddress> read() {
        try {
            return parse(Files.readAllLines(ROUTES, StandardCharsets.US_ASCII));
        } catch (IOException e) {
            return Set.of();
        }
    }

    /** From the lines of the file: the third column is the gateway in hex, in the order of the machine's octets. */
    static Set<IpAddress> parse(List<String> lines) {
        Set<IpAddress> found = new HashSet<>();
        for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
            String[] columns = line.split("\\s+", -1);
            if (columns.length > GATEWAY && columns[GATEWAY].matches("[0-9A-F]{8}") && found.size() < MOST) {
                int bits = Integer.parseUnsignedInt(columns[GATEWAY], 16);
                if (bits != 0) {
                    found.add(IpAddress.v4(Integer.reverseBytes(bits)));
                }
            }
        }
        return found;
    }
}
