package io.innkeeper.dns.block;

import io.innkeeper.config.DnsListForm;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a block list, in pieces as they come; each rule goes to a {@link RuleSink} at once. No octets make it throw; what cannot
 * be read is counted by reason, with the first lines as examples.
 */
public final class ListReader {
    /** So many lines are looked at to find out the form. */
    static final int GUESSED_FROM = 200;

    private static final int MAX_EXAMPLE = 200;

    private final RuleSink sink;
    private final NameScan scan = new NameScan();
    private final LineCutter cutter;
    private final LineTaker taker = new Taker();
    private final FormGuess guess = new FormGuess();
    private final List<byte[]> waiting = new ArrayList<>();
    private @Nullable LineForm lines;
    private DnsListForm form;
    private long lineNumber;
    private long rules;
    private final Map<RejectReason, long[]> rejected = new EnumMap<>(RejectReason.class);
    private final Map<RejectReason, List<ReadCounts.Line>> examples = new EnumMap<>(RejectReason.class);

    /** The line at hand. */
    private byte[] bytes = new byte[0];

    private int from;
    private int to;

    /**
     * @param form how the list is written; {@link DnsListForm#AUTO} to find it out
     * @param sink takes the rules
     */
    public ListReader(DnsListForm form, RuleSink sink) {
        this.sink = sink;
        this.form = form;
        this.lines = form == DnsListForm.AUTO ? null : lines(form);
        this.cutter = new LineCutter(new LineCutter.Lines() {
            @Override
            public void line(byte[] octets, int start, int end) {
                ListReader.this.line(octets, start, end);
            }

            @Override
            public void tooLong(byte[] octets, int start, int end) {
                if (lines == null) {
                    begin();
                }
                at(octets, start, end);
                taker.reject(RejectReason.TOO_LONG);
            }
        });
    }

    private LineForm lines(DnsListForm known) {
        return switch (known) {
            case HOSTS -> new HostsLines(scan, taker);
            case DOMAINS, AUTO -> new DomainLines(scan, taker);
            case ADBLOCK -> new AdblockLines(scan, taker);
            case RPZ -> new ZoneLines(scan, taker);
            case REGEX -> new RegexLines(taker);
        };
    }

    /** Reads a piece, which may end within a line. */
    public void read(byte[] octets, int start, int length) {
        cutter.read(octets, start, length);
    }

    /** The list ends here. To be called once. */
    public void finish() {
        cutter.finish();
        if (lines == null) {
            begin();
        }
    }

    private void line(byte[] octets, int start, int end) {
        if (lines != null) {
            known(lines, octets, start, end);
            return;
        }
        waiting.add(Arrays.copyOfRange(octets, start, end));
        int first = HostsLines.skipBlanks(octets, start, end);
        if (first < end) {
            guess.line(octets, first, end);
        }
        if (waiting.size() == GUESSED_FROM) {
            begin();
        }
    }

    /** The form is known now; the lines that waited are read. */
    private void begin() {
        form = guess.form();
        LineForm known = lines(form);
        lines = known;
        for (byte[] line : waiting) {
            known(known, line, 0, line.length);
        }
        waiting.clear();
    }

    private void known(LineForm known, byte[] octets, int start, int end) {
        at(octets, start, end);
        int first = HostsLines.skipBlanks(octets, lineNumber == 1 ? behindMark(octets, start, end) : start, end);
        int last = end;
        while (last > first && (octets[last - 1] == ' ' || octets[last - 1] == '\t')) {
            last--;
        }
        if (first < last) {
            known.line(octets, first, last);
        }
    }

    /** Behind the mark of UTF-8 that some editors put before the first line. */
    private static int behindMark(byte[] octets, int start, int end) {
        boolean mark = end - start >= 3
                && octets[start] == (byte) 0xef
                && octets[start + 1] == (byte) 0xbb
                && octets[start + 2] == (byte) 0xbf;
        return mark ? start + 3 : start;
    }

    private void at(byte[] octets, int start, int end) {
        lineNumber++;
        bytes = octets;
        from = start;
        to = end;
    }

    /** How the list is written; found out by now, or after {@link #finish}. */
    public DnsListForm form() {
        return form;
    }

    /** The number of the line at hand, from 1, for a sink that is called. */
    public long lineNumber() {
        return lineNumber;
    }

    /** The line at hand, no more than its first 200 octets, for a sink that is called. */
    public String lineText() {
        return new String(bytes, from, Math.min(to - from, MAX_EXAMPLE), StandardCharsets.UTF_8).strip();
    }

    /** What was read so far. */
    public ReadCounts counts() {
        Map<RejectReason, ReadCounts.Rejected> all = new EnumMap<>(RejectReason.class);
        rejected.forEach((reason, count) ->
                all.put(reason, new ReadCounts.Rejected(count[0], examples.getOrDefault(reason, List.of()))));
        return new ReadCounts(lineNumber, rules, all);
    }

    /** Counts on the way to the sink. */
    private final class Taker implements LineTaker {
        @Override
        public void policyZone() {
            sink.policyZone();
        }

        @Override
        public void name(long hash, Scope scope, Effect effect) {
            taken(sink.name(hash, scope, effect));
        }

        @Override
        public void special(long hash, SpecialRule rule) {
            taken(sink.special(hash, rule));
        }

        @Override
        public void pattern(SpecialRule rule) {
            taken(sink.pattern(rule));
        }

        private void taken(boolean room) {
            if (room) {
                rules++;
            } else {
                reject(RejectReason.NO_ROOM);
            }
        }

        @Override
        public void reject(RejectReason reason) {
            rejected.computeIfAbsent(reason, any -> new long[1])[0]++;
            List<ReadCounts.Line> some = examples.computeIfAbsent(reason, any -> new ArrayList<>());
            if (some.size() < ReadCounts.MAX_EXAMPLES) {
                some.add(new ReadCounts.Line(lineNumber, lineText()));
            }
        }
    }
}
