package io.innkeeper.dns.block;

import io.innkeeper.config.DnsListForm;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Finds out from its first lines how a list is written. */
final class FormGuess {
    private static final Pattern RECORD = Pattern.compile(
            "\\$(?:TTL|ORIGIN)\\b.*|\\S*\\s+(?:[0-9]+[smhdw]?\\s+)?(?:IN\\s+)?(?:[0-9]+\\s+)?(?:SOA|CNAME|NS|A|AAAA)\\s+\\S+.*",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern ADBLOCK = Pattern.compile(
            "@@.*|\\|.*|!.*|\\[adblock.*|.*\\^(?:\\$.*)?|/.+/(?:\\$.*)?|.*#[@?$%]*#.*", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME = Pattern.compile("(?:\\*\\.|\\.)?[^\\s\\[\\](){}|^$*?+\\\\/]+(?:\\s*#.*)?");

    /** A line of it weighs so much more than one that could be of several forms. */
    private static final int SURE = 5;

    private final Map<DnsListForm, Integer> votes = new EnumMap<>(DnsListForm.class);

    void line(byte[] bytes, int from, int to) {
        String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        int end = HostsLines.tokenEnd(bytes, from, to);
        if (text.startsWith(";")) {
            vote(DnsListForm.RPZ, 1);
        } else if (text.startsWith("#") && !text.startsWith("##")) {
            return;
        } else if (RECORD.matcher(text).matches() && !HostsLines.isAddress(bytes, from, end)) {
            vote(DnsListForm.RPZ, SURE);
        } else if (isExpression(text)) {
            vote(DnsListForm.REGEX, SURE);
        } else if (ADBLOCK.matcher(text).matches()) {
            vote(DnsListForm.ADBLOCK, SURE);
        } else if (end < to && HostsLines.isAddress(bytes, from, end)) {
            vote(DnsListForm.HOSTS, 2);
        } else if (NAME.matcher(text).matches()) {
            vote(DnsListForm.DOMAINS, 1);
        } else {
            vote(DnsListForm.REGEX, 1);
        }
    }

    /** Begins or ends as expressions do, and no rule of the other forms does. */
    private static boolean isExpression(String text) {
        return text.startsWith("^")
                || text.startsWith("(")
                || text.endsWith("$")
                || (text.contains("\\.") && !text.startsWith("/"));
    }

    private void vote(DnsListForm form, int weight) {
        votes.merge(form, weight, Integer::sum);
    }

    /** The form with the most votes; names a line where there are none. */
    DnsListForm form() {
        return votes.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(DnsListForm.DOMAINS);
    }
}
