package io.innkeeper.wire.dhcp4;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** DISCOVERs as real clients sent them, recorded on a link. */
class CapturedMessagesTest {
    /** BOOTP's fixed part with the client's address, then the cookie and the options, then zeros to 300 octets. */
    private static byte[] captured(String xid, String options) {
        String fixed = "01010600" + xid + "00".repeat(20) + "02005e100001" + "00".repeat(202);
        byte[] bytes = HexFormat.of().parseHex(fixed + "63825363" + options);
        return Arrays.copyOf(bytes, DhcpMessage.MIN_LENGTH);
    }

    /** busybox udhcpc 1.35 {@code -x hostname:box -V "kiosk 1" -O 121}. */
    private static final byte[] UDHCPC =
            captured("58d16121", "3501013902024037080103060c0f1c2a790c03626f783c076b696f736b20313d070102005e100001ff");

    /** ISC dhclient 4.4 that sends its name as a partial name in option 81. */
    private static final byte[] DHCLIENT =
            captured("6d105a33", "3501010c066c6170746f70510f040000066c6170746f70036c616e003707011c02030f060cff");

    private static DhcpMessage message(byte[] bytes) {
        return (DhcpMessage) DhcpMessage.parse(bytes, 0, bytes.length);
    }

    @Test
    void udhcpc() {
        DhcpMessage message = message(UDHCPC);
        Options options = message.options();
        assertThat(message.type()).isEqualTo(MessageType.DISCOVER);
        assertThat(message.xid()).isEqualTo(0x58d16121);
        assertThat(message.chaddr()).hasToString("02:00:5e:10:00:01");
        assertThat(message.wantsBroadcast()).isFalse();
        assertThat(options.u16(OptionCode.MAX_SIZE, 0)).isEqualTo(576);
        assertThat(options.text(OptionCode.HOST_NAME)).isEqualTo("box");
        assertThat(options.text(OptionCode.VENDOR_CLASS)).isEqualTo("kiosk 1");
        assertThat(options.get(OptionCode.PARAMETER_REQUEST_LIST)).containsExactly(1, 3, 6, 12, 15, 28, 42, 121);
        assertThat(options.get(OptionCode.CLIENT_ID)).containsExactly(1, 2, 0, 0x5e, 0x10, 0, 1);
    }

    @Test
    void dhclient() {
        Options options = message(DHCLIENT).options();
        assertThat(options.size()).isEqualTo(4);
        assertThat(options.text(OptionCode.HOST_NAME)).isEqualTo("laptop");
        assertThat(ClientFqdn.parse(Objects.requireNonNull(options.get(OptionCode.CLIENT_FQDN))))
                .contains(new ClientFqdn(ClientFqdn.DNS_FORM, "laptop.lan"));
    }

    @Test
    void bothAreWrittenAsTheyCame() {
        byte[] into = new byte[DhcpMessage.MIN_LENGTH];
        for (byte[] captured : new byte[][] {UDHCPC, DHCLIENT}) {
            assertThat(message(captured).write(into, 0, into.length)).isEqualTo(into.length);
            assertThat(into).isEqualTo(captured);
        }
    }

    @Test
    void accessorsOfWhatIsAbsentOrOfAnotherLength() {
        Options options = Options.builder()
                .put(OptionCode.ROUTER, new byte[] {10, 0, 0, 1, 10, 0, 0, 2})
                .put(OptionCode.DNS, new byte[] {10, 0, 0})
                .put(OptionCode.LEASE_TIME, -1)
                .putU16(OptionCode.MAX_SIZE, 40_000)
                .putU8(OptionCode.MESSAGE_TYPE, 200)
                .putText(OptionCode.HOST_NAME, "a\0b\0\0")
                .build();
        assertThat(options.addresses(OptionCode.ROUTER)).containsExactly(0x0a000001, 0x0a000002);
        assertThat(options.address(OptionCode.ROUTER)).isZero();
        assertThat(options.addresses(OptionCode.DNS)).isEmpty();
        assertThat(options.addresses(OptionCode.NTP_SERVERS)).isEmpty();
        assertThat(options.u32(OptionCode.LEASE_TIME, 7)).isEqualTo(0xffff_ffffL);
        assertThat(options.u32(OptionCode.T1, 7)).isEqualTo(7);
        assertThat(options.u32(OptionCode.MAX_SIZE, 7)).isEqualTo(7);
        assertThat(options.u16(OptionCode.MAX_SIZE, 7)).isEqualTo(40_000);
        assertThat(options.u16(OptionCode.MESSAGE_TYPE, 7)).isEqualTo(7);
        assertThat(options.u8(OptionCode.MESSAGE_TYPE, 7)).isEqualTo(200);
        assertThat(options.u8(OptionCode.OVERLOAD, 7)).isEqualTo(7);
        assertThat(options.text(OptionCode.HOST_NAME)).isEqualTo("a\\x00b");
        assertThat(options.text(OptionCode.DOMAIN_NAME)).isNull();
        assertThat(options.toBuilder().build()).isEqualTo(options).hasSameHashCodeAs(options);
        assertThat(options.toBuilder().put(OptionCode.DNS, 1).build().address(OptionCode.DNS))
                .isEqualTo(1);
        assertThat(options.toBuilder().build().codeAt(0)).isEqualTo(OptionCode.ROUTER);
    }
}
