package io.innkeeper.dns.block;

import io.innkeeper.wire.dns.NameHash;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * Lines in the adblock syntax, as far as it speaks of names: {@code ||name^} for a name and all below it, {@code |name^} for the
 * name, {@code @@} for exceptions, {@code *} for any characters, {@code /regular expression/}, the options {@code important},
 * {@code client} and {@code dnstype}. A bare name with a dot in it is blocked itself, not what is below it; lines of hosts files
 * may stand between.
 */
final class AdblockLines implements LineForm {
    private static final int SHORTEST_TEXT = 3;

    /** Characters between the two {@code #} of a rule that hides something. */
    private static final int LONGEST_MARK = 3;

    private final NameScan scan;
    private final LineTaker taker;
    private final HostsLines hosts;

    AdblockLines(NameScan scan, LineTaker taker) {
        this.scan = scan;
        this.taker = taker;
        this.hosts = new HostsLines(scan, taker);
    }

    @Override
    public void line(byte[] bytes, int from, int to) {
        byte first = bytes[from];
        if (first == '!' || first == '[') {
            return;
        }
        if (first == '#') {
            hash(bytes, from, to);
        } else if (!simple(bytes, from, to)) {
            int end = HostsLines.tokenEnd(bytes, from, to);
            if (end < to && HostsLines.isAddress(bytes, from, end)) {
                hosts.line(bytes, from, to);
            } else {
                rule(new String(bytes, from, to - from, StandardCharsets.UTF_8));
            }
        }
    }

    /** {@code ##.banner} hides something; {@code # words} is a comment. */
    private void hash(byte[] bytes, int from, int to) {
        boolean hides = to - from > 2 && "#@?$%".indexOf(bytes[from + 1]) >= 0 && "# ".indexOf(bytes[from + 2]) < 0;
        if (hides) {
            taker.reject(RejectReason.COSMETIC);
        }
    }

    /** {@code ||name^} and {@code @@||name^}, which nearly all lines are, without making texts of them. */
    private boolean simple(byte[] bytes, int from, int to) {
        boolean allow = to - from > 5 && bytes[from] == '@' && bytes[from + 1] == '@';
        int start = allow ? from + 2 : from;
        boolean anchored = to - start > 3 && bytes[start] == '|' && bytes[start + 1] == '|' && bytes[to - 1] == '^';
        if (!anchored || bytes[start + 2] == '*' || !scan.read(bytes, start + 2, to - 1)) {
            return false;
        }
        taker.name(scan.hash(), Scope.TREE, Effect.of(allow, false));
        return true;
    }

    private void rule(String line) {
        if (isCosmetic(line)) {
            taker.reject(RejectReason.COSMETIC);
            return;
        }
        boolean allow = line.startsWith("@@");
        String text = allow ? line.substring(2) : line;
        int dollar = dollar(text);
        Optional<Options> options = dollar < 0 ? Optional.of(Options.NONE) : Options.parse(text.substring(dollar + 1));
        if (options.isEmpty()) {
            taker.reject(RejectReason.MODIFIER);
            return;
        }
        String pattern = withoutComment(dollar < 0 ? text : text.substring(0, dollar));
        Effect effect = Effect.of(allow, options.get().important());
        if (pattern.length() > 2 && pattern.startsWith("/") && pattern.endsWith("/")) {
            regex(
                    pattern.substring(1, pattern.length() - 1),
                    effect,
                    options.get().condition());
        } else {
            pattern(pattern.toLowerCase(Locale.ROOT), effect, options.get().condition());
        }
    }

    /** {@code ##}, {@code #@#}, {@code #?#}, {@code #@$?#} and so on, not behind a blank. */
    private static boolean isCosmetic(String line) {
        for (int i = line.indexOf('#'); i >= 0; i = line.indexOf('#', i + 1)) {
            int at = i + 1;
            while (at < line.length() && at - i <= LONGEST_MARK && "@?$%".indexOf(line.charAt(at)) >= 0) {
                at++;
            }
            if (at < line.length() && line.charAt(at) == '#' && (i == 0 || line.charAt(i - 1) != ' ')) {
                return true;
            }
        }
        return false;
    }

    /** Where the options begin: behind the end of an expression, or at the last dollar; -1 where there are none. */
    private static int dollar(String text) {
        if (text.startsWith("/")) {
            int end = text.lastIndexOf("/$");
            return end > 0 ? end + 1 : text.endsWith("/") ? -1 : text.lastIndexOf('$');
        }
        return text.indexOf('$');
    }

    private static String withoutComment(String text) {
        int comment = text.indexOf(" #");
        return (comment < 0 || text.startsWith("/") ? text : text.substring(0, comment)).strip();
    }

    private void regex(String text, Effect effect, Condition condition) {
        NamePattern.Regex.parse(text)
                .ifPresentOrElse(
                        one -> taker.pattern(new SpecialRule(Scope.EXACT, effect, condition, one, null)),
                        () -> taker.reject(RejectReason.REGEX));
    }

    private void pattern(String text, Effect effect, Condition condition) {
        boolean tree = text.startsWith("||");
        boolean start = text.startsWith("|");
        String inner = text.substring(tree ? 2 : start ? 1 : 0);
        boolean end = inner.endsWith("^") || inner.endsWith("|");
        while (inner.endsWith("^") || inner.endsWith("|")) {
            inner = inner.substring(0, inner.length() - 1);
        }
        // All names: only with a condition; without one it is a slip that would end all service.
        if (inner.equals("*") && !condition.always()) {
            named(NameHash.ROOT, Scope.TREE, effect, condition);
        } else if (inner.isEmpty() || isForBrowsers(inner)) {
            taker.reject(inner.isEmpty() ? RejectReason.NOT_A_NAME : RejectReason.NOT_FOR_DNS);
        } else if (!standsAtName(inner, tree, start, end, effect, condition)) {
            glob(inner, tree, start, end, effect, condition);
        }
    }

    private static boolean isForBrowsers(String text) {
        return text.chars().anyMatch(c -> "/:?=&;,^|%+@ ".indexOf(c) >= 0);
    }

    /** Rules that stand at a name are found at once, however many there are; true where it is one, or never will be. */
    private boolean standsAtName(
            String text, boolean tree, boolean start, boolean end, Effect effect, Condition condition) {
        boolean anyBelow = text.startsWith("*.") && text.indexOf('*', 1) < 0;
        byte[] name = (anyBelow ? text.substring(2) : text).getBytes(StandardCharsets.UTF_8);
        if (text.endsWith(".") || text.startsWith(".") || !scan.read(name, 0, name.length)) {
            boolean address = text.indexOf('*') < 0 && scan.reason() == RejectReason.ADDRESS && (tree || start || end);
            if (address) {
                taker.reject(RejectReason.ADDRESS);
            }
            return address;
        }
        if (anyBelow && (tree || end || !start)) {
            named(scan.hash(), Scope.BELOW, effect, condition);
            return true;
        }
        boolean bare = !start && !end && scan.labelCount() > 1;
        if (tree || (start && end) || bare) {
            named(scan.hash(), tree ? Scope.TREE : Scope.EXACT, effect, condition);
            return true;
        }
        return false;
    }

    private void named(long hash, Scope scope, Effect effect, Condition condition) {
        if (condition.always()) {
            taker.name(hash, scope, effect);
        } else {
            taker.special(hash, new SpecialRule(scope, effect, condition, null, null));
        }
    }

    private void glob(String text, boolean tree, boolean start, boolean end, Effect effect, Condition condition) {
        boolean known = text.chars().allMatch(c -> c > ' ' && c < 0x7f);
        if (!known || text.length() < SHORTEST_TEXT || text.length() > NamePattern.MAX_LENGTH) {
            taker.reject(RejectReason.NOT_A_NAME);
            return;
        }
        String whole = (tree || start ? "" : "*") + text + (end ? "" : "*");
        NamePattern.Glob glob = new NamePattern.Glob(whole.replaceAll("\\*{2,}", "*"), tree);
        taker.pattern(new SpecialRule(Scope.EXACT, effect, condition, glob, null));
    }

    /** What stands behind the dollar. */
    private record Options(boolean important, Condition condition) {
        static final Options NONE = new Options(false, Condition.ALWAYS);

        static Optional<Options> parse(String text) {
            boolean important = false;
            Optional<Condition> condition = Optional.of(Condition.ALWAYS);
            for (String option : AdblockText.split(text.strip(), ',')) {
                String name = option.strip();
                if (name.equals("important")) {
                    important = true;
                } else if (name.startsWith("client=")) {
                    condition = condition.flatMap(one -> one.withClients(name.substring("client=".length())));
                } else if (name.startsWith("dnstype=")) {
                    condition = condition.flatMap(one -> one.withTypes(name.substring("dnstype=".length())));
                } else {
                    return Optional.empty();
                }
            }
            boolean strong = important;
            return condition.map(one -> new Options(strong, one));
        }
    }
}
