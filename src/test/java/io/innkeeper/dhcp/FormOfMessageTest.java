package io.innkeeper.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.lease.BindingBook;
import io.innkeeper.lease.Traits;
import io.innkeeper.scenario.PlanText;
import io.innkeeper.wire.dhcp4.DhcpMessage;
import io.innkeeper.wire.dhcp4.Ja4d;
import io.innkeeper.wire.dhcp4.MessageType;
import io.innkeeper.wire.dhcp4.OptionCode;
import io.innkeeper.wire.dhcp4.Options;
import io.innkeeper.wire.net.MacAddress;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** How a client's message was built reaches its lease, and is that of the message by which it got it. */
class FormOfMessageTest {
    private static final long NOW = 1_767_268_800_000L;
    private static final int ADDRESS = 0xc0a80164;
    private static final MacAddress MAC = TestingMessages.mac("ac:de:48:00:00:01");

    private final BindingBook book = new BindingBook(16, 3);
    private final DhcpEngine engine = new DhcpEngine(
            book,
            PlanText.of("set authoritative\nsubnet 192.168.0.0/16\nlifetime 1h\npool 192.168.1.100-192.168.1.199"));

    private String granted(boolean requested, int ciaddr, long atMs, byte... asked) {
        Options.Builder options = Options.builder().putU8(OptionCode.MESSAGE_TYPE, MessageType.REQUEST.code());
        if (requested) {
            options.put(OptionCode.REQUESTED_ADDRESS, ADDRESS);
        }
        options.putU16(OptionCode.MAX_SIZE, 1_500);
        if (asked.length > 0) {
            options.put(OptionCode.PARAMETER_REQUEST_LIST, asked);
        }
        DhcpMessage message = new DhcpMessage(1, 1, MAC, 0, 1, 0, 0, ciaddr, 0, 0, 0, "", "", options.build());
        engine.handle(message, TestingMessages.broadcast(), atMs);
        Traits traits = Objects.requireNonNull(book.at(ADDRESS)).traits();
        return new Ja4d(traits.form(), traits.parameterRequestList()).text().orElse("none");
    }

    @Test
    void aRenewalDoesNotChangeIt() {
        assertThat(granted(true, 0, NOW, (byte) 1, (byte) 3)).isEqualTo("reqst1500in_57-55_1-3");
        assertThat(granted(false, ADDRESS, NOW + 1_800_000, (byte) 1, (byte) 3)).isEqualTo("reqst1500in_57-55_1-3");
        assertThat(granted(false, ADDRESS, NOW + 2_000_000)).isEqualTo("reqst1500in_57-55_1-3");
        assertThat(granted(true, 0, NOW + 2_400_000, (byte) 1, (byte) 3, (byte) 6))
                .isEqualTo("reqst1500in_57-55_1-3-6");
    }

    @Test
    void aRenewalTellsWhereNothingElseDid() {
        assertThat(granted(true, 0, NOW))
                .as("a client that says nothing of itself")
                .isEqualTo("none");
        assertThat(granted(false, ADDRESS, NOW + 1_800_000, (byte) 1)).isEqualTo("reqst1500nn_57-55_1");
    }
}
