import io.innkeeper.wire.dnsmasq.LeaseFile;
import io.innkeeper.wire.dnsmasq.LeaseFileContent;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** The parts of bench/lease-file that need a clock finer than a shell's. */
final class LeaseFileBench {
    public static void main(String[] args) throws Exception {
        switch (args[0]) {
            case "generate" -> generate(Path.of(args[1]), Integer.parseInt(args[2]));
            case "parse" -> parse(Path.of(args[1]), Integer.parseInt(args[2]));
            case "delay" -> delay(Path.of(args[1]), args[2], Integer.parseInt(args[3]));
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private static String line(int i, long expires) {
        return "%d %02x:%02x:%02x:%02x:%02x:%02x 10.%d.%d.%d host-%d 01:aa:bb:%02x:%02x:%02x:%02x\n"
                .formatted(expires, 0x3c, 0xd9, 0x2b, i >> 16 & 255, i >> 8 & 255, i & 255, i >> 16 & 255, i >> 8 & 255,
                        i & 255, i, i >> 24 & 255, i >> 16 & 255, i >> 8 & 255, i & 255);
    }

    private static void generate(Path file, int count) throws Exception {
        long expires = Instant.now().getEpochSecond() + 86_400;
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= count; i++) {
            text.append(line(i, expires + i % 1000));
        }
        Files.writeString(file, text);
    }

    private static void parse(Path file, int rounds) throws Exception {
        long[] nanos = new long[rounds];
        int leases = 0;
        for (int i = 0; i < rounds; i++) {
            long from = System.nanoTime();
            LeaseFileContent content = LeaseFile.parse(Files.readAllBytes(file));
            nanos[i] = System.nanoTime() - from;
            leases = content.leases().size();
        }
        double first = nanos[0] / 1e6;
        Arrays.sort(nanos);
        System.out.printf("%d leases; first read in a new JVM %.0f ms, warm p50 %.0f ms%n", leases, first, nanos[rounds / 2] / 1e6);
    }

    /** Changes one line at a time, rewriting the file in place as dnsmasq does, and waits for its event. */
    private static void delay(Path file, String base, int rounds) throws Exception {
        BlockingQueue<Long> arrivals = new ArrayBlockingQueue<>(10_000);
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/api/v1/events?type=lease.*"))
                .header("Accept", "text/event-stream").build();
        BufferedReader stream = new BufferedReader(new InputStreamReader(HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofInputStream()).body(), StandardCharsets.UTF_8));
        stream.readLine();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                for (String line = stream.readLine(); line != null; line = stream.readLine()) {
                    if (line.startsWith("data:")) {
                        arrivals.add(System.nanoTime());
                    }
                }
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        byte[] text = Files.readAllBytes(file);
        long[] nanos = new long[rounds];
        for (int i = 0; i < rounds; i++) {
            TimeUnit.MILLISECONDS.sleep(100);
            // One digit of one expiry: a renewal. The size stays the same.
            text[9] = (byte) ('0' + (text[9] - '0' + 1) % 10);
            long from = System.nanoTime();
            Files.write(file, text);
            Long arrived = arrivals.poll(20, TimeUnit.SECONDS);
            if (arrived == null) {
                throw new IllegalStateException("no event within 20 s");
            }
            nanos[i] = arrived - from;
        }
        Arrays.sort(nanos);
        System.out.printf("%d changes: p50 %.1f ms  p99 %.1f ms  max %.1f ms%n", rounds, nanos[rounds / 2] / 1e6,
                nanos[(int) (rounds * 0.99)] / 1e6, nanos[rounds - 1] / 1e6);
    }
}
