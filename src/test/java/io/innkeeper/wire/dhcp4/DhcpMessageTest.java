package io.innkeeper.wire.dhcp4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.innkeeper.property.Property;
import io.innkeeper.property.Samples;
import io.innkeeper.wire.net.MacAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole messages: RFC 2131 §2, RFC 2132 §9.3 (overload), RFC 3396 (long options). */
class DhcpMessageTest {
    /** The fixed part of a request of an Ethernet client, the cookie, and these octets of options. */
    private static byte[] request(String options) {
        byte[] tail = hex(options);
        byte[] bytes = Arrays.copyOf(
                hex("01010600 39 03 f3 26 0005 8000 0a000001 0a000002 0a000003 0a000004 001122334455"),
                240 + tail.length);
        System.arraycopy(hex("63825363"), 0, bytes, 236, 4);
        System.arraycopy(tail, 0, bytes, 240, tail.length);
        return bytes;
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    private static DhcpMessage message(byte[] bytes) {
        return (DhcpMessage) DhcpMessage.parse(bytes, 0, bytes.length);
    }

    private static byte[] write(DhcpMessage message, int limit) {
        byte[] into = new byte[limit];
        Arrays.fill(into, (byte) 0x5a);
        return Arrays.copyOf(into, message.write(into, 0, limit));
    }

    private static DhcpMessage reply(String sname, String file, Options options) {
        return new DhcpMessage(
                DhcpMessage.REPLY,
                1,
                MacAddress.of(1, hex("001122334455")),
                0,
                7,
                0,
                0,
                0,
                0x0a00002a,
                0x0a000001,
                0,
                sname,
                file,
                options);
    }

    @Test
    void theFixedPart() {
        DhcpMessage message = message(request("35 01 01 ff"));
        assertThat(message.op()).isEqualTo(DhcpMessage.REQUEST);
        assertThat(message.chaddr()).hasToString("00:11:22:33:44:55");
        assertThat(message.hops()).isZero();
        assertThat(message.xid()).isEqualTo(0x3903f326);
        assertThat(message.secs()).isEqualTo(5);
        assertThat(message.wantsBroadcast()).isTrue();
        assertThat(message.ciaddr()).isEqualTo(0x0a000001);
        assertThat(message.yiaddr()).isEqualTo(0x0a000002);
        assertThat(message.siaddr()).isEqualTo(0x0a000003);
        assertThat(message.giaddr()).isEqualTo(0x0a000004);
        assertThat(message.sname()).isEmpty();
        assertThat(message.file()).isEmpty();
        assertThat(message.type()).isEqualTo(MessageType.DISCOVER);
        assertThat(write(message, 300)).isEqualTo(Arrays.copyOf(request("35 01 01 ff"), 300));
    }

    @Test
    void aMessageInTheMiddleOfAnArray() {
        byte[] bytes = request("35 01 03 32 04 0a 00 00 09 ff");
        byte[] around = new byte[bytes.length + 20];
        Arrays.fill(around, (byte) 0x34);
        System.arraycopy(bytes, 0, around, 7, bytes.length);
        assertThat(DhcpMessage.parse(around, 7, bytes.length)).isEqualTo(message(bytes));
        byte[] into = new byte[400];
        Arrays.fill(into, (byte) 0x34);
        assertThat(message(bytes).write(into, 7, 350)).isEqualTo(300);
        assertThat(into[6]).isEqualTo((byte) 0x34);
        assertThat(into[307]).isEqualTo((byte) 0x34);
        assertThat(DhcpMessage.parse(into, 7, 300)).isEqualTo(message(bytes));
    }

    @ParameterizedTest
    @CsvSource({
        "''",
        "ff",
        "00",
        "35 01 01",
        "35 01 01 00 00",
        "35 01 01 ff 35",
        "35 01 01 ff 0c ff 00",
        "00 00 35 01 01 ff",
        "80 00 35 01 01 ff",
        "34 01 01 ff",
        "34 01 02 ff",
        "34 01 03"
    })
    void soundOptions(String options) {
        assertThat(DhcpMessage.parse(request(options), 0, request(options).length))
                .isInstanceOf(DhcpMessage.class);
    }

    @ParameterizedTest
    @CsvSource({
        "35, BAD_OPTION",
        "35 01, BAD_OPTION",
        "35 02 01, BAD_OPTION",
        "35 01 01 0c ff 61, BAD_OPTION",
        "00 00 0c, BAD_OPTION",
        "34 00 ff, BAD_VALUE",
        "34 02 01 01 ff, BAD_VALUE",
        "34 01 00 ff, BAD_VALUE",
        "34 01 04 ff, BAD_VALUE",
        "34 01 81 ff, BAD_VALUE",
        "34 01 01 34 01 02 ff, BAD_VALUE"
    })
    void unsoundOptions(String options, Malformed malformed) {
        assertThat(DhcpMessage.parse(request(options), 0, request(options).length))
                .isEqualTo(malformed);
    }

    @Test
    void unsoundMessages() {
        byte[] sound = request("35 01 01 ff");
        assertThat(DhcpMessage.parse(sound, 0, 235)).isEqualTo(Malformed.TRUNCATED);
        assertThat(DhcpMessage.parse(sound, 0, 0)).isEqualTo(Malformed.TRUNCATED);
        assertThat(DhcpMessage.parse(Arrays.copyOf(sound, 9_217), 0, 9_217)).isEqualTo(Malformed.OVERSIZED);
        assertThat(DhcpMessage.parse(Arrays.copyOf(sound, 9_216), 0, 9_216)).isInstanceOf(DhcpMessage.class);
        sound[2] = 17;
        assertThat(DhcpMessage.parse(sound, 0, 244)).isEqualTo(Malformed.BAD_HARDWARE_LENGTH);
        sound[2] = -1;
        assertThat(DhcpMessage.parse(sound, 0, 244)).isEqualTo(Malformed.BAD_HARDWARE_LENGTH);
        sound[0] = 3;
        assertThat(DhcpMessage.parse(sound, 0, 244)).isEqualTo(Malformed.BAD_OP);
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> DhcpMessage.parse(sound, 1, sound.length));
    }

    @Test
    void hardwareAddresses() {
        byte[] bytes = request("35 01 01 ff");
        bytes[2] = 0;
        assertThat(message(bytes).chaddr()).isNull();
        bytes[1] = 32;
        bytes[2] = 16;
        assertThat(message(bytes).chaddr()).hasToString("20-00:11:22:33:44:55:00:00:00:00:00:00:00:00:00:00");
        assertThat(message(write(message(bytes), 300))).isEqualTo(message(bytes));
    }

    @Test
    void bootpWithoutTheCookieHasNoOptions() {
        byte[] bytes = request("35 01 01 ff");
        bytes[239] = 0;
        assertThat(message(bytes).options()).isEqualTo(Options.NONE);
        assertThat(message(bytes).type()).isNull();
        assertThat(((DhcpMessage) DhcpMessage.parse(bytes, 0, 236)).options()).isEqualTo(Options.NONE);
        assertThat(((DhcpMessage) DhcpMessage.parse(bytes, 0, 239)).options()).isEqualTo(Options.NONE);
    }

    @Test
    void textOfTheFields() {
        byte[] bytes = request("35 01 01 ff");
        put(bytes, 44, "pxe\0garbage");
        put(bytes, 108, "a".repeat(128));
        assertThat(message(bytes).sname()).isEqualTo("pxe");
        assertThat(message(bytes).file()).isEqualTo("a".repeat(128));
        put(bytes, 44, "\u001b[2J");
        assertThat(message(bytes).sname()).isEqualTo("\\x1b[2Jgarbage");
        put(bytes, 44, "\u0001".repeat(64));
        assertThat(message(bytes).sname()).isEqualTo("\\x01".repeat(16));
        assertThat(message(write(message(bytes), 300))).isEqualTo(message(bytes));
    }

    private static void put(byte[] bytes, int at, String text) {
        put(bytes, at, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void put(byte[] bytes, int at, byte[] octets) {
        System.arraycopy(octets, 0, bytes, at, octets.length);
    }

    @Test
    void overloadedFieldsAreReadFileFirst() {
        byte[] bytes = request("34 01 03 35 01 01 0c 02 61 62 ff");
        put(bytes, 108, hex("0c026364 0f0179 340101 ff 0c017a"));
        put(bytes, 44, hex("00 0c0165 420174"));
        DhcpMessage message = message(bytes);
        assertThat(message.options()).hasToString("[53=01, 12=6162636465, 15=79, 66=74]");
        assertThat(message.sname()).isEmpty();
        assertThat(message.file()).isEmpty();
        bytes[242] = 1;
        assertThat(message(bytes).options()).hasToString("[53=01, 12=61626364, 15=79]");
        bytes[242] = 2;
        assertThat(message(bytes).options()).hasToString("[53=01, 12=616265, 66=74]");
        assertThat(message(bytes).file()).startsWith("\\x0c\\x02cd");
        put(bytes, 44, hex("0c40"));
        assertThat(DhcpMessage.parse(bytes, 0, bytes.length)).isEqualTo(Malformed.BAD_OPTION);
    }

    @Test
    void longOptionsComeInParts() {
        byte[] value = new byte[600];
        Arrays.fill(value, (byte) 7);
        Options options =
                Options.builder().putU8(53, 2).put(121, value).putText(12, "a").build();
        byte[] written = write(reply("", "", options), 1_000);
        assertThat(written).hasSize(240 + 3 + 600 + 6 + 3 + 1);
        assertThat(HexFormat.of().formatHex(written, 240, 247)).isEqualTo("35010279ff0707");
        assertThat(HexFormat.of().formatHex(written, 243 + 257, 243 + 259)).isEqualTo("79ff");
        assertThat(HexFormat.of().formatHex(written, 243 + 514, 243 + 516)).isEqualTo("795a");
        assertThat(message(written).options()).isEqualTo(options);
    }

    @Test
    void whatDoesNotFitGoesToTheFields() {
        Options options = Options.builder()
                .putU8(53, 2)
                .put(43, new byte[50])
                .put(15, new byte[120])
                .put(12, new byte[60])
                .put(6, new byte[4])
                .build();
        byte[] written = write(reply("", "", options), 300);
        assertThat(written).hasSize(300);
        assertThat(message(written).options().toBuilder().build().size()).isEqualTo(4);
        assertThat(message(written).options().has(6)).isFalse();
        assertThat(HexFormat.of().formatHex(written, 240, 246)).isEqualTo("3501022b3200");
        assertThat(HexFormat.of().formatHex(written, 295, 299)).isEqualTo("340103ff");
        assertThat(written[108]).isEqualTo((byte) 15);
        assertThat(written[44]).isEqualTo((byte) 12);

        assertThat(message(write(reply("srv", "", options), 300)).options().has(12))
                .isFalse();
        assertThat(message(write(reply("srv", "", options), 300)).sname()).isEqualTo("srv");
        DhcpMessage both = message(write(reply("srv", "boot", options), 300));
        assertThat(both.options()).hasToString("[53=02, 43=" + "00".repeat(50) + "]");
        assertThat(both.file()).isEqualTo("boot");
    }

    @Test
    void overloadTakesNoRoomWhereItDoesNotHelp() {
        // 159 octets of room, 156 beside option 52; neither option fits a field.
        Options options = Options.builder()
                .put(43, new byte[157])
                .put(121, new byte[200])
                .putText(12, "a")
                .build();
        byte[] written = write(reply("", "", options), 400);
        assertThat(message(written).options()).hasToString("[43=" + "00".repeat(157) + "]");
        assertThat(written[399]).isEqualTo((byte) 255);
    }

    @Test
    void relayInformationIsLastAndStays() {
        Options options = Options.builder()
                .put(82, new byte[36])
                .putU8(53, 5)
                .put(54, 1)
                .put(51, 2)
                .put(43, new byte[200])
                .put(15, new byte[100])
                .put(52, new byte[1])
                .build();
        byte[] written = write(reply("", "x", options), 300);
        assertThat(message(written).options())
                .hasToString("[53=05, 54=00000001, 51=00000002, 82=" + "00".repeat(36) + "]");
        written = write(reply("", "", options), 310);
        assertThat(message(written).options().has(15)).isTrue();
        assertThat(HexFormat.of().formatHex(written)).containsPattern("3401015224(?:00){36}ff(?:00)*$");
        Options whole = message(write(reply("", "", options), 1_000)).options();
        assertThat(whole.size()).isEqualTo(6);
        assertThat(whole.codeAt(5)).isEqualTo(82);
        // Too large to leave room for the message type.
        Options greedy = Options.builder().put(82, new byte[40]).putU8(53, 5).build();
        assertThat(message(write(reply("", "", greedy), 300)).options()).hasToString("[53=05]");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 299, 301})
    void limits(int limit) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> reply("", "", Options.NONE).write(new byte[300], 0, limit));
    }

    @Test
    void survivesWritingAndReading() {
        Property.check(20_000, samples -> {
            DhcpMessage message = sample(samples);
            byte[] written = write(message, 12_000);
            assertThat(message(written)).isEqualTo(message);
            byte[] small = write(message, 300 + samples.below(400));
            checkSubset(message(small).options(), message.options());
        });
    }

    /** Each option is there whole or not at all. */
    private static void checkSubset(Options some, Options all) {
        for (int i = 0; i < some.size(); i++) {
            assertThat(all.get(some.codeAt(i))).isEqualTo(some.valueAt(i));
        }
    }

    private static DhcpMessage sample(Samples samples) {
        MacAddress mac = samples.oneIn(10)
                ? null
                : MacAddress.of(samples.below(256), samples.mac().octets());
        Options.Builder options = Options.builder();
        for (int i = samples.below(samples.oneIn(10) ? 40 : 12); i > 0; i--) {
            int code = 1 + samples.below(254);
            if (code != 52 && code != 82) {
                options.put(code, samples.octets(samples.below(samples.oneIn(20) ? 700 : 20)));
            }
        }
        if (samples.oneIn(3)) {
            options.put(82, samples.octets(samples.below(255)));
        }
        return new DhcpMessage(
                1 + samples.below(2),
                mac == null ? samples.below(256) : mac.hardwareType(),
                mac,
                samples.below(256),
                samples.below(1 << 30),
                samples.below(0x10000),
                samples.below(0x10000),
                samples.below(1 << 30),
                -samples.below(1 << 30),
                samples.below(1 << 30),
                samples.below(2),
                samples.oneIn(2) ? "" : "server" + samples.below(100),
                samples.oneIn(2) ? "" : "boot\\x64\\" + "\u00e9".repeat(samples.below(60)),
                options.build());
    }

    @Test
    void nothingThrows() {
        Property.check(50_000, samples -> {
            byte[] bytes = write(sample(samples), 9_000);
            for (int i = samples.below(6); i >= 0; i--) {
                bytes[samples.oneIn(2) ? 240 + samples.below(20) : samples.below(bytes.length)] =
                        (byte) samples.below(256);
            }
            if (DhcpMessage.parse(bytes, 0, bytes.length - samples.below(20)) instanceof DhcpMessage read) {
                assertThat(message(write(read, 12_000))).isEqualTo(relayLast(read));
            }
        });
    }

    /** As it comes back from writing. */
    static DhcpMessage relayLast(DhcpMessage message) {
        Options.Builder options = Options.builder();
        for (int i = 0; i < message.options().size(); i++) {
            if (message.options().codeAt(i) != 82) {
                options.put(message.options().codeAt(i), message.options().valueAt(i));
            }
        }
        byte[] relay = message.options().get(82);
        if (relay != null) {
            options.put(82, relay);
        }
        return new DhcpMessage(
                message.op(),
                message.hardwareType(),
                message.chaddr(),
                message.hops(),
                message.xid(),
                message.secs(),
                message.flags(),
                message.ciaddr(),
                message.yiaddr(),
                message.siaddr(),
                message.giaddr(),
                message.sname(),
                message.file(),
                options.build());
    }
}
