package io.innkeeper.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No document throws, and every one ends as records or as at least one problem. In a normal run the fuzz tests see only
 * their seeds; {@code JAZZER_FUZZ=1} with one method selected fuzzes.
 */
class ConfigFuzzTest {
    private static final int MUTANTS = 2_000;
    private static final String LETTERS = "{}[]:,-#;=\"'&*!|>%@` \n\t\\.0123456789abcxyz~\u0000\u00e9\ud83d\ufeff";

    @FuzzTest(maxDuration = "20s")
    void yaml(byte[] data) {
        load("fuzz.yaml", new String(data, UTF_8));
    }

    @FuzzTest(maxDuration = "20s")
    void json(byte[] data) {
        load("fuzz.json", new String(data, UTF_8));
    }

    @FuzzTest(maxDuration = "20s")
    void ini(byte[] data) {
        load("fuzz.ini", new String(data, UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"innkeeper.yaml", "innkeeper.json", "innkeeper.ini"})
    void mutantsOfTheExamplesNeverThrow(String name) throws Exception {
        String text =
                Files.readString(TestingConfig.repository().resolve("config").resolve(name));
        Random random = new Random(7);
        int valid = 0;
        for (int i = 0; i < MUTANTS; i++) {
            valid += load(name, mutate(text, random)) instanceof ConfigResult.Valid ? 1 : 0;
        }
        assertThat(valid).isBetween(1, MUTANTS - 1);
    }

    private static String mutate(String text, Random random) {
        StringBuilder mutant = new StringBuilder(text);
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(mutant.length());
            switch (random.nextInt(4)) {
                case 0 -> mutant.deleteCharAt(at);
                case 1 -> mutant.insert(at, LETTERS.charAt(random.nextInt(LETTERS.length())));
                case 2 -> mutant.setCharAt(at, LETTERS.charAt(random.nextInt(LETTERS.length())));
                default -> mutant.delete(at, Math.min(mutant.length(), at + random.nextInt(40)));
            }
        }
        return mutant.toString();
    }

    private static ConfigResult load(String name, String text) {
        ConfigResult result = ConfigLoader.load(new ConfigDocument(name, text), Map.of(), List.of(), null);
        switch (result) {
            case ConfigResult.Invalid invalid -> assertThat(invalid.errors()).isNotEmpty();
            case ConfigResult.Valid valid -> {
                String json = JsonText.compact(ConfigJson.write(valid.config()));
                if (json.contains(SecretText.HIDDEN)) {
                    break; // a secret is not written, so it cannot be read again
                }
                ConfigResult again =
                        ConfigLoader.load(new ConfigDocument("again.json", json), Map.of(), List.of(), null);
                assertThat(again)
                        .isInstanceOfSatisfying(
                                ConfigResult.Valid.class,
                                v -> assertThat(v.config()).isEqualTo(valid.config()));
            }
        }
        assertThat(result.text().lines().count()).isLessThan(400);
        return result;
    }
}
