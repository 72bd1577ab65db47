package io.innkeeper.wire.dhcp4;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The notation, by real messages and by the examples that FoxIO published. */
class Ja4dTest {
    private static String ja4d(String options) {
        String fixed = "01010600" + "3903f326" + "00".repeat(20) + "000b8201fc42" + "00".repeat(202);
        byte[] bytes = Arrays.copyOf(HexFormat.of().parseHex(fixed + "63825363" + options), DhcpMessage.MIN_LENGTH);
        DhcpMessage message = (DhcpMessage) DhcpMessage.parse(bytes, 0, bytes.length);
        return Ja4d.of(message.options()).text().orElseThrow();
    }

    /** The four messages of Wireshark's sample dhcp.pcap and what FoxIO's test expects of them (wireshark/test/testdata). */
    @ParameterizedTest
    @CsvSource({
        "3501013d0701000b8201fc4232040000000037040103062aff, disco0000in_61-55_1-3-6-42",
        "3501020104ffffff003a04000007083b0400000c4e330400000e103604c0a80001ff, offer0000nn_1-58-59-51-54_00",
        "3501033d0701000b8201fc423204c0a8000a3604c0a8000137040103062aff, reqst0000in_61-54-55_1-3-6-42",
        "3501053a04000007083b0400000c4e330400000e103604c0a800010104ffffff00ff, dpack0000nn_58-59-51-54-1_00",
    })
    void whatFoxIoPublished(String options, String ja4d) {
        assertThat(ja4d(options)).isEqualTo(ja4d);
    }

    /** DISCOVERs of busybox udhcpc and of ISC dhclient as recorded; an Android as FoxIO shows it. */
    @ParameterizedTest
    @CsvSource({
        "3501013902024037080103060c0f1c2a790c03626f783c076b696f736b20313d070102005e100001ff,"
                + " disco0576nn_57-55-12-60-61_1-3-6-12-15-28-42-121",
        "3501010c066c6170746f70510f040000066c6170746f70036c616e003707011c02030f060cff,"
                + " disco0000nd_12-55_1-28-2-3-15-6-12",
        "3501033d07010200000000013204c0a80117390205dc3c0f616e64726f69642d646863702d31330c0570686f6e65"
                + "370c0103060f1a1c333a3b2b726cff, reqst1500in_61-57-60-12-55_1-3-6-15-26-28-51-58-59-43-114-108",
    })
    void realMessages(String options, String ja4d) {
        assertThat(ja4d(options)).isEqualTo(ja4d);
    }

    @ParameterizedTest
    @CsvSource({
        "350103ff, reqst0000nn_00_00",
        "0c0161ff, 000000000nn_12_00",
        "3501c8ff, 002000000nn_00_00",
        "350103390400000240ff, reqst0000nn_57_00",
        "3501033902ffffff, reqst9999nn_57_00",
        "3501033700ff, reqst0000nn_55_00",
        "350103340101370103ff, reqst0000nn_55_3",
        "35010337010337010bff, reqst0000nn_55_3-11",
        "350103520301017f0c0161ff, reqst0000nn_12_00",
    })
    void oddMessages(String options, String ja4d) {
        assertThat(ja4d(options)).isEqualTo(ja4d);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "disco0000in_61-55_1-3-6-42",
                "reqst1500in_61-57-60-12-55_1-3-6-15-26-28-51-58-59-43-114-108",
                "002009999nd_00_00",
                "000000000nn_12_252",
            })
    void itIsReadAsItIsWritten(String text) {
        assertThat(Ja4d.parse(text).orElseThrow().text()).contains(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1-3-6",
                "wrong0000nn_00_00",
                "disco000nn_00_00",
                "disco0000nn_00",
                "disco0000nn_256_00",
                "disco0000nn_1_1-",
                "009990000nn_00_00",
                "disco0000xn_1_1",
                "disco0000nn_1_1_1",
            })
    void whatIsNoneIsNotRead(String text) {
        assertThat(Ja4d.parse(text)).isEmpty();
    }

    @Test
    void theLongestIsReadToo() {
        String all = IntStream.rangeClosed(1, 254).mapToObj(String::valueOf).collect(Collectors.joining("-"));
        String text = "disco0000nn_" + all + "_" + all;
        assertThat(Ja4d.parse(text).orElseThrow().text()).contains(text);
    }
}
