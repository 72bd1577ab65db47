package io.innkeeper.wire.dnsmasq;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * No octets make the lease file's parser or the notice's throw, and cutting a file never shows another lease. Runs the
 * stored inputs in the normal build; with {@code JAZZER_FUZZ=1} the fuzzer searches.
 */
class LeaseFileFuzzTest {
    private static final int MAX_TAKEN = 4_096;

    @FuzzTest(maxDuration = "30s")
    void leaseFile(byte[] octets) {
        byte[] taken = Arrays.copyOf(octets, Math.min(octets.length, MAX_TAKEN));
        LeaseFileTest.checkRoundTrip(taken);
        List<LeaseLine> whole = LeaseFile.parse(taken).leases();
        for (int length : new int[] {taken.length / 3, taken.length / 2, Math.max(0, taken.length - 1)}) {
            List<LeaseLine> cut = LeaseFile.parse(Arrays.copyOf(taken, length)).leases();
            assertThat(cut).isEqualTo(whole.subList(0, cut.size()));
        }
    }

    /** The octets are lines of {@code name=value}. */
    @FuzzTest(maxDuration = "30s")
    void scriptNotice(byte[] octets) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String line : new String(octets, StandardCharsets.UTF_8).split("\n", 200)) {
            int equals = line.indexOf('=');
            if (equals >= 0) {
                fields.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        ScriptNoticeTest.checkAny(fields);
    }
}
