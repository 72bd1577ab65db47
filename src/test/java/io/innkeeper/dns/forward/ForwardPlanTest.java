package io.innkeeper.dns.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.config.ConfigDocument;
import io.innkeeper.config.ConfigLoader;
import io.innkeeper.config.ConfigResult;
import io.innkeeper.config.DnsConfig;
import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.net.IpAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ForwardPlanTest {
    private static final UpstreamAddress SYSTEM = UpstreamAddress.udp(IpAddress.v4(0xc0000201), 53);

    private static DnsConfig config(String yaml) {
        ConfigDocument document = new ConfigDocument("innkeeper.yaml", "dns:\n" + yaml);
        ConfigResult result = ConfigLoader.load(document, Map.of(), List.of(), null);
        assertThat(result).as(result.text()).isInstanceOf(ConfigResult.Valid.class);
        return Objects.requireNonNull(((ConfigResult.Valid) result).config().dns());
    }

    @Test
    void upstreamsAndDomainsAreNumbered() {
        ForwardPlan plan = ForwardPlan.of(config("""
                          upstreams: ["tls://192.0.2.53#dns.example", 192.0.2.9]
                          parallel: 2
                          timeout: 700ms
                          dnssec: validate
                          limits: {waiting: 99}
                          forward:
                            - {domain: corp.example, upstreams: ["192.0.2.9", "tcp://10.1.1.53"]}
                            - {domain: internal, upstreams: []}
                        """), List.of(SYSTEM));
        assertThat(plan.upstreams())
                .extracting(UpstreamAddress::text)
                .containsExactly("tls://192.0.2.53#dns.example", "udp://192.0.2.9", "tcp://10.1.1.53");
        assertThat(plan.routes())
                .containsExactly(
                        new Route(DnsName.ROOT, List.of(0, 1)),
                        new Route(DnsName.of("corp.example"), List.of(1, 2)),
                        new Route(DnsName.of("internal"), List.of()));
        assertThat(plan.parallel()).isEqualTo(2);
        assertThat(plan.timeoutMs()).isEqualTo(700);
        assertThat(plan.openLimit()).isEqualTo(99);
        assertThat(plan.validate()).isTrue();
    }

    @Test
    void withoutUpstreamsThoseOfTheSystem() {
        DnsConfig config = config("  parallel: 1\n");
        assertThat(ForwardPlan.of(config, List.of(SYSTEM)).upstreams()).containsExactly(SYSTEM);
        assertThat(ForwardPlan.of(config, List.of()).routes()).isEmpty();
    }
}
