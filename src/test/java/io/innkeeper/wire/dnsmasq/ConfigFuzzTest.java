package io.innkeeper.wire.dnsmasq;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.innkeeper.wire.net.IpAddress;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No octets make the configuration parsers throw. Runs the stored inputs and some seeded random ones in the normal build;
 * with {@code JAZZER_FUZZ=1} the fuzzer searches.
 */
class ConfigFuzzTest {
    private static final String[] PIECES = {
        "dhcp-host=",
        "dhcp-range=",
        "id:",
        "id:*",
        "set:",
        "tag:",
        "net:",
        "[",
        "]",
        "/",
        "::",
        ":",
        ",",
        "-",
        "*",
        "\"",
        "\\",
        "#",
        " ",
        "\n",
        "\r\n",
        "\0",
        "aa:bb:cc:dd:ee:ff",
        "06-",
        "192.168.0.1",
        "fd00::1",
        "64",
        "1h",
        "infinite",
        "ignore",
        "static",
        "constructor:",
        "ra-only",
        "255.255.255.0",
        "=",
        "\u00e9",
        "9999999999999999999999"
    };

    @FuzzTest(maxDuration = "30s")
    void configuration(byte[] octets) {
        readEverything(octets);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void randomOctetsAndRandomPieces(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            byte[] octets = new byte[random.nextInt(200)];
            random.nextBytes(octets);
            readEverything(octets);
            StringBuilder text = new StringBuilder("dhcp-host=");
            for (int i = random.nextInt(30); i > 0; i--) {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            }
            readEverything(text.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void readEverything(byte[] octets) {
        ConfigText text = ConfigText.parse("fuzz", octets, _ -> true);
        for (ConfigLine line : text.lines()) {
            read(line);
        }
        for (ConfigLine line :
                ConfigText.parseValues("fuzz", octets, "dhcp-host").lines()) {
            read(line);
        }
        for (EthersLine line : EthersText.parse("fuzz", octets).lines()) {
            assertThat(HardwarePattern.of(line.mac()).matches(line.mac())).isTrue();
            assertThat(line.address() == null).isNotEqualTo(line.name() == null);
        }
    }

    private static void read(ConfigLine line) {
        assertThat(line.plainFields()).isNotEmpty();
        String value = line.value() == null ? "" : line.value();
        DhcpHost.parse(value).valid().ifPresent(host -> {
            for (HardwarePattern pattern : host.hardware()) {
                assertThat(pattern.exact().isPresent()).isEqualTo(pattern.wildcards() == 0);
                pattern.exact()
                        .ifPresent(mac -> assertThat(pattern.matches(mac)).isTrue());
            }
            for (HostAddress address : host.addresses()) {
                IpAddress first = address.addresses().network();
                assertThat(address.fixes(first)).isTrue();
            }
        });
        DhcpRange.parse(value).valid().ifPresent(range -> {
            assertThat(range.start()).isLessThanOrEqualTo(range.end());
            assertThat(range.subnet() == null || range.subnet().contains(range.end()))
                    .isTrue();
        });
    }
}
