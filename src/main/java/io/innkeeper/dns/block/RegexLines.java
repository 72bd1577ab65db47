package io.innkeeper.dns.block;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A regular expression a line; with or without {@code /} around it. */
final class RegexLines implements LineForm {
    private final LineTaker taker;

    RegexLines(LineTaker taker) {
        this.taker = taker;
    }

    @Override
    public void line(byte[] bytes, int from, int to) {
        if (bytes[from] == '#') {
            return;
        }
        String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        boolean slashes = text.length() > 2 && text.startsWith("/") && text.endsWith("/");
        Optional<NamePattern> pattern = NamePattern.Regex.parse(slashes ? text.substring(1, text.length() - 1) : text);
        pattern.ifPresentOrElse(
                one -> taker.pattern(new SpecialRule(Scope.EXACT, Effect.BLOCK, Condition.ALWAYS, one, null)),
                () -> taker.reject(RejectReason.REGEX));
    }
}
