package io.innkeeper.wire.dnsmasq;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.property.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DhcpOptionTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            3,192.168.1.1                            | DhcpOption[tags=[], name=3, values=[192.168.1.1]]
            option:router, 192.168.1.1 ,10.0.0.1     | DhcpOption[tags=[], name=router, values=[192.168.1.1, 10.0.0.1]]
            3                                        | DhcpOption[tags=[], name=3, values=[]]
            option:router,                           | DhcpOption[tags=[], name=router, values=[]]
            tag:a,tag:!b,net:c,6,1.2.3.4             | DhcpOption[tags=[a, !b, c], name=6, values=[1.2.3.4]]
            option6:dns-server,[::]                  | an option of IPv6
            tag:a,option6:23,[::]                    | an option of IPv6
            vendor:PXEClient,1,0.0.0.0               | vendor: is not understood here
            encap:175,190,x                          | encap: is not understood here
            vi-encap:2,10,x                          | vi-encap: is not understood here
            lan,3,192.168.1.1                        | not an option: lan
            tag:a                                    | no option is named
            """)
    void everyForm(String value, String expected) {
        String said = switch (DhcpOption.parse(value)) {
            case ConfigValue.Valid<DhcpOption>(DhcpOption option) -> option.toString();
            case ConfigValue.Malformed<DhcpOption>(String reason) -> reason;
        };
        assertThat(said).isEqualTo(expected);
    }

    @org.junit.jupiter.api.Test
    void noTextThrows() {
        Property.check(500, samples -> {
            String text = samples.damaged("tag:a,option:router,192.168.1.1") + "," + samples.text(20);
            assertThat(DhcpOption.parse(text)).isNotNull();
        });
    }
}
