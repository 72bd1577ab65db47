package io.innkeeper.arp;

import static io.innkeeper.arp.TestingLan.ip;
import static io.innkeeper.arp.TestingLan.mac;
import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.arp.ArpFinding.What;
import io.innkeeper.property.Property;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the watch tells, and above all what it does not. */
class ArpWatchTest {
    private static final long SECOND = 1_000;
    private static final long HOUR = 3_600 * SECOND;
    private static final String HOST = "192.168.1.7";
    private static final String GATEWAY = "192.168.1.1";

    private final ArpWatch watch = new ArpWatch();
    private final List<ArpFinding> findings = new ArrayList<>();
    private long nowMs = 1_790_000_000_000L;

    ArpWatchTest() {
        watch.known(new ArpWatch.Known(Set.of(mac(99)), Set.of(mac(98)), Set.of(ip(GATEWAY))));
    }

    private void claim(MacAddress mac, String address, long laterMs) {
        nowMs += laterMs;
        hear(new Hearing(mac, ip(address), Hearing.Kind.ARP_REPLY, "eth0", nowMs));
    }

    private void hear(Hearing hearing) {
        ArpFinding finding = watch.look(hearing);
        if (finding != null) {
            findings.add(finding);
        }
    }

    private long nowOfFirst() {
        return findings.getFirst().now().atMs();
    }

    private List<What> told() {
        return findings.stream().map(ArpFinding::what).toList();
    }

    @Test
    void twoThatAnswerForOneAddressAreAConflictOnceAnHour() {
        for (int i = 0; i < 100; i++) {
            claim(mac(1), HOST, SECOND);
            claim(mac(2), HOST, SECOND);
        }
        assertThat(told()).containsExactly(What.CONFLICT);
        ArpFinding finding = findings.getFirst();
        assertThat(finding.now().mac()).isEqualTo(mac(1));
        assertThat(finding.before())
                .isEqualTo(new ArpFinding.Claim(mac(2), Hearing.Kind.ARP_REPLY, nowOfFirst() - SECOND));
        assertThat(finding.interfaceName()).isEqualTo("eth0");
        nowMs += HOUR;
        claim(mac(1), HOST, SECOND);
        claim(mac(2), HOST, SECOND);
        claim(mac(1), HOST, SECOND);
        assertThat(told()).containsExactly(What.CONFLICT, What.CONFLICT);
        assertThat(findings.getLast().folded()).isPositive();
        assertThat(watch.folded()).isGreaterThan(100);
    }

    @Test
    void theFirstOneIsAskedAfterAnAddressHasMoved() {
        claim(mac(1), HOST, 0);
        claim(mac(2), HOST, HOUR);
        assertThat(watch.toVerify()).containsExactly(new ArpWatch.Verify("eth0", mac(1), ip(HOST)));
        assertThat(watch.toVerify()).isEmpty();
        assertThat(findings).isEmpty();
        claim(mac(1), HOST, SECOND);
        assertThat(told()).containsExactly(What.CONFLICT);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 60, 3_600, 86_400})
    void anAddressThatIsGivenOnIsNoConflict(long seconds) {
        for (int owner = 1; owner <= 50; owner++) {
            claim(mac(owner), HOST, seconds * SECOND);
            claim(mac(owner), HOST, SECOND);
        }
        assertThat(findings).isEmpty();
    }

    @Test
    void anAddressThatMovesAndLaterBackIsNoConflict() {
        for (int i = 0; i < 10; i++) {
            for (int minute = 0; minute < 10; minute++) {
                claim(mac(1 + i % 2), HOST, 60 * SECOND);
            }
        }
        assertThat(findings).isEmpty();
    }

    @Test
    void theSameAddressOnTwoNetworksIsNoConflict() {
        for (int i = 0; i < 10; i++) {
            claim(mac(1), HOST, SECOND);
            hear(new Hearing(mac(2), ip(HOST), Hearing.Kind.ARP_REPLY, "eth1", nowMs));
        }
        assertThat(findings).isEmpty();
    }

    @Test
    void whoOnlyAsksWhetherAnAddressIsFreeClaimsNothing() {
        for (int i = 0; i < 10; i++) {
            claim(mac(1), HOST, SECOND);
            hear(new Hearing(mac(2), null, Hearing.Kind.ARP_PROBE, "eth0", nowMs));
        }
        assertThat(findings).isEmpty();
    }

    @Test
    void aGatewayThatMovesIsTold() {
        claim(mac(1), GATEWAY, 0);
        claim(mac(2), HOST, SECOND);
        claim(mac(2), GATEWAY, SECOND);
        assertThat(told()).containsExactly(What.GATEWAY_CHANGED);
        assertThat(findings.getFirst().others()).containsExactly(ip(HOST));
        claim(mac(1), GATEWAY, SECOND);
        assertThat(told()).containsExactly(What.GATEWAY_CHANGED, What.CONFLICT);
        for (int i = 0; i < 100; i++) {
            claim(mac(1 + i % 2), GATEWAY, SECOND);
        }
        assertThat(findings).hasSize(2);
    }

    @Test
    void aGatewayThatWasNotHeardForADayMayBeAnother() {
        claim(mac(1), GATEWAY, 0);
        claim(mac(2), GATEWAY, 25 * HOUR);
        assertThat(findings).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "00:00:5e:00:01:05",
        "00:00:5e:00:02:05",
        "00:00:0c:07:ac:01",
        "00:00:0c:9f:f0:01",
        "00:05:73:a0:00:01",
        "00:07:b4:00:01:02"
    })
    void virtualRoutersAreNoAlarm(String virtual) {
        MacAddress shared = MacAddress.parse(virtual).orElseThrow();
        for (int i = 0; i < 20; i++) {
            claim(mac(1), GATEWAY, SECOND);
            claim(shared, GATEWAY, SECOND);
        }
        assertThat(findings).isEmpty();
    }

    @Test
    void ourOwnInterfacesAndProxiesAreNoAlarm() {
        for (int i = 0; i < 100; i++) {
            claim(mac(1), HOST, SECOND);
            claim(mac(99), HOST, SECOND);
            claim(mac(98), HOST, SECOND);
            claim(mac(98), "192.168.1." + (2 + i), SECOND);
        }
        assertThat(findings).isEmpty();
    }

    @Test
    void theTwoPortsOfABondAreNoAlarm() {
        MacAddress first = MacAddress.parse("00:1b:21:00:00:10").orElseThrow();
        MacAddress second = MacAddress.parse("00:1b:21:00:00:11").orElseThrow();
        for (int i = 0; i < 20; i++) {
            claim(first, HOST, SECOND);
            claim(second, HOST, SECOND);
        }
        assertThat(findings).isEmpty();
    }

    @Test
    void oneThatAnswersForManyIsToldOnce() {
        for (int i = 2; i < 250; i++) {
            claim(mac(1), "192.168.1." + i, SECOND);
        }
        assertThat(told()).containsExactly(What.MANY_ADDRESSES);
        assertThat(findings.getFirst().others()).hasSize(ArpWatch.MANY - 1);
    }

    @Test
    void aHostWithAFewAddressesAndOneThatChangesItsAddressAreNoAlarm() {
        for (int i = 0; i < 200; i++) {
            claim(mac(1), "192.168.1." + (10 + i % 10), SECOND);
            claim(mac(2), "192.168.1." + (20 + i), 60 * SECOND);
        }
        assertThat(findings).isEmpty();
    }

    @Test
    void aFloodIsBounded() {
        for (int i = 0; i < 100_000; i++) {
            IpAddress address = IpAddress.v4(0x0a000000 + i / 4);
            hear(new Hearing(mac(i % 2 + 1 + (i / 4) * 2), address, Hearing.Kind.ARP_REPLY, "eth0", nowMs));
        }
        assertThat(findings).hasSize(ArpWatch.MOST_FINDINGS);
        assertThat(watch.toVerify()).hasSizeLessThanOrEqualTo(ArpWatch.MOST_FINDINGS);
    }

    /** An hour with fifty hosts, a fifth of whose packets get lost: not one false alarm, and the one real conflict. */
    @Test
    void anHourOfAnOrdinaryNetworkIsQuiet() {
        Property.check(20, samples -> {
            ArpWatchTest lan = new ArpWatchTest();
            for (int second = 0; second < 3_600; second++) {
                lan.nowMs += SECOND;
                int host = 1 + second % 50;
                // Every ten minutes its address is given to another device.
                int owner = host + 100 * (second / 600);
                if (!samples.oneIn(5)) {
                    lan.claim(mac(owner), "192.168.1." + (10 + host), 0);
                }
                if (second >= 1_800 && second < 1_860 && !samples.oneIn(5)) {
                    lan.claim(mac(5_000), "192.168.1.11", 0);
                    lan.claim(mac(1 + 300), "192.168.1.11", 0);
                }
            }
            assertThat(lan.told()).containsExactly(What.CONFLICT);
            assertThat(lan.findings.getFirst().address()).isEqualTo(ip("192.168.1.11"));
        });
    }
}
