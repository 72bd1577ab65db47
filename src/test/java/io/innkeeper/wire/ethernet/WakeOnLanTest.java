package io.innkeeper.wire.ethernet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.innkeeper.wire.net.MacAddress;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class WakeOnLanTest {
    /** Six octets of ones, then sixteen times 02:00:5e:10:00:fe. */
    private static final String PACKET = "ffffffffffff" + "02005e1000fe".repeat(16);

    @Test
    void theMagicPacket() {
        byte[] packet = WakeOnLan.write(MacAddress.parse("02:00:5e:10:00:fe").orElseThrow());
        assertThat(HexFormat.of().formatHex(packet)).isEqualTo(PACKET);
        assertThat(packet).hasSize(WakeOnLan.LENGTH);
    }

    @Test
    void onlyEthernetCardsWait() {
        MacAddress infiniband = MacAddress.of(32, new byte[16]);
        assertThatThrownBy(() -> WakeOnLan.write(infiniband)).isInstanceOf(IllegalArgumentException.class);
    }
}
