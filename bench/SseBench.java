import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/** Many followers of the event stream, and somebody who renews leases at a given rate. */
final class SseBench {
    private static final int BUCKETS = 60_000; // tenths of a millisecond

    public static void main(String[] args) throws Exception {
        Path file = Path.of(args[0]);
        int port = Integer.parseInt(args[1]);
        int clients = Integer.parseInt(args[2]);
        int events = Integer.parseInt(args[3]);
        int perSecond = Integer.parseInt(args[4]);
        AtomicLongArray delays = new AtomicLongArray(BUCKETS);
        AtomicInteger complete = new AtomicInteger();
        AtomicInteger outOfOrder = new AtomicInteger();
        CountDownLatch connected = new CountDownLatch(clients);
        CountDownLatch done = new CountDownLatch(clients);
        for (int i = 0; i < clients; i++) {
            Thread.ofVirtual().start(() -> {
                try {
                    follow(port, events, connected, delays, outOfOrder);
                    complete.incrementAndGet();
                } catch (Exception e) {
                    System.out.println("a follower failed: " + e);
                } finally {
                    done.countDown();
                }
            });
            if (i % 100 == 99) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
        connected.await(60, TimeUnit.SECONDS);
        System.out.printf("  %d followers connected%n", clients - connected.getCount());
        long from = System.nanoTime();
        renew(file, events, perSecond);
        double wrote = (System.nanoTime() - from) / 1e9;
        boolean all = done.await(60, TimeUnit.SECONDS);
        double took = (System.nanoTime() - from) / 1e9;
        System.out.printf("  %d events written in %.1f s, all received after %.1f s: %,.0f deliveries/s%n", events, wrote,
                took, (double) clients * events / took);
        System.out.printf("  complete: %d of %d followers%s, out of order or twice: %d%n", complete.get(), clients,
                all ? "" : " (gave up waiting)", outOfOrder.get());
        System.out.printf("  from the event's time to its arrival: p50 %.1f ms  p99 %.1f ms  max %.1f ms%n", quantile(delays, 0.5),
                quantile(delays, 0.99), quantile(delays, 1));
        System.exit(complete.get() == clients && outOfOrder.get() == 0 ? 0 : 1);
    }

    private static void follow(int port, int events, CountDownLatch connected, AtomicLongArray delays, AtomicInteger wrong)
            throws Exception {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            OutputStream out = socket.getOutputStream();
            out.write("GET /api/v1/events?type=lease.* HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[16_384];
            Scan scan = new Scan(delays, wrong);
            boolean first = true;
            while (scan.count < events) {
                int read = in.read(buffer);
                if (read < 0) {
                    throw new IllegalStateException("cut after " + scan.count + " events");
                }
                if (first) {
                    connected.countDown();
                    first = false;
                }
                scan.take(buffer, read, System.currentTimeMillis());
            }
        }
    }

    /** Finds "id: N" and "\"at\":\"…\"" in a stream without making strings of all of it. */
    private static final class Scan {
        private static final byte[] ID = "\nid: ".getBytes(StandardCharsets.US_ASCII);
        private static final byte[] AT = "\"at\":\"".getBytes(StandardCharsets.US_ASCII);
        private final AtomicLongArray delays;
        private final AtomicInteger wrong;
        private final byte[] at = new byte[24];
        private int idMatched;
        private int atMatched;
        private boolean inId;
        private int atLength = -1;
        private long id;
        private long lastId;
        private boolean wantAt;
        int count;

        Scan(AtomicLongArray delays, AtomicInteger wrong) {
            this.delays = delays;
            this.wrong = wrong;
        }

        void take(byte[] bytes, int length, long now) {
            for (int i = 0; i < length; i++) {
                byte b = bytes[i];
                if (inId) {
                    if (b >= '0' && b <= '9') {
                        id = id * 10 + b - '0';
                        continue;
                    }
                    inId = false;
                    wantAt = true;
                    if (id <= lastId) {
                        wrong.incrementAndGet();
                    }
                    lastId = id;
                    count++;
                } else if (atLength >= 0) {
                    if (b != '"') {
                        if (atLength < at.length) {
                            at[atLength++] = b;
                        }
                        continue;
                    }
                    note(now - Instant.parse(new String(at, 0, atLength, StandardCharsets.US_ASCII)).toEpochMilli());
                    atLength = -1;
                    wantAt = false;
                }
                idMatched = b == ID[idMatched] ? idMatched + 1 : b == ID[0] ? 1 : 0;
                if (idMatched == ID.length) {
                    inId = true;
                    id = 0;
                    idMatched = 0;
                }
                if (wantAt) {
                    atMatched = b == AT[atMatched] ? atMatched + 1 : b == AT[0] ? 1 : 0;
                    if (atMatched == AT.length) {
                        atLength = 0;
                        atMatched = 0;
                    }
                }
            }
        }

        private void note(long ms) {
            delays.incrementAndGet((int) Math.max(0, Math.min(BUCKETS - 1, ms * 10)));
        }
    }

    private static double quantile(AtomicLongArray delays, double q) {
        long total = 0;
        for (int i = 0; i < BUCKETS; i++) {
            total += delays.get(i);
        }
        long seen = 0;
        int last = 0;
        for (int i = 0; i < BUCKETS; i++) {
            seen += delays.get(i);
            last = delays.get(i) > 0 ? i : last;
            if (seen >= q * total && seen > 0) {
                return i / 10.0;
            }
        }
        return last / 10.0;
    }

    /** Renews one lease after another: a line's expiry changes, the whole file is rewritten in place. */
    private static void renew(Path file, int events, int perSecond) throws Exception {
        String[] lines = Files.readString(file).split("\n");
        long next = System.nanoTime();
        for (int i = 0; i < events; i++) {
            int which = i % lines.length;
            String[] fields = lines[which].split(" ", 2);
            lines[which] = Long.parseLong(fields[0]) + 1 + " " + fields[1];
            Files.writeString(file, String.join("\n", Arrays.asList(lines)) + "\n");
            next += TimeUnit.SECONDS.toNanos(1) / perSecond;
            long wait = next - System.nanoTime();
            if (wait > 0) {
                TimeUnit.NANOSECONDS.sleep(wait);
            }
        }
    }
}
