package io.innkeeper.dns.block;

import io.innkeeper.config.DnsBlockList;
import io.innkeeper.config.DnsListForm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads all lists into one rule set, in pieces: no list is in memory as text. */
final class SetReader {
    private static final int PIECE = 1 << 16;

    private SetReader() {}

    /** Reads the copies of all lists that count, and the rules by hand. */
    static RuleSet read(List<TrackedList> lists, List<String> rules, BookSettings settings) {
        RuleSetBuilder builder = new RuleSetBuilder(settings.maxNames(), settings.maxPatterns());
        byHand(rules, builder.list(0, false));
        for (TrackedList list : lists) {
            read(list, builder);
        }
        return builder.build();
    }

    /** Reads the rules by hand. */
    static ListState byHand(List<String> rules, RuleSink sink) {
        ListReader reader = new ListReader(DnsListForm.ADBLOCK, sink);
        byte[] text = (String.join("\n", rules) + "\n").getBytes(StandardCharsets.UTF_8);
        reader.read(text, 0, text.length);
        reader.finish();
        return new ListState(
                0, "rules", "dns.rules", DnsListForm.ADBLOCK, reader.counts(), text.length, null, null, null, null);
    }

    private static void read(TrackedList list, RuleSetBuilder builder) {
        DnsBlockList config = list.source().config();
        if (!config.enabled() || !Files.exists(list.copy())) {
            list.read(config.form(), ReadCounts.NONE, 0, null);
            return;
        }
        ListReader reader =
                new ListReader(config.form(), builder.list(list.source().number(), config.allow()));
        String trouble = null;
        long octets = 0;
        try {
            octets = pump(list.copy(), reader);
        } catch (IOException e) {
            trouble = "its copy cannot be read: " + SourceLook.words(e);
        }
        reader.finish();
        list.read(reader.form(), reader.counts(), octets, trouble);
    }

    /** Hands a file to a reader; returns its size. */
    static long pump(Path file, ListReader reader) throws IOException {
        byte[] piece = new byte[PIECE];
        long total = 0;
        try (InputStream in = Files.newInputStream(file)) {
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                reader.read(piece, 0, count);
                total += count;
            }
        }
        return total;
    }
}
