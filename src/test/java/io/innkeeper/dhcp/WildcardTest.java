package io.innkeeper.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WildcardTest {
    @ParameterizedTest
    @CsvSource({
        "PXEClient*, PXEClient:Arch:00007, true",
        "pxeclient*, PXEClient:Arch:00007, true",
        "PXEClient, PXEClient:Arch:00007, false",
        "*Arch*7, PXEClient:Arch:00007, true",
        "*Arch*8, PXEClient:Arch:00007, false",
        "*, '', true",
        "'', '', true",
        "'', a, false",
        "a*b*c, aXbXbc, true",
        "a*b*c, aXbXbd, false",
        "**a, ba, true",
    })
    void fits(String pattern, String text, boolean fits) {
        assertThat(new Wildcard(pattern).fits(text)).isEqualTo(fits);
    }

    @Test
    void manyStarsAgainstALongTextEnd() {
        assertThat(new Wildcard("*a".repeat(100) + "b").fits("a".repeat(2_000))).isFalse();
    }
}
