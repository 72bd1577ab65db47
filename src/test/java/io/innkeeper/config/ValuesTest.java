package io.innkeeper.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
    @ParameterizedTest
    @CsvSource({"500ms,500,500ms", "60s,60000,1m", "24h,86400000,1d", "0s,0,0s", "90m,5400000,90m"})
    void durations(String text, long millis, String written) {
        Duration duration = DurationText.parse(text).orElseThrow();
        assertThat(duration.toMillis()).isEqualTo(millis);
        assertThat(DurationText.write(duration)).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "s", "-1s", "1.5s", "1w", "9999999999s", "1 s", "1S"})
    void noDurations(String text) {
        assertThat(DurationText.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"10MB,10000000,10MB", "1mib,1048576,1MiB", "512,512,512", "2000,2000,2kB", "7b,7,7", "0,0,0"})
    void sizes(String text, long bytes, String written) {
        ByteSize size = ByteSize.parse(text).orElseThrow();
        assertThat(size.bytes()).isEqualTo(bytes);
        assertThat(size).hasToString(written);
        assertThat(text).matches(ByteSize.PATTERN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MB", "-1", "1.5MB", "1TB", "99999999999999999GB", "1ib"})
    void noSizes(String text) {
        assertThat(ByteSize.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:8067,127.0.0.1,8067,127.0.0.1:8067,false,true",
        "8067,127.0.0.1,8067,127.0.0.1:8067,false,true",
        ":8067,*,8067,:8067,true,false",
        "*:8067,*,8067,:8067,true,false",
        "0.0.0.0:0,0.0.0.0,0,0.0.0.0:0,true,false",
        "[::]:80,::,80,[::]:80,true,false",
        "[::1]:80,::1,80,[::1]:80,false,true",
        "host.example:1,host.example,1,host.example:1,false,false",
        "localhost:1,localhost,1,localhost:1,false,true"
    })
    void listenAddresses(String text, String host, int port, String written, boolean any, boolean loopback) {
        ListenAddress address = ListenAddress.parse(text).orElseThrow();
        assertThat(address).isEqualTo(new ListenAddress(host, port)).hasToString(written);
        assertThat(address.isAny()).isEqualTo(any);
        assertThat(address.isLoopback()).isEqualTo(loopback);
        assertThat(text).matches(ListenAddress.PATTERN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "host", "host:", "host:99999", "::1:80", "[x]:80", "[1.2.3.4]:80", "a b:1", "-1"})
    void noListenAddresses(String text) {
        assertThat(ListenAddress.parse(text)).isEmpty();
    }

    @Test
    void syslogAddresses() {
        assertThat(SyslogAddress.parse("udp://log.example").orElseThrow()).hasToString("udp://log.example:514");
        assertThat(SyslogAddress.parse("tcp://[::1]:6514").orElseThrow()).hasToString("tcp://[::1]:6514");
        for (String bad : new String[] {"udp://", "udp://h:0", "udp://[x]", "http://h:1", "udp://h:", "udp://h:1/x"}) {
            assertThat(SyslogAddress.parse(bad)).as(bad).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"lisen,listen,1", "ab,ba,1", "kitten,sitting,3", "'',abc,3", "same,same,0"})
    void distances(String a, String b, int distance) {
        assertThat(Suggestion.distance(a, b)).isEqualTo(distance);
    }
}
