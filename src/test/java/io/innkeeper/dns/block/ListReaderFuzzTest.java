package io.innkeeper.dns.block;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.innkeeper.config.DnsListForm;
import java.util.Arrays;

/**
 * No octets make the reader throw, in whatever pieces they come; what they make of a rule set can be asked. Lists may have
 * regular expressions, which are bounded; the fuzzer's alarm about them has to be switched off to search:
 * {@code JAVA_TOOL_OPTIONS=-Djazzer.disabled_hooks=com.code_intelligence.jazzer.sanitizers.RegexInjection}.
 */
class ListReaderFuzzTest {
    private static final int MAX_TAKEN = 4_096;

    @FuzzTest(maxDuration = "30s")
    void list(byte[] octets) {
        byte[] taken = Arrays.copyOf(octets, Math.min(octets.length, MAX_TAKEN));
        check(taken);
    }

    static void check(byte[] octets) {
        for (DnsListForm form : DnsListForm.values()) {
            RuleSetBuilder whole = new RuleSetBuilder(100, 10);
            ListReader reader = new ListReader(form, whole.list(1, false));
            reader.read(octets, 0, octets.length);
            reader.finish();
            RuleSetBuilder cut = new RuleSetBuilder(100, 10);
            ListReader other = new ListReader(form, cut.list(1, false));
            int half = octets.length / 2;
            other.read(octets, 0, half);
            other.read(octets, half, octets.length - half);
            other.finish();
            assertThat(other.counts()).isEqualTo(reader.counts());
            RuleSet rules = whole.build();
            assertThat(rules.names()).isEqualTo(cut.build().names());
            assertThat(TestingRules.decide(rules, "www.example.com")).isNotNull();
        }
    }
}
