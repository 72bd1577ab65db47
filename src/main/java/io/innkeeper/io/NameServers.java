package io.innkeeper.io;

import io.innkeeper.wire.net.IpAddress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The name servers of this machine: {@code resolv.conf(5)}. */
public final class NameServers {
    private static final Path FILE = Path.of("/etc/resolv.conf");
    private static final int MAX_OCTETS = 1 << 16;

    /** As the C library: those behind the third are not asked. */
    private static final int MOST = 3;

    private NameServers() {}

    /** Those of the system now; none where it does not tell. */
    public static List<IpAddress> read() {
        try (InputStream stream = Files.newInputStream(FILE)) {
            return of(new String(stream.readNBytes(MAX_OCTETS), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Those that this text of a {@code resolv.conf} names. */
    static List<IpAddress> of(String text) {
        return text.lines()
                .map(line -> line.strip().split("\\s+", 3))
                .filter(words -> words.length > 1 && words[0].equals("nameserver"))
                .map(words -> IpAddress.parse(words[1]))
                .flatMap(Optional::stream)
                .limit(MOST)
                .toList();
    }
}
