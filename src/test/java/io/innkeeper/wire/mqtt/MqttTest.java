package io.innkeeper.wire.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The octets are those that the tables of the standard give. */
class MqttTest {
    private static String hex(byte[] octets) {
        return HexFormat.ofDelimiter(" ").formatHex(octets);
    }

    @Test
    void connects() {
        MqttPublish will = new MqttPublish("a/b", "off", true);
        assertThat(hex(new MqttConnect("me", 60, will, "joe", "key").write()))
                .isEqualTo("10 22 00 04 4d 51 54 54 04 ee 00 3c 00 02 6d 65"
                        + " 00 03 61 2f 62 00 03 6f 66 66 00 03 6a 6f 65 00 03 6b 65 79");
        MqttPublish fleeting = new MqttPublish("a/b", "off", false);
        assertThat(hex(new MqttConnect("me", 60, fleeting, null, null).write()))
                .isEqualTo("10 18 00 04 4d 51 54 54 04 0e 00 3c 00 02 6d 65 00 03 61 2f 62 00 03 6f 66 66");
    }

    @Test
    void aPasswordNeedsAUserAndIsNotShown() {
        MqttPublish will = new MqttPublish("a", "b", true);
        assertThatThrownBy(() -> new MqttConnect("me", 60, will, null, "key"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MqttConnect("me", 65_536, will, null, null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(new MqttConnect("me", 60, will, "joe", "key").toString()).doesNotContain("key");
    }

    @Test
    void publishes() {
        assertThat(hex(new MqttPublish("a/b", "é", false).write(10))).isEqualTo("32 09 00 03 61 2f 62 00 0a c3 a9");
        assertThat(hex(new MqttPublish("a/b", "", true).write(0xffff))).isEqualTo("33 07 00 03 61 2f 62 ff ff");
        assertThatThrownBy(() -> new MqttPublish("a", "", false).write(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MqttPublish("x".repeat(65_536), "", false).write(1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"122,7f", "123,80 01", "16378,ff 7f", "16379,80 80 01"})
    void lengthsAreGroupsOfSevenBits(int payload, String length) {
        // Topic and number are five octets more.
        byte[] octets = new MqttPublish("a", "x".repeat(payload), false).write(1);
        String[] groups = length.split(" ");
        assertThat(hex(Arrays.copyOfRange(octets, 1, 1 + groups.length))).isEqualTo(length);
        assertThat(octets).hasSize(1 + groups.length + payload + 5);
    }

    @Test
    void staysAndLeaves() {
        assertThat(hex(MqttOctets.ping())).isEqualTo("c0 00");
        assertThat(hex(MqttOctets.disconnect())).isEqualTo("e0 00");
    }

    @Test
    void hearsTheBroker() {
        assertThat(MqttReply.parse(0x20, new byte[] {0, 5})).isEqualTo(new MqttReply.Connected(5));
        assertThat(new MqttReply.Connected(4).reason()).contains("password");
        assertThat(MqttReply.parse(0x40, new byte[] {(byte) 0xab, (byte) 0xcd})).isEqualTo(new MqttReply.Taken(0xabcd));
        assertThat(MqttReply.parse(0xd0, new byte[0])).isEqualTo(new MqttReply.StillHere());
        assertThat(MqttReply.parse(0x40, new byte[1])).isEqualTo(new MqttReply.Unexpected(0x40));
        assertThat(MqttReply.parse(0x30, new byte[2])).isEqualTo(new MqttReply.Unexpected(0x30));
    }

    /** No octets make it throw. */
    @FuzzTest(maxDuration = "5s")
    void anyReply(byte[] octets) {
        if (octets.length > 0) {
            MqttReply reply = MqttReply.parse(octets[0] & 0xff, Arrays.copyOfRange(octets, 1, octets.length));
            assertThat(reply).isNotNull();
        }
    }
}
