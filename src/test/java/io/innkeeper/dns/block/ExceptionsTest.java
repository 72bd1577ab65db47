package io.innkeeper.dns.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.innkeeper.wire.dns.DnsMessage;
import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.dns.QueryView;
import io.innkeeper.wire.dns.Question;
import io.innkeeper.wire.dns.RecordType;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExceptionsTest {
    private static final Instant NOW = Instant.parse("2026-03-02T20:00:00Z");
    private static final MacAddress MAC = MacAddress.parse("02:00:00:00:00:07").orElseThrow();
    private static final IpAddress ADDRESS = IpAddress.parse("192.0.2.7").orElseThrow();
    private static final BlockClient PHONE = new BlockClient(ADDRESS, MAC, null, null);
    private static final BlockClient OTHER =
            new BlockClient(IpAddress.parse("192.0.2.8").orElseThrow(), null, null, null);

    private static final BlockException FOR_PHONE =
            new BlockException("p", DnsName.of("ads.example"), MAC, null, NOW.plusSeconds(3_600));
    private static final BlockException FOR_ADDRESS =
            new BlockException("a", DnsName.of("b.example"), null, ADDRESS, NOW.plusSeconds(60));
    private static final BlockException FOR_ALL =
            new BlockException("e", DnsName.of("c.example"), null, null, NOW.plusSeconds(600));

    private static boolean allows(Exceptions exceptions, String name, BlockClient client, Instant now) {
        byte[] packet = DnsMessage.query(1, 0, new Question(DnsName.of(name), RecordType.A, 1), null)
                .write(512);
        QueryView query = new QueryView();
        assertThat(query.read(packet, 0, packet.length)).isEqualTo(QueryView.Verdict.ANSWER);
        return exceptions.allows(query, client, now.toEpochMilli());
    }

    @Test
    void holdForANameAndAllBelowItForAWhile() {
        Exceptions all = Exceptions.of(List.of(FOR_PHONE, FOR_ADDRESS, FOR_ALL));
        assertThat(allows(all, "WWW.ads.example", PHONE, NOW)).isTrue();
        assertThat(allows(all, "example", PHONE, NOW)).isFalse();
        assertThat(allows(all, "ads.example", OTHER, NOW)).isFalse();
        assertThat(allows(all, "ads.example", PHONE, NOW.plusSeconds(3_600))).isFalse();
        assertThat(allows(all, "b.example", PHONE, NOW)).isTrue();
        assertThat(allows(all, "b.example", OTHER, NOW)).isFalse();
        assertThat(allows(all, "c.example", OTHER, NOW)).isTrue();
        assertThat(allows(Exceptions.NONE, "c.example", OTHER, NOW)).isFalse();
    }

    @Test
    void vanishWhenTheyAreOver() {
        Exceptions all = Exceptions.of(List.of(FOR_PHONE, FOR_ADDRESS, FOR_ALL));
        assertThat(all.nextEnd()).contains(NOW.plusSeconds(60));
        assertThat(all.at(NOW)).isSameAs(all);
        assertThat(all.at(NOW.plusSeconds(60)).all()).containsExactly(FOR_PHONE, FOR_ALL);
        assertThat(all.without("p").all()).containsExactly(FOR_ADDRESS, FOR_ALL);
        BlockException longer = new BlockException("a", FOR_ADDRESS.name(), null, ADDRESS, NOW.plusSeconds(7_200));
        assertThat(all.with(longer).orElseThrow().all()).containsExactly(FOR_PHONE, FOR_ALL, longer);
        assertThat(Exceptions.NONE.nextEnd()).isEmpty();
    }

    @Test
    void areLinesOfAFile() {
        for (BlockException one : List.of(FOR_PHONE, FOR_ADDRESS, FOR_ALL)) {
            assertThat(BlockException.parse(one.text())).contains(one);
        }
        assertThat(FOR_PHONE.text()).isEqualTo("p 2026-03-02T21:00:00Z 02:00:00:00:00:07 ads.example");
        assertThatThrownBy(() -> new BlockException("a b", FOR_ALL.name(), null, null, NOW))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "x 2026 * a.example",
                "x 2026-03-02T21:00:00Z nobody a.example",
                " 2026-03-02T21:00:00Z * a.example",
                "x 2026-03-02T21:00:00Z * a..example"
            })
    void otherLinesAreNone(String line) {
        assertThat(BlockException.parse(line)).isEmpty();
    }
}
