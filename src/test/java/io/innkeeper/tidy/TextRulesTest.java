package io.innkeeper.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules about every file with text in it. The words are put together here, so that this file keeps its own rules. */
class TextRulesTest {
    /** A text that may stand nowhere, and why. */
    private record Rule(Pattern pattern, String reason) {}

    private static final List<Rule> RULES = List.of(
            new Rule(Pattern.compile("\\b(?:TO" + "DO|FIX" + "ME|X" + "XX)\\b"), "open work belongs into an issue"),
            new Rule(
                    Pattern.compile("(?<![\\w.])/(?:work|root|tmp/wt|home/\\w+/(?:src|work|git))/"),
                    "paths of one machine mean nothing on others"),
            new Rule(
                    Pattern.compile(
                            "(?:repo1?\\.maven|registry\\.npm|files\\.pythonhosted|pypi\\.|plugins\\.gradle)\\w*\\."),
                    "where libraries come from is a setting of the machine"),
            new Rule(Pattern.compile("[ \\t]$"), "blanks at the end of a line"),
            new Rule(Pattern.compile("\\t"), "a tab; write \\t in strings, blanks elsewhere"),
            new Rule(Pattern.compile("^(?:<{7}|>{7}|={7})(?: |$)"), "left over from a merge"));

    /** Copied from others, or samples that are to be odd. */
    private static final List<Path> NOT_OURS = List.of(Path.of("LICENSE"), Path.of("src/test/resources"));

    @Test
    void noFileBreaksThem() {
        List<String> found = new ArrayList<>();
        for (Path file : RepositoryFiles.text()) {
            if (NOT_OURS.stream().noneMatch(file::startsWith)) {
                found.addAll(broken(file.toString(), RepositoryFiles.read(file)));
            }
        }
        assertThat(found).isEmpty();
    }

    private static List<String> broken(String file, String text) {
        List<String> found = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int number = 1; number <= lines.size(); number++) {
            for (Rule rule : RULES) {
                if (rule.pattern().matcher(lines.get(number - 1)).find()) {
                    found.add(file + ":" + number + ": " + rule.reason());
                }
            }
        }
        if (!text.isEmpty() && !text.endsWith("\n")) {
            found.add(file + ": ends without a line break");
        }
        return found;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "// TO" + "DO: later\n",
                "see /ro" + "ot/x\n",
                "https://repo1.mav" + "en.org/x\n",
                "blank \n",
                "a\tb\n",
                "<<<<<<" + "< main\n",
                "no end"
            })
    void theRulesCanFail(String text) {
        assertThat(broken("a.txt", text)).isNotEmpty();
    }

    @Test
    void ordinaryTextIsFine() {
        assertThat(broken("a.txt", "A line.\n\n  Another, with /srv/lab/x and work/ in it.\n"))
                .isEmpty();
        assertThat(RepositoryFiles.text()).contains(Path.of("pom.xml"), Path.of("check"), Path.of("README.md"));
    }
}
