package io.innkeeper.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.wire.dhcp4.Options;
import io.innkeeper.wire.net.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OptionSetTest {
    private static final Layer.Lifetime DAY = new Layer.Lifetime(86_400, 60, 86_400, 0, 0, "here");

    private final TreeMap<Integer, OptionEntry> options = new TreeMap<>();

    private void say(int code, boolean always) {
        options.put(code, new OptionEntry(code, Octets.of(new byte[] {(byte) code}), always, "here"));
    }

    private List<Integer> sent(byte @Nullable [] asked) {
        Options.Builder builder = Options.builder();
        new OptionSet(options, DAY, null).put(asked, builder);
        Options built = builder.build();
        List<Integer> codes = new ArrayList<>();
        for (int i = 0; i < built.size(); i++) {
            codes.add(built.codeAt(i));
        }
        return codes;
    }

    @Test
    void inTheOrderOfTheListAndThenWhatGoesAlways() {
        say(1, false);
        say(3, false);
        say(6, false);
        say(15, false);
        say(42, true);
        say(7, true);
        assertThat(sent(new byte[] {15, 1, 3, 99, 15, 42})).containsExactly(15, 3, 42, 7);
        assertThat(sent(new byte[0])).containsExactly(7, 42);
        assertThat(sent(null)).containsExactly(3, 6, 7, 15, 42);
    }

    @Test
    void routersMakeWayForClasslessRoutesThatAreThere() {
        say(3, true);
        assertThat(sent(new byte[] {121, 3})).containsExactly(3);
        say(121, false);
        assertThat(sent(new byte[] {3, 121})).containsExactly(121);
    }

    @Test
    void listsThatShareAPlaceAreKeptApart() {
        for (int code = 2; code < 120; code++) {
            say(code, false);
        }
        OptionSet set = new OptionSet(options, DAY, null);
        for (int round = 0; round < 2; round++) {
            for (int code = 2; code < 120; code++) {
                Options.Builder builder = Options.builder();
                set.put(new byte[] {(byte) code}, builder);
                assertThat(builder.build().codeAt(0)).isEqualTo(code);
            }
        }
    }
}
