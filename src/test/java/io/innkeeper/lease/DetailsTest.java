package io.innkeeper.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DetailsTest {
    @Test
    void isWhatASortedMapIs() {
        Random random = new Random(6);
        for (int round = 0; round < 1_000; round++) {
            Map<String, String> map = new TreeMap<>();
            Details.Builder builder = new Details.Builder();
            for (int i = random.nextInt(40); i > 0; i--) {
                String name = "n" + random.nextInt(30);
                map.put(name, "t" + i);
                builder.put(name, "t" + i);
            }
            Details details = builder.build();
            assertThat(details).isEqualTo(map).hasSameHashCodeAs(map).hasToString(map.toString());
            assertThat(map).isEqualTo(details);
            assertThat(details).isEqualTo(Details.of(map)).hasSize(map.size());
            for (int i = 0; i < 31; i++) {
                assertThat(details.get("n" + i)).isEqualTo(map.get("n" + i));
                assertThat(details.containsKey("n" + i)).isEqualTo(map.containsKey("n" + i));
            }
            Map<String, String> each = new TreeMap<>();
            details.forEach(each::put);
            assertThat(each).isEqualTo(map);
        }
    }

    @Test
    void coversWhatItHasAllNamesOf() {
        Details one = Details.of(Map.of("a", "1", "b", "2", "d", "4"));
        assertThat(one.covers(Details.of(Map.of("a", "x", "d", "y")))).isTrue();
        assertThat(one.covers(Details.of(Map.of("a", "x", "c", "y")))).isFalse();
        assertThat(one.covers(Details.of(Map.of("e", "x")))).isFalse();
        assertThat(Details.of(Map.of()).covers(Details.of(Map.of()))).isTrue();
    }

    @Test
    void isNeverChanged() {
        Details.Builder builder = new Details.Builder().put("a", "1");
        Details details = builder.build();
        builder.put("a", "2").put("b", "3");
        assertThat(details).isEqualTo(Map.of("a", "1"));
        assertThat(Details.of(details)).isSameAs(details);
        assertThatThrownBy(() -> details.put("a", "2")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> details.keySet().remove("a")).isInstanceOf(UnsupportedOperationException.class);
    }
}
