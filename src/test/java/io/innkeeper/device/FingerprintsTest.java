package io.innkeeper.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What kind of device asks so. */
class FingerprintsTest {
    private static final Fingerprints OURS = ours();

    private static Fingerprints ours() {
        try (InputStream stream = Fingerprints.class.getResourceAsStream(Fingerprints.RESOURCE)) {
            return Fingerprints.parse(
                    new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "1-3-6-15-31-33-43-44-46-47-119-121-249-252, MSFT 5.0, Windows",
                "1-2-3, MSFT 5.0, Windows",
                "1-3-6-15-26-28-51-58-59-43-114-108, android-dhcp-14, Android",
                "1-121-3-6-15-108-114-119-252, none, iPhone or iPad",
                "1-121-3-6-15-108-114-119-252-95-44-46, none, Mac",
                "1-121-3-6-15-108-114-119-252, something, none",
                "1-3-28-6-15-44-46-47-31-33-121-43, none, ESP8266 or ESP32",
                "1-3-6-12-15-28-42, udhcp 1.36.1, Linux (BusyBox udhcpc)",
                "00, PXEClient:Arch:00007:UNDI:003001, PXE boot",
                "1-2-3, none, none",
                "00, MSFT 5.00, none",
                "00, xPXEClient, none",
            })
    void theTableKnows(String parameters, @Nullable String vendorClass, @Nullable String kind) {
        assertThat(OURS.kindOf(new Fingerprint(parameters, vendorClass))).isEqualTo(kind);
    }

    @Test
    void itIsReadFromWhatSourcesTell() {
        assertThat(Fingerprint.of(Map.of("parameterRequestList", "1,3,6", "vendorClass", "a")))
                .isEqualTo(new Fingerprint("1-3-6", "a"));
        assertThat(Fingerprint.of(Map.of("requestedOptions", "1,28,2"))).isEqualTo(new Fingerprint("1-28-2", null));
        assertThat(Fingerprint.of(Map.of("requestedOptions", "none of this"))).isNull();
        assertThat(Fingerprint.of(Map.of("vendorClass", "a"))).isEqualTo(new Fingerprint("00", "a"));
        assertThat(Fingerprint.of(Map.of("interface", "eth0"))).isNull();
        assertThat(OURS.kindOf(null)).isNull();
    }

    @Test
    void theOwnersLinesCountAndTheRestStays() {
        Fingerprints mine = Fingerprints.parse("""
                # mine
                Gate opener|1-3-28-6|-
                Our Windows | * | MSFT 5.0\r
                Boiler | 1-3 | a*b*c
                """).over(OURS);
        assertThat(mine.kindOf(new Fingerprint("1-3-28-6", null))).isEqualTo("Gate opener");
        assertThat(mine.kindOf(new Fingerprint("9", "MSFT 5.0"))).isEqualTo("Our Windows");
        assertThat(mine.kindOf(new Fingerprint("9", "android-dhcp-9"))).isEqualTo("Android");
        assertThat(mine.kindOf(new Fingerprint("1-3", "aXbXc"))).isEqualTo("Boiler");
        assertThat(mine.kindOf(new Fingerprint("1-3", "abXcX"))).isNull();
        assertThat(mine.kindOf(new Fingerprint("1-3", "ac"))).isNull();
        assertThat(mine.size()).isEqualTo(OURS.size() + 1);
    }

    @Test
    void aLineMayNameTheWholeMessage() {
        Fingerprints table = Fingerprints.parse("""
                Bench | disco0576nn_57-55-12_1-3-6 | *
                Other | 1-3-6 | udhcp 1.36
                """);
        String whole = "disco0576nn_57-55-12_1-3-6";
        assertThat(table.kindOf(new Fingerprint("1-3-6", "udhcp 1.36", whole))).isEqualTo("Bench");
        assertThat(table.kindOf(new Fingerprint("1-3-6", "udhcp 1.36", "disco0000nn_57-55-12_1-3-6")))
                .isEqualTo("Other");
        assertThat(table.kindOf(new Fingerprint("1-3-6", "udhcp 1.36"))).isEqualTo("Other");
        assertThat(table.kindOf(new Fingerprint("1-3-6", null))).isNull();
    }

    @Test
    void theWholeIsTakenWhereItIsOfTheSameMessage() {
        Map<String, String> details =
                Map.of("parameterRequestList", "1,3,6", "ja4d", "reqst1500in_61-57-55_1-3-6", "vendorClass", "a");
        assertThat(Fingerprint.of(details))
                .isEqualTo(new Fingerprint("1-3-6", "a", "reqst1500in_61-57-55_1-3-6"))
                .satisfies(fingerprint -> assertThat(fingerprint.asksLike(new Fingerprint("1-3-6", "a")))
                        .isTrue());
        assertThat(Fingerprint.of(Map.of("requestedOptions", "1,28", "ja4d", "reqst1500in_61-57-55_1-3-6")))
                .isEqualTo(new Fingerprint("1-28", null));
        assertThat(Fingerprint.of(Map.of("requestedOptions", "1,28", "ja4d", "<1-28>")))
                .isEqualTo(new Fingerprint("1-28", null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a|b|c",
                "a|1",
                "|1|a",
                "a|1|",
                "a|1,2|b",
                "a|1-|b",
                "a|1234|b",
                "a|1|b|c",
                "a|disco0000nn_1|b",
                "a|disco0000nn__1|b"
            })
    void whatIsNoLineIsToldWithItsNumber(String line) {
        assertThatThrownBy(() -> Fingerprints.parse("# first\n" + line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line 2");
    }
}
