import io.innkeeper.config.DnsListForm;
import io.innkeeper.dns.block.ListReader;
import io.innkeeper.dns.block.Match;
import io.innkeeper.dns.block.RuleSet;
import io.innkeeper.dns.block.RuleSetBuilder;
import io.innkeeper.wire.dns.DnsName;
import java.io.BufferedWriter;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** Memory and time for a million names; a program of its own, for a fresh JVM: FILE FORM, or "make" FILE FORM COUNT. */
public final class BlockListBench {
    private BlockListBench() {}

    public static void main(String[] args) throws Exception {
        if (args[0].equals("make")) {
            make(Path.of(args[1]), DnsListForm.valueOf(args[2]), Integer.parseInt(args[3]));
            return;
        }
        long start = System.nanoTime();
        RuleSetBuilder builder = new RuleSetBuilder(10_000_000, 1_000);
        ListReader reader = new ListReader(DnsListForm.valueOf(args[1]), builder.list(1, false));
        byte[] piece = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(Path.of(args[0]))) {
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                reader.read(piece, 0, count);
            }
        }
        reader.finish();
        long read = System.nanoTime();
        RuleSet rules = builder.build();
        long built = System.nanoTime();
        var process = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        System.out.printf(
                "%s: %d names, read %d ms, built %d ms, ready %d ms after the JVM's start, CPU %d ms, %d octets = %.2f a name%n",
                reader.form(),
                rules.names(),
                (read - start) / 1_000_000,
                (built - read) / 1_000_000,
                System.currentTimeMillis()
                        - ManagementFactory.getRuntimeMXBean().getStartTime(),
                process.getProcessCpuTime() / 1_000_000,
                rules.bytes(),
                (double) rules.bytes() / rules.names());
        System.gc();
        System.out.printf(
                "heap in use with it: %.1f MB%n",
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1e6);
        lookups(rules);
    }

    private static void lookups(RuleSet rules) {
        Match match = new Match();
        byte[][] names = new byte[1 << 16][];
        for (int i = 0; i < names.length; i++) {
            int number = i * 15;
            names[i] = DnsName.of((i % 2 == 0 ? "www.not" : "") + name(number))
                    .wire();
        }
        long blocked = 0;
        for (int round = 0; round < 20; round++) {
            long start = System.nanoTime();
            for (byte[] name : names) {
                rules.find(name, 0, match);
                blocked += match.blocked() != 0 ? 1 : 0;
            }
            if (round == 19) {
                System.out.printf("finding takes %d ns a name, half of them blocked (%d)%n", (System.nanoTime() - start) / names.length, blocked);
            }
        }
    }

    static String name(int number) {
        return "track" + number * 2_654_435_761L % 1_000_003 + "-" + number + ".ads" + number % 977 + ".example"
                + number % 31 + ".com";
    }

    private static void make(Path file, DnsListForm form, int count) throws Exception {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write(form == DnsListForm.RPZ ? "$TTL 30\n@ SOA a. b. 1 2 3 4 5\n NS localhost.\n" : "");
            for (int i = 0; i < count; i++) {
                out.write(
                        switch (form) {
                            case HOSTS -> "0.0.0.0 " + name(i);
                            case ADBLOCK -> "||" + name(i) + "^";
                            case RPZ -> name(i) + " CNAME .";
                            default -> name(i);
                        });
                out.write('\n');
            }
        }
    }
}
