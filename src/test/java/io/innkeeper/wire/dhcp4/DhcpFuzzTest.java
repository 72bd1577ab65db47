package io.innkeeper.wire.dhcp4;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * No octets make the parsers throw, and a message that was read is the same after writing. Runs the stored inputs in the
 * normal build; with {@code JAZZER_FUZZ=1} the fuzzer searches.
 */
class DhcpFuzzTest {
    private static final List<OptionType> TYPES = List.of(OptionType.values());
    private static final int MAX_TAKEN = 4_096;
    private static final int MAX_WRITTEN = 16_384;

    @FuzzTest(maxDuration = "30s")
    void message(byte[] octets) {
        if (DhcpMessage.parse(octets, 0, octets.length) instanceof DhcpMessage read) {
            byte[] into = new byte[MAX_WRITTEN];
            int length = read.write(into, 0, MAX_WRITTEN);
            assertThat(DhcpMessage.parse(into, 0, length)).isEqualTo(DhcpMessageTest.relayLast(read));
            // A small reply has some of the options, whole.
            length = read.write(into, 0, DhcpMessage.MIN_LENGTH);
            assertThat(DhcpMessage.parse(into, 0, length)).isInstanceOf(DhcpMessage.class);
            RelayInfo.of(read);
            BootClient.of(read.options());
            for (int i = 0; i < read.options().size(); i++) {
                byte[] value = read.options().valueAt(i);
                OptionType type =
                        OptionRegistry.IANA.definition(read.options().codeAt(i)).type();
                assertThat(type.decode(value)).isNotEmpty();
            }
        }
    }

    /** The first octet names the type. */
    @FuzzTest(maxDuration = "30s")
    void values(byte[] octets) {
        if (octets.length > 0) {
            OptionType type = TYPES.get((octets[0] & 0xff) % TYPES.size());
            byte[] value = Arrays.copyOfRange(octets, 1, Math.min(octets.length, MAX_TAKEN));
            OptionTypeTest.checkAny(type, value, new String(value, StandardCharsets.UTF_8));
            RelayInfo.parse(value);
            ClientFqdn.parse(value);
        }
    }
}
