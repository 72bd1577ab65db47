package io.innkeeper.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./check} says at its end. */
class CheckSummaryTest {
    @TempDir
    private Path temporary;

    private TestingHouse house;
    private Path reports;

    @BeforeEach
    void build() throws IOException {
        house = new TestingHouse(temporary);
        reports = Files.createDirectories(house.folder.resolve("target/surefire-reports"));
    }

    private String summary(int maven) throws IOException, InterruptedException {
        TestingHouse.Ended ended = house.run(
                house.folder, "-c", "CHECK_PARTS_ONLY=1; . ./check; summary " + maven + " target/surefire-reports");
        assertThat(ended.err()).isEmpty();
        return ended.out();
    }

    private void report(String name, String time, int tests, int errors, int skipped, int failures) throws IOException {
        Files.writeString(reports.resolve("TEST-" + name + ".xml"), """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuite xmlns:xsi="x" version="3.0.2" name="%s" time="%s" tests="%d" errors="%d" skipped="%d" failures="%d">
                  <testcase name="tests=&quot;9&quot;" classname="%s" time="0.1"/>
                </testsuite>
                """.formatted(
                        name, time, tests, errors, skipped, failures, name));
    }

    @Test
    void addsUpTheReports() throws Exception {
        report("a.OneTest", "0.5", 10, 0, 1, 0);
        report("a.TwoTest", "1,002.25", 7, 1, 0, 2);
        String text = summary(1);
        assertThat(text).endsWith("\n13 passed, 3 failed, 1 skipped\n");
        assertThat(text).containsSubsequence("1002.2 s  a.TwoTest", "0.5 s  a.OneTest");
        assertThat(text).doesNotContain("outside the tests");
    }

    @Test
    void namesTheSlowestFive() throws Exception {
        for (int seconds = 1; seconds <= 7; seconds++) {
            report("T" + seconds, seconds + ".0", 1, 0, 0, 0);
        }
        assertThat(summary(0)).contains("T7", "T6", "T5", "T4", "T3").doesNotContain("T2", "T1");
    }

    @Test
    void saysWhenNotATestWasToBlame() throws Exception {
        assertThat(summary(1)).contains("failed outside the tests").endsWith("\n0 passed, 0 failed, 0 skipped\n");
    }
}
