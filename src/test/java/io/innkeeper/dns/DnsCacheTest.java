package io.innkeeper.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.dns.CacheEntry.Kind;
import io.innkeeper.property.Property;
import io.innkeeper.property.Samples;
import io.innkeeper.wire.dns.DnsMessage;
import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.dns.DnsRecord;
import io.innkeeper.wire.dns.Edns;
import io.innkeeper.wire.dns.Question;
import io.innkeeper.wire.dns.Rcode;
import io.innkeeper.wire.dns.Rdata;
import io.innkeeper.wire.dns.RecordType;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DnsCacheTest {
    private static final DnsCache.Settings USUAL = new DnsCache.Settings(1 << 20, 0, 86_400, 3_600, 5, 86_400_000);

    private static DnsMessage message(String name, int rcode, List<String> answers) {
        return DnsMessage.query(7, 0, new Question(DnsName.of(name), RecordType.A, 1), null)
                .answer(DnsMessage.RECURSION_AVAILABLE, rcode, Edns.of(1232, false))
                .withAnswers(answers.stream().map(TestingZone::record).toList());
    }

    private static @Nullable CacheEntry put(DnsCache cache, String name, DnsMessage message, long nowMs) {
        return cache.put(DnsName.of(name), RecordType.A, 1, 0, message.write(4096), List.of(), nowMs)
                .orElse(null);
    }

    private static CacheEntry positive(DnsCache cache, String name, long ttlS, long nowMs) {
        return Objects.requireNonNull(
                put(cache, name, message(name, 0, List.of(name + ". " + ttlS + " A 192.0.2.1")), nowMs));
    }

    private static @Nullable CacheEntry find(DnsCache cache, String name) {
        return cache.find(DnsName.of(name), RecordType.A, 1, 0);
    }

    private static CacheEntry kept(DnsCache cache, String name) {
        return Objects.requireNonNull(find(cache, name), name);
    }

    private static DnsMessage no(String name, int rcode, long ttlS, long minimumS) {
        DnsName zone = DnsName.of("example");
        return message(name, rcode, List.of())
                .withAuthorities(List.of(
                        new DnsRecord(zone, RecordType.SOA, 1, ttlS, new Rdata.Soa(zone, zone, 1, 1, 1, 1, minimumS))));
    }

    @Test
    void anAnswerIsKeptForTheSmallestOfItsTimes() {
        DnsCache cache = new DnsCache(USUAL);
        put(
                cache,
                "www.example",
                message(
                        "www.example",
                        0,
                        List.of(
                                "www.example. 600 CNAME x.example.",
                                "x.example. 60 A 192.0.2.1",
                                "x.example. 90 A 192.0.2.2")),
                1_000);
        CacheEntry entry = kept(cache, "WWW.Example");
        assertThat(entry.isFresh(60_999)).isTrue();
        assertThat(entry.isFresh(61_000)).isFalse();
        assertThat(cache.isServable(entry, 61_000 + 86_399_999)).isTrue();
        assertThat(cache.isServable(entry, 61_000 + 86_400_000)).isFalse();
        assertThat(find(cache, "example")).isNull();
        assertThat(cache.find(DnsName.of("www.example"), RecordType.AAAA, 1, 0)).isNull();
        assertThat(cache.find(DnsName.of("www.example"), RecordType.A, 1, DnsCache.DNSSEC_OK))
                .isNull();
    }

    @Test
    void aNoIsKeptAsItsSoaRecordSays() {
        DnsCache cache = new DnsCache(USUAL);
        put(cache, "a.example", no("a.example", Rcode.NXDOMAIN, 300, 60), 0);
        put(cache, "b.example", no("b.example", 0, 30, 60), 0);
        put(cache, "c.example", no("c.example", Rcode.NXDOMAIN, 999_999, 999_999), 0);
        assertThat(kept(cache, "a.example").kind).isEqualTo(Kind.NO_NAME);
        assertThat(kept(cache, "a.example").expiresAtMs).isEqualTo(60_000);
        assertThat(kept(cache, "b.example").kind).isEqualTo(Kind.NO_DATA);
        assertThat(kept(cache, "b.example").expiresAtMs).isEqualTo(30_000);
        assertThat(kept(cache, "c.example").expiresAtMs).isEqualTo(3_600_000);
        // RFC 2308 §5: without the record it is not kept.
        assertThat(put(cache, "d.example", message("d.example", Rcode.NXDOMAIN, List.of()), 0))
                .isNotNull();
        assertThat(find(cache, "d.example")).isNull();
    }

    @Test
    void aFailureIsKeptShortlyAndNeverInPlaceOfSomethingBetter() {
        DnsCache cache = new DnsCache(USUAL);
        put(cache, "a.example", message("a.example", Rcode.SERVFAIL, List.of()), 0);
        assertThat(kept(cache, "a.example").expiresAtMs).isEqualTo(5_000);
        assertThat(cache.isServable(kept(cache, "a.example"), 5_000)).isFalse();
        positive(cache, "b.example", 60, 0);
        put(cache, "b.example", message("b.example", Rcode.SERVFAIL, List.of()), 70_000);
        assertThat(kept(cache, "b.example").kind).isEqualTo(Kind.POSITIVE);
        put(cache, "b.example", message("b.example", Rcode.SERVFAIL, List.of()), 60_000 + 86_400_000);
        assertThat(kept(cache, "b.example").kind).isEqualTo(Kind.FAILURE);
    }

    @Test
    void whatIsNewerAndNotToBeKeptEndsWhatIsOlder() {
        DnsCache cache = new DnsCache(USUAL);
        positive(cache, "a.example", 60, 0);
        assertThat(positive(cache, "a.example", 0, 70_000)).isNotNull();
        assertThat(cache.count()).isZero();
        assertThat(cache.bytes()).isZero();
    }

    @Test
    void timesAreBoundedAndStrangeOnesAreNone() {
        DnsCache cache = new DnsCache(new DnsCache.Settings(1 << 20, 30, 100, 10, 5, 0));
        assertThat(positive(cache, "a.example", 5, 0).expiresAtMs).isEqualTo(30_000);
        assertThat(positive(cache, "b.example", 500, 0).expiresAtMs).isEqualTo(100_000);
        byte[] strange =
                message("c.example", 0, List.of("c.example. 60 A 192.0.2.1")).write(512);
        int ttlAt = strange.length - 11 - 4 - 2 - 4;
        assertThat(strange[ttlAt + 3]).isEqualTo((byte) 60);
        strange[ttlAt] = (byte) 0x80;
        DnsCache usual = new DnsCache(USUAL);
        assertThat(usual.put(DnsName.of("c.example"), 1, 1, 0, strange, List.of(), 0))
                .isPresent();
        assertThat(find(usual, "c.example")).as("RFC 2181 §8").isNull();
    }

    @Test
    void theAnswerToAnotherQuestionIsNotTaken() {
        DnsCache cache = new DnsCache(USUAL);
        assertThat(put(cache, "b.example", message("a.example", 0, List.of("a.example. 60 A 192.0.2.1")), 0))
                .isNull();
        assertThat(cache.put(DnsName.of("a.example"), 1, 1, 0, new byte[20], List.of(), 0))
                .isEmpty();
        assertThat(cache.count()).isZero();
    }

    /** Here the name of the last record points behind the OPT record. */
    @Test
    void anOptRecordInTheMidstIsTakenOutWithoutHarm() {
        byte[] response = HexFormat.of()
                .parseHex("0007818000010001000000030161076578616d706c650000010001" + "c00c000100010000003c0004c0000201"
                        + "00002904d0000000000000"
                        + "0262620000010001" + "0000003c0004c0000202"
                        + "c036" + "00010001" + "0000003c0004c0000203");
        DnsCache cache = new DnsCache(USUAL);
        assertThat(cache.put(DnsName.of("a.example"), 1, 1, 0, response, List.of(), 0))
                .isPresent();
        DnsMessage kept = DnsCache.message(kept(cache, "a.example"));
        assertThat(kept.edns()).isNull();
        assertThat(kept.additionals().stream()
                        .map(record -> record.name().text())
                        .toList())
                .containsExactly("bb", "bb");
    }

    @Test
    void flushingANameTakesAllBelowIt() {
        DnsCache cache = new DnsCache(USUAL);
        List.of("a.example", "b.a.example", "example", "aexample", "other")
                .forEach(name -> positive(cache, name, 60, 0));
        assertThat(cache.flush(DnsName.of("EXAMPLE"))).isEqualTo(3);
        assertThat(cache.count()).isEqualTo(2);
        assertThat(cache.flush(DnsName.ROOT)).isEqualTo(2);
        assertThat(cache.bytes()).isZero();
    }

    /** A map that forgets nothing knows the same of all that is still there. */
    @Test
    void theCacheIsAMapThatForgetsForWantOfRoomOnly() {
        Property.check(60, DnsCacheTest::story);
    }

    @Test
    void whatIsAskedForAgainAndAgainOutlastsWhatIsNot() {
        DnsCache cache = new DnsCache(new DnsCache.Settings(8_000, 0, 86_400, 3_600, 5, 60_000));
        positive(cache, "popular.example", 3_600, 0);
        for (int i = 0; i < 500; i++) {
            positive(cache, "n" + i + ".example", 3_600, 0);
            assertThat(find(cache, "popular.example")).as("after " + i).isNotNull();
        }
        assertThat(cache.evicted()).isGreaterThan(400);
        assertThat(find(cache, "n0.example")).isNull();
    }

    private static void story(Samples samples) {
        int room = 2_000 + samples.below(20_000);
        DnsCache cache = new DnsCache(new DnsCache.Settings(room, 0, 86_400, 3_600, 5, 60_000));
        Map<String, Long> naive = new LinkedHashMap<>();
        long nowMs = 0;
        for (int step = 0; step < 600; step++) {
            nowMs += samples.below(2_000);
            String name = "n" + samples.below(200) + (samples.oneIn(3) ? ".a.example" : ".example");
            if (samples.oneIn(3)) {
                List<String> records = new ArrayList<>();
                int ttl = samples.below(100);
                for (int i = samples.below(6); i >= 0; i--) {
                    records.add(name + ". " + ttl + " A 192.0.2." + i);
                }
                Objects.requireNonNull(put(cache, name, message(name, 0, records), nowMs));
                naive.remove(name);
                if (ttl > 0) {
                    naive.put(name, nowMs + 1_000L * ttl);
                }
            } else if (samples.oneIn(200)) {
                cache.flush(DnsName.of("a.example"));
                naive.keySet().removeIf(one -> one.endsWith(".a.example"));
            } else {
                CacheEntry entry = find(cache, name);
                if (entry != null || cache.evicted() == 0) {
                    assertThat(entry == null ? null : (Long) entry.expiresAtMs).isEqualTo(naive.get(name));
                }
            }
            assertThat(cache.count()).isLessThanOrEqualTo(naive.size());
            if (cache.evicted() == 0) {
                assertThat(cache.count()).isEqualTo(naive.size());
            }
            assertThat(cache.bytes()).isLessThanOrEqualTo(room);
        }
        cache.settings(new DnsCache.Settings(0, 0, 86_400, 3_600, 5, 0));
        assertThat(cache.count()).isZero();
    }
}
