package io.innkeeper.outbound;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import innkeeper.v1.DiscoveryKind;
import innkeeper.v1.NamingPolicy;
import innkeeper.v1.NotifySystemDiscoveredRequest;
import io.grpc.Status;
import io.grpc.TlsServerCredentials;
import io.innkeeper.event.EventType;
import io.innkeeper.security.TestingCertificate;
import io.innkeeper.service.Health;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Neighbours are told of systems: nothing is lost and nothing counts twice, whoever dies meanwhile. */
class NeighboursTest {
    @TempDir
    private Path folder;

    private TestingNeighbour neighbour;
    private OutboundKit kit;

    @BeforeEach
    void start() throws Exception {
        neighbour = new TestingNeighbour();
        kit = new OutboundKit(
                folder,
                "outbound: {configuration: \"grpc://127.0.0.1:%1$d\", database: \"grpc://127.0.0.1:%1$d\"}"
                        .formatted(neighbour.port()));
    }

    @AfterEach
    void stop() throws Exception {
        kit.close();
        neighbour.close();
    }

    private static String mac(int number) {
        return "00:11:32:00:%02x:%02x".formatted(number >> 8, number & 0xff);
    }

    private static List<String> macs(int from, int to) {
        return IntStream.range(from, to).mapToObj(NeighboursTest::mac).toList();
    }

    private void discover(int from, int to) {
        macs(from, to).forEach(mac -> kit.tell(EventType.DEVICE_DISCOVERED, mac, "{}"));
    }

    private void awaitAll(int count) {
        await().atMost(60, SECONDS).untilAsserted(() -> {
            assertThat(neighbour.announced()).containsExactlyElementsOf(macs(0, count));
            assertThat(neighbour.upserts.stream()
                            .map(upsert -> upsert.getRecord().getMac()))
                    .containsExactlyElementsOf(macs(0, count));
        });
    }

    @Test
    void eachSystemIsAnnouncedOnceAndInOrder() {
        discover(0, 5);
        kit.tell(EventType.SERVICE_STARTED, "dhcp4", "{}");
        awaitAll(5);
        NotifySystemDiscoveredRequest first = neighbour.notices.getFirst();
        assertThat(first.getKind()).isEqualTo(DiscoveryKind.DISCOVERY_KIND_DISCOVERED);
        assertThat(first.getReporter()).isEqualTo(kit.storeIdentity());
        assertThat(first.getIdempotencyKey()).startsWith(kit.storeIdentity() + "-");
    }

    @Test
    void aLeaseIsAnnouncedForItsSystem() {
        kit.tell(EventType.LEASE_ADDED, "10.0.0.1", "{\"lease\":{\"mac\":\"" + mac(7) + "\"}}");
        kit.tell(EventType.LEASE_ADDED, "10.0.0.2", "{\"lease\":{\"mac\":null}}");
        kit.tell(EventType.DEVICE_CHANGED, mac(8), "{}");
        await().atMost(60, SECONDS)
                .untilAsserted(() -> assertThat(neighbour.announced()).containsExactly(mac(7), mac(8)));
        assertThat(neighbour.notices.getFirst().getKind()).isEqualTo(DiscoveryKind.DISCOVERY_KIND_LEASED);
    }

    @Test
    void theNameOfAnExistingRecordIsTakenOver() {
        neighbour.names.put(mac(1), "laser");
        discover(0, 2);
        kit.tell(EventType.DEVICE_CHANGED, mac(0), "{}");
        await().atMost(60, SECONDS)
                .untilAsserted(() -> assertThat(neighbour.upserts).hasSize(3));
        assertThat(kit.systems.names).containsOnlyKeys(mac(1)).containsEntry(mac(1), "laser");
        assertThat(neighbour.upserts.get(1).getRecord().getHostname()).isEqualTo("laser");
    }

    @Test
    void nothingIsLostOrTakenTwiceWhenTheNeighbourDies() throws Exception {
        neighbour.cutAfter = 7;
        discover(0, 40);
        await().atMost(60, SECONDS).until(() -> neighbour.notices.size() > 10);
        neighbour.kill();
        discover(40, 80);
        await().atMost(60, SECONDS).until(() -> kit.health().level() == Health.Level.DEGRADED);
        assertThat(kit.health().message()).contains("127.0.0.1:" + neighbour.port());
        neighbour.start();
        awaitAll(80);
        await().atMost(60, SECONDS).until(() -> kit.health().level() == Health.Level.OK);
    }

    @Test
    void nothingIsLostOrTakenTwiceWhenWeDie() {
        neighbour.cutAfter = 5;
        discover(0, 30);
        await().atMost(60, SECONDS).until(() -> neighbour.notices.size() > 5);
        kit.crash();
        kit.start();
        discover(30, 60);
        awaitAll(60);
    }

    @Test
    void thePolicyForNamesIsTakenOverWhereThatIsAskedFor() {
        neighbour.policy =
                NamingPolicy.newBuilder().setPattern("{vendor}-{mac:last3}").build();
        discover(0, 1);
        awaitAll(1);
        assertThat(kit.systems.policy).isEqualTo(NamingPolicy.getDefaultInstance());
        kit.adjust("outbound: {configuration: {address: \"grpc://127.0.0.1:%d\", naming: true}}"
                .formatted(neighbour.port()));
        await().atMost(60, SECONDS).until(() -> kit.systems.policy.equals(neighbour.policy));
    }

    @Test
    void theConnectionCanBeEncrypted(@TempDir Path certificates) throws Exception {
        assumeTrue(TestingCertificate.possible(), "this test needs openssl");
        TestingCertificate ours = TestingCertificate.make(certificates, "ours", "rsa:2048");
        TestingCertificate foreign = TestingCertificate.make(certificates, "foreign", "rsa:2048");
        try (TestingNeighbour secure = new TestingNeighbour(TlsServerCredentials.create(
                ours.certificate().toFile(), ours.key().toFile()))) {
            String yaml = "outbound: {database: {address: \"grpcs://127.0.0.1:%d\", ca-file: %s}}";
            kit.adjust(yaml.formatted(secure.port(), foreign.certificate()));
            discover(0, 1);
            await().atMost(60, SECONDS).until(() -> kit.health().level() == Health.Level.DEGRADED);
            assertThat(secure.upserts).isEmpty();
            kit.adjust(yaml.formatted(secure.port(), ours.certificate()));
            await().atMost(60, SECONDS)
                    .untilAsserted(() -> assertThat(secure.upserts).hasSize(1));
        }
    }

    @Test
    void aNoticeThatIsNotWantedHoldsNobodyUp() {
        neighbour.wrong = Status.INVALID_ARGUMENT.withDescription("no such thing");
        discover(0, 1);
        await().atMost(60, SECONDS)
                .until(() -> kit.counted.containsAll(List.of("refused configuration", "refused database")));
        neighbour.wrong = null;
        discover(1, 3);
        await().atMost(60, SECONDS)
                .untilAsserted(() -> assertThat(neighbour.announced()).containsExactly(mac(1), mac(2)));
    }
}
