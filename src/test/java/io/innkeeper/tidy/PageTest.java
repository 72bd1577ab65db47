package io.innkeeper.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the web page to its rules: everything it loads is on board, and nothing needs a loose content policy. */
class PageTest {
    private static final Path UI = Path.of("src/main/resources/ui");
    private static final Path INDEX = UI.resolve("index.html");
    private static final int MAX_LINES = 500;

    private static final Pattern IMPORT_MAP =
            Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);
    private static final Pattern MAPPED = Pattern.compile("\"([^\"]+)\":\\s*\"(/[^\"]+)\"");
    private static final Pattern SCRIPT = Pattern.compile("<script(?![^>]*\\bsrc=)[^>]*>");
    private static final Pattern LOCAL = Pattern.compile("(?:href|src)=\"([^\"/#$:][^\"$:]*)\"");
    private static final Pattern IMPORTED = Pattern.compile("(?m)(?:from|^import) '([^']+)';$");
    private static final Pattern ELSEWHERE =
            Pattern.compile("(?:href|src)=\"?(?:https?:)?//|url\\(|@import|\\bfetch\\('http");
    private static final Pattern LOOSE =
            Pattern.compile("\\sstyle=|<style|\\son[a-z]+=[\"'$]|\\beval\\(|new Function|innerHTML|unsafeHTML");

    @Test
    void theImportMapLeadsToFilesOnTheClassPath() {
        List<MatchResult> mapped = mapped();
        assertThat(mapped).hasSizeGreaterThanOrEqualTo(4);
        for (MatchResult entry : mapped) {
            String target = entry.group(2);
            String file = target.endsWith("/") ? target + "package.json" : target;
            assertThat(getClass().getResource("/META-INF/resources" + file))
                    .as("%s → %s (the versions in the import map and in the pom must agree)", entry.group(1), target)
                    .isNotNull();
            assertThat(target).doesNotContain("/development/");
        }
    }

    @Test
    void theImportMapIsTheOnlyInlineScript() {
        assertThat(SCRIPT.matcher(read(INDEX)).results().map(MatchResult::group))
                .containsExactly("<script type=\"importmap\">");
    }

    @Test
    void whatThePageNamesIsThere() {
        List<String> named = LOCAL.matcher(read(INDEX))
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(named).contains("js/main.js", "favicon.svg");
        assertThat(named).allSatisfy(name -> assertThat(UI.resolve(name)).isRegularFile());
    }

    @ParameterizedTest
    @MethodSource("files")
    void importsLeadToFilesOrThroughTheImportMap(Path file) {
        for (MatchResult found : IMPORTED.matcher(read(file)).results().toList()) {
            String name = found.group(1);
            if (name.startsWith(".")) {
                assertThat(file.resolveSibling(name).normalize()).isRegularFile();
            } else {
                assertThat(getClass().getResource("/META-INF/resources" + target(name)))
                        .as("%s in %s", name, file)
                        .isNotNull();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void nothingComesFromElsewhereAndNothingNeedsALoosePolicy(Path file) {
        String text = read(file);
        assertThat(ELSEWHERE.matcher(text).results().map(MatchResult::group))
                .as("external resources in %s", file)
                .isEmpty();
        assertThat(LOOSE.matcher(text).results().map(MatchResult::group))
                .as("inline code or style in %s", file)
                .isEmpty();
        assertThat(text.lines().count()).as("lines of %s", file).isLessThanOrEqualTo(MAX_LINES);
    }

    static List<Path> files() throws IOException {
        try (Stream<Path> walk = Files.walk(UI)) {
            return walk.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static List<MatchResult> mapped() {
        String map = IMPORT_MAP
                .matcher(read(INDEX))
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
        return MAPPED.matcher(map).results().toList();
    }

    /** Resolves a bare name the way a browser does: the exact key, else the longest key that ends in a slash. */
    private static String target(String name) {
        String best = "";
        String target = "/not-in-the-import-map";
        for (MatchResult entry : mapped()) {
            String key = entry.group(1);
            if (key.equals(name)) {
                return entry.group(2);
            }
            if (key.endsWith("/") && name.startsWith(key) && key.length() > best.length()) {
                best = key;
                target = entry.group(2) + name.substring(key.length());
            }
        }
        return target;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
