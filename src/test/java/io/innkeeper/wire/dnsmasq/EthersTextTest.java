package io.innkeeper.wire.dnsmasq;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class EthersTextTest {
    @Test
    void addressesNamesAndWhatIsNeither() {
        String text = """
                # comment
                +nis
                08:00:20:00:61:ca  192.168.0.20

                8:0:20:0:61:cb\tpal
                08:00:20:00:61    short
                08:00:20:00:61:cc
                08:00:20:00:61:cd fd00::1
                08:00:20:00:61:ce 192.168.0.21 # behind
                08:00:20:00:61:cf 192.168.0.400
                nonsense""";
        EthersText parsed = EthersText.parse("/etc/ethers", text.getBytes(StandardCharsets.UTF_8));
        assertThat(parsed.lines())
                .containsExactly(
                        new EthersLine(
                                3,
                                MacAddress.parse("08:00:20:00:61:ca").orElseThrow(),
                                IpAddress.parse("192.168.0.20").orElseThrow(),
                                null,
                                "08:00:20:00:61:ca  192.168.0.20"),
                        new EthersLine(
                                5,
                                MacAddress.parse("08:00:20:00:61:cb").orElseThrow(),
                                null,
                                "pal",
                                "8:0:20:0:61:cb\\x09pal"));
        assertThat(parsed.problems()).extracting(ConfigProblem::line).containsExactly(6, 7, 8, 9, 10, 11);
    }
}
