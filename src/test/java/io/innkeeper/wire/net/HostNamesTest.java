package io.innkeeper.wire.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostNamesTest {
    @ParameterizedTest
    @CsvSource({
        "laptop, laptop",
        "DESKTOP-4K2, desktop-4k2",
        "nas.home.lan, nas",
        "Anna's iPhone, annas-iphone",
        "my_old printer, my-old-printer",
        "a  ..b, a",
        "-edge-, edge",
        "a--b, a--b",
        "tv (living room), tv-living-room",
        "4, ''",
        "0815, ''",
        "3com, 3com",
        "localhost, ''",
        "LocalHost.localdomain, ''",
        "*, ''",
        "müller, xn--mller-kva",
        "Büro-PC, xn--bro-pc-3ya",
        "straße, strasse",
        "xn--mller-kva, xn--mller-kva",
        "ｌａｐｔｏｐ, laptop"
    })
    void whatIsSaidBecomesALabel(String said, String label) {
        assertThat(HostNames.clean(said).orElse("")).isEqualTo(label);
    }

    @Test
    void nothingAndTooMuchAreNoTrouble() {
        assertThat(HostNames.clean(null)).isEmpty();
        assertThat(HostNames.clean("")).isEmpty();
        assertThat(HostNames.clean("x".repeat(100_000))).contains("x".repeat(63));
        assertThat(HostNames.clean("ü".repeat(200) + "abc"))
                .as("too long for IDNA, and nothing of it is ASCII but the end")
                .contains("abc");
        assertThat(HostNames.clean("x".repeat(62) + "-y")).contains("x".repeat(62));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud83d\ude00", "\ud83d", "\u0000", "\u202e", "....", "''", "\u0301", "ѧ", "\u200d", "日本"})
    void whateverComesOutIsAName(String said) {
        HostNames.clean(said + "pc")
                .ifPresent(label -> assertThat(HostNames.isName(label)).isTrue());
        HostNames.clean(said)
                .ifPresent(label -> assertThat(HostNames.isName(label)).isTrue());
    }

    @Test
    void aNumberGoesBehindAndTheLabelStaysOne() {
        assertThat(HostNames.numbered("printer", 2)).isEqualTo("printer-2");
        assertThat(HostNames.numbered("x".repeat(63), 12)).isEqualTo("x".repeat(60) + "-12");
        assertThat(HostNames.numbered("xn--mller-kva", 2)).isEqualTo("xn--mller-2-n2a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "a-", "A", "a.b", "a_b", "12", "none"})
    void thisIsNoName(String label) {
        assertThat(HostNames.isName(label)).isFalse();
    }
}
