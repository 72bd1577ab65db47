package io.innkeeper.peer;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.innkeeper.lease.Binding;
import io.innkeeper.lease.BindingBook;
import io.innkeeper.lease.BindingChange;
import io.innkeeper.lease.BindingStore.NotStoredException;
import io.innkeeper.lease.LeaseState;
import io.innkeeper.lease.Traits;
import io.innkeeper.store.journal.JournalLimits;
import io.innkeeper.store.journal.LeaseJournal;
import io.innkeeper.store.journal.SegmentDisk;
import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.MacAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is really full costs no acknowledged lease, and all goes on by itself once there is room again. */
@Tag("slow")
class FullDiskTest {
    private static final long START_MS = 1_795_244_400_000L;
    private static final int BATCH = 100;

    /** Few enough that what the journal must keep is small beside the disk. */
    private static final int CLIENTS = 20_000;

    private static final JournalLimits LIMITS = new JournalLimits(2 << 20, 1 << 30, 4 << 20);

    private static final String CONFIG = """
            interfaces: [lan]
            conflict-check: off
            subnets:
              - prefix: 192.168.77.0/24
                pools: [192.168.77.100-192.168.77.199]
            """;

    @TempDir
    private Path folder;

    private final BindingBook book = new BindingBook(1, 7);
    private int granted;

    /** As the server does it: the book first, then the journal, and what that refuses is taken back. */
    private boolean grant(LeaseJournal journal) {
        List<BindingChange> changes = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            changes.add(book.grant(binding((granted + i) % CLIENTS, granted), START_MS));
        }
        try {
            journal.commit(changes);
            granted += BATCH;
            journal.followed(journal.committed());
            return true;
        } catch (NotStoredException e) {
            assertThat(e).hasMessageContaining("No space left on device");
            changes.reversed().forEach(book::revert);
            return false;
        }
    }

    private static Binding binding(int number, int secondsLater) {
        MacAddress mac = MacAddress.of(
                MacAddress.ETHERNET,
                ByteBuffer.allocate(6).putShort((short) 0x0200).putInt(number).array());
        return new Binding(
                0x0a00_0000 + number,
                ClientId.ofHardware(mac),
                false,
                mac,
                LeaseState.ACTIVE,
                false,
                START_MS,
                START_MS + 1_000L * (43_200 + secondsLater),
                43_200,
                "client" + number,
                Traits.NONE,
                null);
    }

    private static LeaseJournal open(SmallDisk disk, Map<Integer, Binding> into) {
        return LeaseJournal.open(
                disk.folder().resolve("journal"),
                LIMITS,
                SegmentDisk.REAL,
                List.of(),
                binding -> into.put(binding.address(), binding));
    }

    @Test
    void theJournalRefusesWhileItIsFullAndGoesOnWhenItIsNot() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), 24)) {
            LeaseJournal journal = open(disk, new HashMap<>());
            for (int round = 1; round <= 3; round++) {
                assertThat(grant(journal)).isTrue();
                disk.fill(0);
                int before = granted;
                while (grant(journal)) {
                    assertThat(granted - before).as("what two segments hold").isLessThan(200_000);
                }
                assertThat(grant(journal)).isFalse();
                assertThat(journal.trouble()).contains("No space left on device");
                disk.empty();
                await("the journal goes on by itself").until(() -> grant(journal));
                await("and is tidy")
                        .atMost(30, SECONDS)
                        .untilAsserted(() -> assertThat(journal.trouble()).isNull());
            }
            journal.close();
            Map<Integer, Binding> expected = new HashMap<>();
            book.forEach(binding -> expected.put(binding.address(), binding));
            assertThat(expected).hasSize(CLIENTS);
            Map<Integer, Binding> read = new HashMap<>();
            open(disk, read).close();
            assertThat(read).isEqualTo(expected);
        }
    }

    @Test
    void theServerStaysSilentWhileItIsFullAndAnswersWhenItIsNot() throws Exception {
        try (Namespaces network = Namespaces.create("busybox");
                SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), 100)) {
            disk.fill(12 << 20); // enough for the database, not for a segment of the journal
            try (ServedNetwork served = new ServedNetwork(disk.folder(), network, CONFIG)) {
                String mac = "02:00:00:00:06:01";
                Udhcpc client = new Udhcpc(network.guest(folder, "client", Namespaces.CLIENT_INTERFACE, mac));
                assertThatThrownBy(() -> client.obtain("early"))
                        .isInstanceOf(AssertionError.class)
                        .hasMessageContaining("broadcasting select")
                        .hasMessageContaining("no lease, failing");
                assertThat(Files.readString(disk.folder().resolve("innkeeper.log")))
                        .contains("No space left on device");
                assertThat(served.allLeases()).isEmpty();
                disk.empty();
                client.obtain("late");
                String address = served.lease(mac).path("address").asString();
                served.kill();
                served.restart();
                assertThat(served.lease(mac).path("address").asString()).isEqualTo(address);
                assertThat(served.eventsOf(mac)).isEmpty();
            }
        }
    }
}
