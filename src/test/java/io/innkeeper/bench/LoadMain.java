package io.innkeeper.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The load as a program: one line of JSON for each phase. Its exit status is 1 where the server gave an address twice or
 * answered otherwise than it may.
 */
public final class LoadMain {
    private static final String USAGE = """
            usage: LoadMain --server ADDRESS[:PORT] --local ADDRESS[:PORT] [OPTION VALUE]… PHASE…
              --giaddr ADDRESS    the relay's address in the messages (the local one)
              --pid PID           the server's process, for its CPU time and memory
              --acks FILE         one line for each ACK: address, hardware address
              --timeout-ms MS     when an answer counts as dropped (1000)
              --tries N           how often a message is sent before an exchange counts as failed (4)
              --first N           number of the first client (0)
            PHASE is MODE[:KEY=VALUE,…] with the modes
              dora    four-way exchanges of new clients      again     the same, of clients that hold leases
              renew   renewals of clients that hold leases   discover  DISCOVER and OFFER only
              await   DISCOVER until the first OFFER
            and the keys count, seconds, window (64), rate (a second, or such as 50% of the mode's last full rate), name,
            direct (true: a renewal without relay).""";

    private LoadMain() {}

    /** Writes ACKs as they come in; what came in together is in the file before the next is looked at. */
    private static final class AckFile implements DhcpLoad.AckListener, AutoCloseable {
        private final FileChannel file;
        private final StringBuilder lines = new StringBuilder();

        AckFile(Path path) throws IOException {
            file = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        }

        @Override
        public void acknowledged(int address, int client) {
            lines.append(LoadTarget.text(address))
                    .append(' ')
                    .append(DhcpLoad.mac(client))
                    .append('\n');
        }

        @Override
        public void batchEnds() {
            try {
                ByteBuffer bytes = ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.US_ASCII));
                while (bytes.hasRemaining()) {
                    file.write(bytes);
                }
                lines.setLength(0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    /** See {@link #USAGE}. */
    public static void main(String[] args) throws IOException {
        Map<String, String> options = new HashMap<>();
        List<LoadPhase> phases = new ArrayList<>();
        try {
            read(args, options, phases);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n" + USAGE);
            System.exit(2);
        }
        System.exit(run(target(options), options.getOrDefault("--acks", ""), phases) ? 0 : 1);
    }

    private static void read(String[] args, Map<String, String> options, List<LoadPhase> phases) {
        for (int i = 0; i < args.length; i++) {
            if (args[i].startsWith("--") && i + 1 < args.length) {
                options.put(args[i], args[++i]);
            } else {
                phases.add(LoadPhase.parse(args[i]));
            }
        }
        if (phases.isEmpty() || !options.containsKey("--server") || !options.containsKey("--local")) {
            throw new IllegalArgumentException("Server, local address and a phase are needed.");
        }
    }

    private static LoadTarget target(Map<String, String> options) {
        String[] server = options.getOrDefault("--server", "").split(":", 2);
        String[] local = options.getOrDefault("--local", "").split(":", 2);
        return new LoadTarget(
                LoadTarget.address(server[0]),
                server.length > 1 ? Integer.parseInt(server[1]) : 67,
                LoadTarget.address(local[0]),
                local.length > 1 ? Integer.parseInt(local[1]) : 67,
                LoadTarget.address(options.getOrDefault("--giaddr", local[0])),
                Integer.parseInt(options.getOrDefault("--timeout-ms", "1000")),
                Integer.parseInt(options.getOrDefault("--tries", "4")),
                Integer.parseInt(options.getOrDefault("--first", "0")),
                Long.parseLong(options.getOrDefault("--pid", "0")));
    }

    private static boolean run(LoadTarget target, String acks, List<LoadPhase> phases) throws IOException {
        boolean good = true;
        try (DhcpLoad load = new DhcpLoad(target);
                AckFile file = new AckFile(Path.of(acks.isEmpty() ? "/dev/null" : acks))) {
            if (!acks.isEmpty()) {
                load.listen(file);
            }
            System.err.println("ready");
            for (LoadPhase phase : phases) {
                LoadReport report = load.run(phase);
                System.out.println(report.json());
                good &= !report.answers().bad();
            }
            load.examples().forEach(System.err::println);
        }
        return good;
    }
}
