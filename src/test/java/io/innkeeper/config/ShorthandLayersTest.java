package io.innkeeper.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A section that the file writes in short keeps what it said where an upper layer says more of it. */
class ShorthandLayersTest {
    private static Config config(String yaml, String runTime) {
        ConfigResult result = ConfigLoader.load(new ConfigDocument("x.yaml", yaml), Map.of(), List.of(), runTime);
        assertThat(result.text()).doesNotContain("error: ");
        return ((ConfigResult.Valid) result).config();
    }

    @Test
    void whatWasWrittenInShortStays() {
        Config config = config(
                "dnsmasq: {home: {leases: /l, log: /var/log/dnsmasq.log}}",
                "{\"dnsmasq\": {\"home\": {\"log\": {\"enabled\": false}}}}");
        DnsmasqLog log = Objects.requireNonNull(
                Objects.requireNonNull(config.dnsmasq()).getFirst().log());
        assertThat(log.file()).isEqualTo(Path.of("/var/log/dnsmasq.log"));
        assertThat(log.enabled()).isFalse();
    }

    @Test
    void anAddressAloneStaysBesideALimit() {
        GrpcConfig grpc =
                Objects.requireNonNull(config("api: {grpc: \":9068\"}", "{\"api\": {\"grpc\": {\"calls\": 7}}}")
                        .api()
                        .grpc());
        assertThat(grpc).isEqualTo(new GrpcConfig(new ListenAddress("*", 9068), 7));
    }

    @Test
    void offSaysNothingOfWhatIsInside() {
        GrpcConfig grpc = Objects.requireNonNull(config("api: {grpc: off}", "{\"api\": {\"grpc\": {\"calls\": 7}}}")
                .api()
                .grpc());
        assertThat(grpc).isEqualTo(new GrpcConfig(new ListenAddress("127.0.0.1", 9067), 7));
        assertThat(config("api: {grpc: \":9068\"}", "{\"api\": {\"grpc\": \"off\"}}")
                        .api()
                        .grpc())
                .isNull();
    }
}
