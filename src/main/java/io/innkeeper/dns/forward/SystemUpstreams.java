package io.innkeeper.dns.forward;

import io.innkeeper.wire.net.IpAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The name servers that this machine uses. */
public final class SystemUpstreams {
    /** Where they stand. */
    public static final Path RESOLV_CONF = Path.of("/etc/resolv.conf");

    private static final int PORT = 53;

    private SystemUpstreams() {}

    /**
     * Reads the {@code nameserver} lines (resolv.conf(5)). Addresses with a zone ({@code fe80::1%eth0}) are left out.
     *
     * @param own whether that address, at port 53, is ours: asking it would go round in a circle
     * @return empty where there is no file
     * @throws IOException if the file is there and cannot be read
     */
    public static List<UpstreamAddress> read(Path file, Predicate<IpAddress> own) throws IOException {
        try {
            return parse(Files.readAllLines(file), own);
        } catch (NoSuchFileException _) {
            return List.of();
        }
    }

    static List<UpstreamAddress> parse(List<String> lines, Predicate<IpAddress> own) {
        return lines.stream()
                .map(line -> line.strip().split("\\s+"))
                .filter(words -> words.length >= 2 && words[0].equals("nameserver"))
                .map(words -> IpAddress.parse(words[1]))
                .flatMap(Optional::stream)
                .filter(own.negate())
                .distinct()
                .map(address -> UpstreamAddress.udp(address, PORT))
                .toList();
    }
}
