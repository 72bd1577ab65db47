package io.innkeeper.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuntimeLayerTest {
    /** The cases of RFC 7396 appendix A whose target and patch are objects; null members never stay in the layer. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', textBlock = """
            {"a":"b"}           | {"a":"c"}              | {"a":"c"}
            {"a":"b"}           | {"b":"c"}              | {"a":"b","b":"c"}
            {"a":"b"}           | {"a":null}             | {}
            {"a":"b","b":"c"}   | {"a":null}             | {"b":"c"}
            {"a":["b"]}         | {"a":"c"}              | {"a":"c"}
            {"a":"c"}           | {"a":["b"]}            | {"a":["b"]}
            {"a":{"b":"c"}}     | {"a":{"b":"d","c":null}} | {"a":{"b":"d"}}
            {"a":[{"b":"c"}]}   | {"a":[1]}              | {"a":[1]}
            {"e":1}             | {"a":1}                | {"e":1,"a":1}
            {}                  | {"a":{"bb":{"ccc":null}}} | {"a":{"bb":{}}}
            {"a":"foo"}         | {"a":{"b":true,"c":1.50}} | {"a":{"b":true,"c":1.50}}
            """)
    void mergePatch(String target, String patch, String result) {
        assertThat(RuntimeLayer.apply(target, patch)).isEqualTo(new RuntimeLayer.Patched(result));
    }

    @Test
    void beginsWithNothing() {
        assertThat(RuntimeLayer.apply(null, "{\"log\":{\"level\":\"debug\"}}"))
                .isEqualTo(new RuntimeLayer.Patched("{\"log\":{\"level\":\"debug\"}}"));
    }

    @Test
    void textsSurvive() {
        String odd = "{\"a\":\"\\\"\\\\\\n\\u0001é😀\"}";
        assertThat(RuntimeLayer.apply(odd, "{}")).isEqualTo(new RuntimeLayer.Patched(odd));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', nullValues = "none", textBlock = """
            none    | [1]
            none    | 5
            none    | {"a":
            broken  | {}
            none    | {"a":1,"a":2}
            """)
    void whatIsNoObjectIsTurnedDown(@Nullable String stored, String patch) {
        assertThat(RuntimeLayer.apply(stored, patch)).isInstanceOf(RuntimeLayer.Rejected.class);
    }
}
