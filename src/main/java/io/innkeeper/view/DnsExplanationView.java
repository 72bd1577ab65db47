package io.innkeeper.view;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a question is answered as it is, as JSON.
 *
 * @param name what is asked for
 * @param type the type
 * @param client who asks
 * @param device the device behind that address; null where nobody knows
 * @param deviceName what it is called; null where it has no name
 * @param group its group of the configuration; null for none
 * @param mode what is done with its questions: pass-through, modified or blocking
 * @param step which step answers; forwarded where an upstream would be asked
 * @param rcode the code of the answer; null where there is none yet
 * @param records the records of the answer, as lines of a zone file
 * @param list the list that blocks it; null where none does
 * @param cachedSeconds for how long the answer is kept already; null where it is not from the cache
 * @param steps what each step found, in order
 * @param found lines of lists and rules that name it, whether they count or not
 * @param lastForwarded the last time that an upstream was asked for it; null where the query log has none
 */
public record DnsExplanationView(
        String name,
        String type,
        String client,
        @Nullable String device,
        @Nullable String deviceName,
        @Nullable String group,
        String mode,
        String step,
        @Nullable String rcode,
        List<String> records,
        @Nullable String list,
        @Nullable Long cachedSeconds,
        List<String> steps,
        List<DnsFound> found,
        @Nullable DnsForwarded lastForwarded) {
    /** Copies the lists. */
    public DnsExplanationView {
        records = List.copyOf(records);
        steps = List.copyOf(steps);
        found = List.copyOf(found);
    }

    /**
     * A line about the name.
     *
     * @param list which list; {@code rules} for those by hand
     * @param line its number, from 1
     * @param text its beginning
     * @param effect block, allow, important-block or important-allow, where it applies
     * @param enabled whether the list counts
     */
    public record DnsFound(String list, long line, String text, String effect, boolean enabled) {}

    /**
     * An upstream's answer.
     *
     * @param at when
     * @param upstream which
     * @param rcode the code of its answer
     * @param micros how long it took, in millionths of a second
     * @param security what the signatures said
     */
    public record DnsForwarded(Instant at, String upstream, String rcode, long micros, String security) {}
}
