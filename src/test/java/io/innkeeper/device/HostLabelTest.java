package io.innkeeper.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.wire.net.IpAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostLabelTest {
    private static final IpAddress ADDRESS = IpAddress.parse("192.168.1.5").orElseThrow();

    @ParameterizedTest
    @CsvSource({
        "printer.local, printer",
        "Johns-iPhone.local, Johns-iPhone",
        "nas, nas",
        "a.b.c, a",
        "3d-printer.lan, 3d-printer",
        "host-192-168-1-6.example, host-192-168-1-6",
    })
    void names(String name, String label) {
        assertThat(HostLabel.of(name, ADDRESS)).contains(label);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "-a.local",
                "a-.local",
                "a b.local",
                "_tcp.local",
                "a\\010b.local",
                "<b>.local",
                "zoë.local",
                "17.local",
                "192-168-1-5.dyn.example",
                "ip-192-168-1-5.example",
                "5-1-168-192.example",
            })
    void whatIsNone(String name) {
        assertThat(HostLabel.of(name, ADDRESS)).isEmpty();
    }

    @Test
    void aLabelHasUpTo63Octets() {
        assertThat(HostLabel.of("a".repeat(63) + ".local", ADDRESS)).isPresent();
        assertThat(HostLabel.of("a".repeat(64) + ".local", ADDRESS)).isEmpty();
    }
}
