package io.innkeeper.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.wire.net.Prefix;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessGateTest {
    private static final AccessGate GATE = new AccessGate(
            List.of("Nas.Lan", "absolute.lan."), List.of("https://Dash.example", "http://10.0.0.9:3000"), List.of());

    private static boolean passes(
            @Nullable String host, @Nullable String origin, @Nullable String site, boolean navigation) {
        return GATE.refusal(host, origin, site, navigation).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST:8067",
                "localhost.",
                "localhost.:8067",
                "127.0.0.1",
                "127.0.0.1:8067",
                "192.168.1.5:80",
                "[::1]",
                "[::1]:8067",
                "[2001:db8::1]:8067",
                "nas.lan",
                "NAS.lan:8067",
                "nas.lan.",
                "nas.lan.:8067",
                "absolute.lan",
                "absolute.lan.:1"
            })
    void ownNamesAndAddressesPass(String host) {
        assertThat(passes(host, null, null, false)).isTrue();
        assertThat(passes(host, "http://" + host, "same-origin", false)).isTrue();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "evil.example",
                "evil.example:8067",
                "localhost.evil.example",
                "nas.lan.evil.example",
                "evilnas.lan",
                "127.0.0.1.evil.example",
                "127.0.0.1.nip.io:8067",
                "lan",
                "localhost:8067@evil.example",
                "[evil.example]",
                "[::1",
                "[::1].evil.example",
                "::1.evil.example",
                "127.0.0.1 evil",
                "localhost..",
                ".localhost",
                "*"
            })
    void namesThatAForeignPageCouldRebindAreRefused(@Nullable String host) {
        assertThat(passes(host, null, null, true)).isFalse();
        assertThat(passes(host, "http://" + host, "same-origin", false)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:8067, http://localhost:8067, true",
        "LOCALHOST:8067, http://localhost:8067, true",
        "[::1]:8067, http://[::1]:8067, true",
        "nas.lan, https://nas.lan, true", // behind a proxy that speaks TLS
        "localhost:8067, http://localhost:3000, false",
        "localhost:8067, http://localhost, false",
        "localhost:8067, http://127.0.0.1:8067, false",
        "localhost:8067, https://evil.example, false",
        "localhost:8067, http://localhost:8067@evil.example, false",
        "localhost:8067, http://localhost:8067.evil.example, false",
        "localhost:8067, 'null', false",
        "localhost:8067, '', false",
        "localhost:8067, localhost:8067, false",
        "localhost:8067, //, false",
        "localhost:8067, http://a b, false",
        "localhost:8067, https://dash.example, true",
        "localhost:8067, HTTPS://DASH.EXAMPLE, true",
        "localhost:8067, http://dash.example, false",
        "localhost:8067, https://dash.example:8443, false",
        "localhost:8067, https://dash.example.evil, false",
        "localhost:8067, http://10.0.0.9:3000, true",
    })
    void anOriginMustBeOursOrAllowed(String host, String origin, boolean passes) {
        assertThat(passes(host, origin, null, false)).isEqualTo(passes);
        // A foreign page's own words about itself change nothing.
        assertThat(passes(host, origin, "cross-site", true)).isEqualTo(passes);
        assertThat(passes(host, origin, "same-origin", false)).isEqualTo(passes);
    }

    @Test
    void aHostCalledNullIsNoOriginOfASandbox() {
        AccessGate gate = new AccessGate(List.of("null"), List.of(), List.of());
        assertThat(gate.refusal("null", "null", null, false)).isPresent();
    }

    @Test
    void withoutOriginTheBrowserTellsWhetherAnotherSiteAsks() {
        assertThat(passes("localhost", null, "cross-site", false))
                .as("image, script, form of another site")
                .isFalse();
        assertThat(passes("localhost", null, "cross-site", true))
                .as("a link that was followed")
                .isTrue();
        for (String site : List.of("same-origin", "same-site", "none")) {
            assertThat(passes("localhost", null, site, false)).as(site).isTrue();
        }
        assertThat(passes("localhost", null, null, false)).as("no browser").isTrue();
    }

    @Test
    void refusalsSayWhatToDoAndCannotBeAbused() {
        assertThat(GATE.refusal("evil\r\n\u001b[2Jx" + "y".repeat(500), null, null, false)
                        .orElseThrow())
                .contains("api.allowed-hosts")
                .doesNotContainPattern("\\p{Cntrl}")
                .hasSizeLessThan(250);
        assertThat(GATE.refusal("localhost", "https://x.example", null, false).orElseThrow())
                .contains("'https://x.example'")
                .contains("api.cors");
        assertThat(GATE.refusal(null, null, null, false).orElseThrow()).contains("(missing)");
    }

    @Test
    void onlyConfiguredOriginsGetCorsHeaders() {
        assertThat(GATE.isCors("https://dash.example")).isTrue();
        assertThat(GATE.isCors("http://localhost:8067")).isFalse();
        assertThat(GATE.isCors("null")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "172.17.0.2, true",
        "172.18.0.1, false",
        "::1, true",
        "0:0:0:0:0:0:0:1, true",
        "2001:db8::1, false",
        "127.0.0.1, false",
        "'', false",
        "unix, false",
    })
    void notifyFromNamesNetworks(String address, boolean may) {
        AccessGate gate = new AccessGate(
                List.of(),
                List.of(),
                Stream.of("172.17.0.0/16", "::1/128")
                        .map(text -> Prefix.parse(text).orElseThrow())
                        .toList());
        assertThat(gate.mayNotify(address)).isEqualTo(may);
        assertThat(GATE.mayNotify(address)).as("no list: everyone").isTrue();
    }
}
