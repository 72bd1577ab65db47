package io.innkeeper.api.grpc;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import innkeeper.v1.ConflictPolicy;
import innkeeper.v1.GetNamingPolicyRequest;
import innkeeper.v1.GetSystemRequest;
import innkeeper.v1.NamingPolicy;
import innkeeper.v1.RegisterSystemRequest;
import innkeeper.v1.SystemAddress;
import innkeeper.v1.SystemRecord;
import innkeeper.v1.UpdateNamingPolicyRequest;
import io.grpc.StatusRuntimeException;
import io.innkeeper.TestingApp;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One Innkeeper watches, another keeps the books of the house. */
@Tag("slow")
class TwoInnkeepersTest {
    private static final String MAC = "00:11:32:00:00:02";

    @TempDir
    private Path folder;

    private TestingApp books;
    private TestingApp watch;
    private TestingClient atBooks;
    private TestingClient atWatch;

    @BeforeEach
    void start() throws Exception {
        books = TestingApp.start(Files.createDirectory(folder.resolve("books")));
        int port = TestingClient.port(books);
        watch = TestingApp.start(
                Files.createDirectory(folder.resolve("watch")),
                "outbound.database=grpc://127.0.0.1:" + port,
                "outbound.configuration.address=grpc://127.0.0.1:" + port,
                "outbound.configuration.naming=true");
        atBooks = new TestingClient(books);
        atWatch = new TestingClient(watch);
    }

    @AfterEach
    void stop() {
        atWatch.close();
        atBooks.close();
        watch.close();
        books.close();
    }

    private static Optional<SystemRecord> system(TestingClient client) {
        try {
            return Optional.of(client.watcher()
                    .getSystem(GetSystemRequest.newBuilder().setMac(MAC).build())
                    .getSystem());
        } catch (StatusRuntimeException e) {
            return Optional.empty();
        }
    }

    @Test
    void whatIsKnownThereIsTakenOverAndWhatIsNewIsEntered() {
        var _ = atBooks.watcher()
                .registerSystem(RegisterSystemRequest.newBuilder()
                        .setMac(MAC)
                        .setHostname("laser")
                        .build());
        watch.leases(TestingApp.lease(MAC, "192.168.1.101", "hp12cd"));
        await().atMost(60, SECONDS)
                .until(() -> system(atWatch).map(SystemRecord::getHostname).orElse(""), "laser"::equals);
        await().atMost(60, SECONDS)
                .until(() -> system(atBooks)
                        .map(record -> record.getAddressesList().stream()
                                .map(SystemAddress::getAddress)
                                .toList()
                                .contains("192.168.1.101"))
                        .orElse(false));
        assertThat(system(atBooks).orElseThrow().getHostname()).isEqualTo("laser");
        assertThat(atBooks.watcher()
                        .getSystem(GetSystemRequest.newBuilder()
                                .setHostname("LASER")
                                .build())
                        .getSystem()
                        .getMac())
                .isEqualTo(MAC);
        assertThat(books.eventTypes().stream().filter("device.discovered"::equals))
                .hasSize(1);
    }

    @Test
    void namesAreMadeAsTheBooksSay() throws Exception {
        var _ = atBooks.configuration()
                .updateNamingPolicy(UpdateNamingPolicyRequest.newBuilder()
                        .setPolicy(NamingPolicy.newBuilder()
                                .setPattern("box-{mac:last3}")
                                .setConflictPolicy(ConflictPolicy.CONFLICT_POLICY_LATEST_WINS))
                        .build());
        watch.restart();
        atWatch.close();
        atWatch = new TestingClient(watch);
        await().atMost(60, SECONDS)
                .until(
                        () -> atWatch.configuration()
                                .getNamingPolicy(GetNamingPolicyRequest.getDefaultInstance())
                                .getPolicy()
                                .getPattern(),
                        "box-{mac:last3}"::equals);
        watch.leases(TestingApp.lease(MAC, "192.168.1.101", "*"));
        await().atMost(60, SECONDS)
                .until(() -> system(atWatch).map(SystemRecord::getHostname).orElse(""), "box-000002"::equals);
    }
}
