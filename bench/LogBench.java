import io.innkeeper.wire.dnsmasq.log.DhcpKind;
import io.innkeeper.wire.dnsmasq.log.LogEntry;
import io.innkeeper.wire.dnsmasq.log.LogLines;
import io.innkeeper.wire.dnsmasq.log.LogProgram;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** The parts of bench/log that are Java: makes a log, and reads it as the tail of a log file does, in chunks of whole lines. */
final class LogBench {
    private static final int CHUNK = 256 * 1024;

    public static void main(String[] args) throws Exception {
        switch (args[0]) {
            case "generate" -> generate(Path.of(args[1]), Integer.parseInt(args[2]), 60, 20);
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

    /** So many lines, of a hundred so many of DNS and so many of DHCP; the rest is of other programs. */
    private static void generate(Path file, int count, int dns, int dhcp) throws IOException {
        Random random = new Random(7);
        StringBuilder line = new StringBuilder();
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            for (int i = 0; i < count; i++) {
                line.setLength(0);
                int second = (int) (i * 86_400L * 20 / count);
                line.append("Nov ").append(String.valueOf(second / 86_400 + 1).length() == 1 ? " " : "")
                        .append(second / 86_400 + 1).append(' ');
                two(line, second / 3_600 % 24).append(':');
                two(line, second / 60 % 60).append(':');
                two(line, second % 60).append(" router ");
                int what = random.nextInt(100);
                if (what < dns) {
                    dns(line, random);
                } else if (what < dns + dhcp) {
                    dhcp(line, random);
                } else {
                    line.append(OTHERS[random.nextInt(OTHERS.length)]);
                }
                out.write(line.append('\n').toString().getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    private static StringBuilder two(StringBuilder line, int value) {
        return line.append((char) ('0' + value / 10)).append((char) ('0' + value % 10));
    }

    private static void dns(StringBuilder line, Random random) {
        String name = NAMES[random.nextInt(NAMES.length)];
        line.append("dnsmasq[4711]: ");
        switch (random.nextInt(4)) {
            case 0 -> line.append("query[").append(TYPES[random.nextInt(TYPES.length)]).append("] ").append(name)
                    .append(" from 192.168.1.").append(random.nextInt(254) + 1);
            case 1 -> line.append("forwarded ").append(name).append(" to 9.9.9.9");
            case 2 -> line.append("reply ").append(name).append(" is 142.250.").append(random.nextInt(256)).append(".14");
            default -> line.append("cached ").append(name).append(" is <CNAME>");
        }
    }

    private static void dhcp(StringBuilder line, Random random) {
        int host = random.nextInt(60_000);
        String address = " 192.168." + (host >> 8) + "." + (host & 255);
        String mac = " 3c:d9:2b:%02x:%02x:%02x ".formatted(host * 7 & 255, host >> 8, host & 255);
        line.append("dnsmasq-dhcp[4711]: ");
        switch (random.nextInt(5)) {
            case 0 -> line.append("DHCPDISCOVER(br-lan)").append(mac);
            case 1 -> line.append("DHCPOFFER(br-lan)").append(address).append(mac);
            case 2 -> line.append("DHCPREQUEST(br-lan)").append(address).append(mac);
            default -> line.append("DHCPACK(br-lan)").append(address).append(mac).append("host-").append(host);
        }
    }

    // --- reading it ------------------------------------------------------------------------------------------------------------

    /** What one pass found; kept so that nothing can be left out by the compiler. */
    private static final class Found {
        long lines;
        long dhcp;
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
            long counted = mode.equals("dhcp") ? found.dhcp : found.lines;
            System.out.printf("%s %d %.3f %.3f %d %d %d%n", mode, round, seconds, cpu, counted, found.wanted, found.sum);
        }
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
                    case "dhcp" -> records(lines, found);
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

    private static void records(LogLines lines, Found found) {
        while (lines.next()) {
            if (lines.program() == LogProgram.DHCP) {
                count(LogEntry.parse(lines), found);
                found.dhcp++;
            }
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
