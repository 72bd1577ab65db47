package io.innkeeper.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import org.junit.jupiter.api.Test;

class ClientsTest {
    private static final long V4 = 0xffff_0000_0000L;

    @Test
    void aFloodOfAddressesIsBoundedAndThoseThatAskJustNowStay() {
        Clients clients = new Clients();
        Client known = clients.of(0, V4 | 0xc0a80101L, 0);
        for (int i = 0; i < 300_000; i++) {
            long nowMs = i * 10L;
            clients.of(0, V4 | i, nowMs);
            assertThat(clients.of(0, V4 | 0xc0a80101L, nowMs)).isSameAs(known);
        }
        assertThat(clients.count()).isLessThanOrEqualTo(Clients.MOST);
        for (int i = 0; i < 300_000; i++) {
            clients.of(0x2001_0db8_0000_0000L + i, 1, 3_000_000);
        }
        assertThat(clients.count()).isLessThanOrEqualTo(Clients.MOST);
    }

    @Test
    void anIpv6NetworkSharesOneRate() {
        Clients clients = new Clients();
        Client one = clients.of(0x2001_0db8_0000_0001L, 1, 0);
        Client two = clients.of(0x2001_0db8_0000_0001L, 2, 0);
        Client other = clients.of(0x2001_0db8_0000_0002L, 1, 0);
        assertThat(one.bucket).isSameAs(two.bucket).isNotSameAs(other.bucket);
        assertThat(clients.of(0, V4 | 1, 0).bucket).isNotSameAs(clients.of(0, V4 | 2, 0).bucket);
    }

    @Test
    void aBucketFillsWithTimeAndAClockThatGoesBackTakesNothing() {
        Client.Bucket bucket = new Client.Bucket();
        bucket.filledAtMs = 1_000_000_000;
        bucket.tokens = 20;
        for (int i = 0; i < 20; i++) {
            assertThat(bucket.take(10, 1_000_000_000)).isTrue();
        }
        assertThat(bucket.take(10, 1_000_000_000)).isFalse();
        assertThat(bucket.take(10, 1_000_000_100)).isTrue();
        assertThat(bucket.take(10, 1_000)).as("the clock was set back by days").isFalse();
        assertThat(bucket.take(10, 2_000)).isTrue();
        int taken = 0;
        while (bucket.take(10, 1_000_000)) {
            taken++;
        }
        assertThat(taken).isEqualTo(20);
    }

    /** One that asks a thousand times as much as it may does not touch the others. */
    @Test
    void theGreedyDoNotTouchTheOthers() {
        DnsScene scene = new DnsScene("upstreams: 192.0.2.53\nlimits: {per-client: 10}\n");
        scene.zone.add("www.example. 86400 A 192.0.2.1");
        scene.ask("www.example", 1);
        scene.run(60_000);
        DnsScene.Asking greedy = new DnsScene.Asking();
        greedy.client = IpAddress.parse("192.168.1.99").orElseThrow();
        DnsScene.Asking modest = new DnsScene.Asking();
        int whole = 0;
        int given = 0;
        for (int tenth = 0; tenth < 100; tenth++) {
            for (int i = 0; i < 100; i++) {
                DnsScene.Talk talk = scene.ask(greedy);
                whole += talk.isAnswered() && talk.answer().answers().size() == 1 ? 1 : 0;
                given += talk.isAnswered() ? 1 : 0;
            }
            assertThat(scene.ask(modest).records()).hasSize(1);
            scene.run(100);
        }
        assertThat(whole).isBetween(110, 121);
        assertThat(given - whole).as("every other gets a short answer").isBetween(4_900, 5_000);
    }

    @Test
    void theQuestionsOfOneClientThatWaitAreBounded() {
        DnsScene scene = new DnsScene("upstreams: 192.0.2.53\nlimits: {waiting-per-client: 5}\n");
        scene.upstreams.set(0, DnsScene.never());
        for (int i = 0; i < 8; i++) {
            assertThat(scene.ask("n" + i + ".example", 1).isAnswered()).isEqualTo(i >= 5);
        }
        DnsScene.Asking other = new DnsScene.Asking();
        other.client = IpAddress.parse("192.168.1.11").orElseThrow();
        assertThat(scene.ask(other).isAnswered()).isFalse();
        scene.run(10_000);
        assertThat(scene.ask("again.example", 1).isAnswered()).isFalse();
    }

    /** Garbage of those who may not ask gets nothing; of others a short error, within their rate. */
    @Test
    void garbageIsNotAnsweredWithoutEnd() {
        DnsScene scene = new DnsScene("upstreams: 192.0.2.53\nlimits: {per-client: 10}\n");
        byte[] garbage = new byte[30];
        garbage[5] = 9;
        int answered = 0;
        for (int i = 0; i < 100; i++) {
            answered += scene.ask(garbage, Transport.UDP).isAnswered() ? 1 : 0;
        }
        assertThat(answered).isEqualTo(20);
    }

    @Test
    void devicesComeAndGoWithTheirAddresses() {
        DnsScene scene = new DnsScene("""
                upstreams: 192.0.2.53
                groups: {kids: {devices: "02:00:00:00:00:01"}}
                rewrites: [{name: www.example, to: 192.0.2.9, groups: kids}]
                """);
        MacAddress kid = MacAddress.parse("02:00:00:00:00:01").orElseThrow();
        IpAddress here = new DnsScene.Asking().client;
        scene.engine.device(here, kid);
        assertThat(scene.ask("www.example", 1).isAnswered()).isTrue();
        scene.engine.left(here, MacAddress.parse("02:00:00:00:00:02").orElseThrow());
        assertThat(scene.ask("www.example", 1).isAnswered()).isTrue();
        scene.engine.devices(java.util.Map.of());
        assertThat(scene.ask("www.example", 1).isAnswered()).isFalse();
    }
}
