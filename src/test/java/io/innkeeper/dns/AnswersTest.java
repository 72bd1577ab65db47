package io.innkeeper.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.Prefix;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswersTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.1,true",
        "172.15.255.255,false",
        "172.16.0.0,true",
        "172.31.255.255,true",
        "172.32.0.0,false",
        "192.168.0.1,true",
        "192.167.0.1,false",
        "127.0.0.1,true",
        "169.254.1.1,true",
        "100.64.0.1,true",
        "100.63.255.255,false",
        "100.127.255.255,true",
        "100.128.0.0,false",
        "0.0.0.0,true",
        "8.8.8.8,false",
        "::,true",
        "::1,true",
        "::2,false",
        "fc00::1,true",
        "fdff::1,true",
        "fe80::1,true",
        "febf::1,true",
        "fec0::1,false",
        "2001:db8::1,false",
        "::ffff:10.0.0.1,true",
        "::ffff:8.8.8.8,false"
    })
    void privateAddresses(String text, boolean isPrivate) {
        assertThat(Answers.isPrivate(IpAddress.parse(text).orElseThrow())).isEqualTo(isPrivate);
    }

    /** RFC 6052 §2.4. */
    @ParameterizedTest
    @CsvSource({
        "2001:db8::/32,2001:db8:c000:221::",
        "2001:db8:100::/40,2001:db8:1c0:2:21::",
        "2001:db8:122::/48,2001:db8:122:c000:2:2100::",
        "2001:db8:122:300::/56,2001:db8:122:3c0:0:221::",
        "2001:db8:122:344::/64,2001:db8:122:344:c0:2:2100::",
        "2001:db8:122:344::/96,2001:db8:122:344::192.0.2.33",
        "64:ff9b::/96,64:ff9b::192.0.2.33"
    })
    void addressesInAddresses(String prefix, String address) {
        assertThat(Delivery.embedded(
                        Prefix.parse(prefix).orElseThrow(),
                        IpAddress.parse("192.0.2.33").orElseThrow()))
                .isEqualTo(IpAddress.parse(address).orElseThrow());
    }
}
