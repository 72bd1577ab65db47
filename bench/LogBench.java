import io.innkeeper.wire.dnsmasq.log.DhcpKind;
import io.innkeeper.wire.dnsmasq.log.LogEntry;
import io.innkeeper.wire.dnsmasq.log.LogLines;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The parts of bench/log that are Java: makes a log, and reads it as the tail of a log file does, in chunks of whole lines. */
final class LogBench {
    private static final int CHUNK = 256 * 1024;
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final long NOW_MS = Instant.parse("2026-11-21T20:00:00Z").toEpochMilli();

    public static void main(String[] args) throws Exception {
        switch (args[0]) {
            case "generate" -> generate(Path.of(args[1]), Integer.parseInt(args[2]), 45, 15);
            case "generate-dhcp" -> generate(Path.of(args[1]), Integer.parseInt(args[2]), 0, 100);
            case "read" -> read(args[1], Path.of(args[2]), Integer.parseInt(args[3]));
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    // --- the log: a home's router, rsyslog's traditional form -----------------------------------------------------------------

    private static final String[] NAMES = {
        "www.example.com", "api.github.com", "time.cloudflare.com", "connectivitycheck.gstatic.com", "play.google.com",
        "e6858.dsce9.akamaiedge.net", "mobile.events.data.microsoft.com", "nas.lan", "printer.lan", "ocsp.digicert.com",
        "d3p8zr0ffa9t17.cloudfront.net", "fonts.gstatic.com", "s3-1-w.eu-central-1.amazonaws.com"
    };
    private static final String[] TYPES = {"A", "AAAA", "HTTPS", "PTR", "A", "AAAA"};
    private static final String[] OTHERS = {
        "kernel: [12345.678901] br-lan: port 2(lan2) entered forwarding state",
        "systemd[1]: Started Daily apt download activities.",
        "CRON[31337]: (root) CMD (   cd / && run-parts --report /etc/cron.hourly)",
        "sshd[2211]: Accepted publickey for admin from 192.168.1.20 port 51122 ssh2: ED25519 SHA256:abcdefghijklmnop",
        "hostapd[903]: wlan0: STA 3c:d9:2b:00:12:34 IEEE 802.11: associated (aid 3)",
        "ntpd[712]: Soliciting pool server 162.159.200.1"
    };

    /** So many lines; of a hundred episodes so many of DNS and so many of DHCP, the rest are single lines of other programs. */
    private static void generate(Path file, int count, int dns, int dhcp) throws IOException {
        Random random = new Random(7);
        List<String> lines = new ArrayList<>();
        int made = 0;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            while (made < count) {
                lines.clear();
                int what = random.nextInt(100);
                if (what < dns) {
                    dns(lines, random);
                } else if (what < dns + dhcp) {
                    dhcp(lines, random);
                } else {
                    lines.add(OTHERS[random.nextInt(OTHERS.length)]);
                }
                for (String line : lines) {
                    String head = head((int) (made++ * 86_400L * 20 / count));
                    out.write((head + line + "\n").getBytes(StandardCharsets.US_ASCII));
                }
            }
        }
    }

    private static String head(int second) {
        int day = second / 86_400 + 1;
        StringBuilder head = new StringBuilder("Nov ").append(day < 10 ? " " : "").append(day).append(' ');
        two(head, second / 3_600 % 24).append(':');
        two(head, second / 60 % 60).append(':');
        return two(head, second % 60).append(" router ").toString();
    }

    private static StringBuilder two(StringBuilder line, int value) {
        return line.append((char) ('0' + value / 10)).append((char) ('0' + value % 10));
    }

    /** A question, and its answer from the cache or from an upstream server. */
    private static void dns(List<String> lines, Random random) {
        String name = NAMES[random.nextInt(NAMES.length)];
        String tag = "dnsmasq[4711]: ";
        lines.add(tag + "query[" + TYPES[random.nextInt(TYPES.length)] + "] " + name + " from 192.168.1." + (random.nextInt(254) + 1));
        if (random.nextInt(2) == 0) {
            lines.add(tag + "cached " + name + " is 142.250." + random.nextInt(256) + ".14");
            return;
        }
        lines.add(tag + "forwarded " + name + " to 9.9.9.9");
        for (int i = random.nextInt(3); i >= 0; i--) {
            lines.add(tag + "reply " + name + " is " + (i > 0 ? "<CNAME>" : "142.250." + random.nextInt(256) + ".14"));
        }
    }

    /** A client that comes, or one that renews. */
    private static void dhcp(List<String> lines, Random random) {
        int host = random.nextInt(60_000);
        String tag = "dnsmasq-dhcp[4711]: ";
        String mac = " 3c:d9:2b:%02x:%02x:%02x ".formatted(host * 7 & 255, host >> 8, host & 255);
        String address = " 192.168." + (host >> 8) + "." + (host & 255);
        if (random.nextInt(3) > 0) {
            lines.add(tag + "DHCPDISCOVER(br-lan)" + mac);
            lines.add(tag + "DHCPOFFER(br-lan)" + address + mac);
        }
        lines.add(tag + "DHCPREQUEST(br-lan)" + address + mac);
        lines.add(tag + "DHCPACK(br-lan)" + address + mac + (host % 4 == 0 ? "" : "host-" + host));
    }

    // --- reading it ------------------------------------------------------------------------------------------------------------

    /** What one pass found; kept so that nothing can be left out by the compiler. */
    private static final class Found {
        long lines;
        long wanted;
        long entries;
        long sum;
    }

    private static void read(String mode, Path file, int rounds) throws IOException {
        for (int round = 1; round <= rounds; round++) {
            long cpuFrom = cpu();
            long from = System.nanoTime();
            Found found = pass(mode, file);
            double seconds = (System.nanoTime() - from) / 1e9;
            double cpu = (cpu() - cpuFrom) / 1e9;
            System.out.printf("%s %d %.3f %.3f %d %d %d%n", mode, round, seconds, cpu, found.lines, found.wanted, found.sum);
        }
        System.out.println("peak " + peakKilobytes());
    }

    private static String peakKilobytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .map(line -> line.replaceAll("\\D", ""))
                .findFirst()
                .orElse("0");
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static Found pass(String mode, Path file) throws IOException {
        Found found = new Found();
        LogLines lines = new LogLines();
        byte[] bytes = new byte[CHUNK];
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        try (FileChannel channel = FileChannel.open(file)) {
            while (channel.read(buffer) >= 0) {
                int end = buffer.position();
                int whole = end;
                while (whole > 0 && bytes[whole - 1] != '\n') {
                    whole--;
                }
                lines.reset(bytes, 0, whole);
                switch (mode) {
                    case "filter" -> filter(lines, found);
                    case "records" -> entries(lines, found);
                    case "times" -> times(lines, found);
                    default -> entries(lines, found);
                }
                System.arraycopy(bytes, whole, bytes, 0, end - whole);
                buffer.clear().position(end - whole);
            }
        }
        found.lines = lines.lines();
        return found;
    }

    private static void filter(LogLines lines, Found found) {
        while (lines.next()) {
            if (lines.kind() == DhcpKind.ACK) {
                found.wanted++;
            }
        }
    }

    private static void times(LogLines lines, Found found) {
        while (lines.next()) {
            count(LogEntry.parse(lines), found);
            found.sum += lines.atMs(NOW_MS, ZONE);
        }
    }

    private static void entries(LogLines lines, Found found) {
        while (lines.next()) {
            count(LogEntry.parse(lines), found);
        }
    }

    private static void count(LogEntry entry, Found found) {
        found.entries++;
        if (entry instanceof LogEntry.DhcpLine line && line.kind() == DhcpKind.ACK && line.address() != null) {
            found.wanted++;
            found.sum += line.address().low();
        }
    }
}
