package io.innkeeper.feed.dnsmasq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.innkeeper.lease.Allocation;
import io.innkeeper.lease.LeaseFact;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The feed and its files. */
class DnsmasqFeedTest extends FeedKit {
    @Test
    void aLeaseComesIsRenewedRenamedAndReleased() throws Exception {
        write();
        start();
        write(A);
        awaitEvents("Added 10.0.0.1");
        write(line(1, "a", END + 60));
        awaitEvents("Added 10.0.0.1", "Renewed 10.0.0.1");
        write(line(1, "other", END + 60));
        awaitEvents("Added 10.0.0.1", "Renewed 10.0.0.1", "Changed 10.0.0.1");
        assertThat(sink.lease("10.0.0.1")).extracting(LeaseFact::hostname).isEqualTo("other");
        long writtenNanos = System.nanoTime();
        write();
        awaitEvents("Added 10.0.0.1", "Renewed 10.0.0.1", "Changed 10.0.0.1", "Ended 10.0.0.1");
        assertThat(Duration.ofNanos(System.nanoTime() - writtenNanos))
                .isBetween(CutGuard.AT_END, Duration.ofSeconds(3));
    }

    @Test
    void anAddressGoesToAnotherClient() throws Exception {
        write(A, B);
        start();
        awaitEvents("Added 10.0.0.1", "Added 10.0.0.2");
        write(B, A.replace(mac(1).toString(), mac(9).toString()));
        awaitEvents("Added 10.0.0.1", "Added 10.0.0.2", "Ended 10.0.0.1", "Added 10.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aThousandRewritesUnderTheReaderEndNothing(boolean inPlace) throws Exception {
        List<String> lines = new ArrayList<>();
        for (int host = 1; host <= 200; host++) {
            lines.add(line(host, "host" + host));
        }
        write(String.join("", lines));
        DnsmasqFeed feed = start();
        await().atMost(LONG).until(() -> sink.events().size() == 200);
        Path other = folder.resolve("other");
        for (int i = 0; i < 1_000; i++) {
            if (inPlace) {
                rewriteInPieces(lines);
            } else {
                Files.deleteIfExists(file);
                Files.writeString(other, String.join("", lines));
                Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
            }
        }
        awaitCalm(feed, Duration.ofSeconds(1));
        assertThat(sink.events()).hasSize(200);
        assertThat(sink.reports())
                .allSatisfy(report -> assertThat(report.gone()).isEmpty());
        write(String.join("", lines.subList(0, 199)));
        await().atMost(LONG).untilAsserted(() -> assertThat(sink.events()).endsWith("Ended 10.0.0.200"));
        assertThat(sink.events()).hasSize(201);
    }

    private void rewriteInPieces(List<String> lines) throws IOException {
        byte[] whole = String.join("", lines).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(0);
            for (int from = 0; from < whole.length; from += 4_096) {
                channel.write(java.nio.ByteBuffer.wrap(whole, from, Math.min(4_096, whole.length - from)));
            }
        }
    }

    @Test
    void aFileThatIsNotThereYetIsWaitedFor() throws Exception {
        file = folder.resolve("later").resolve("dnsmasq.leases");
        DnsmasqFeed feed = start();
        await().atMost(LONG).until(() -> "waiting".equals(feed.status().state()));
        assertThat(feed.status().message()).contains("no lease file at");
        Files.createDirectory(file.getParent());
        write(A);
        awaitEvents("Added 10.0.0.1");
        assertThat(feed.status().state()).isEqualTo("watching");
    }

    @Test
    void aFileThatGoesAwayTakesNothingAlong() throws Exception {
        write(A, B);
        DnsmasqFeed feed = start();
        awaitEvents("Added 10.0.0.1", "Added 10.0.0.2");
        Files.delete(file);
        await().atMost(LONG).until(() -> "absent".equals(feed.status().state()));
        assertThat(feed.status().message()).contains("its leases stand until it is back");
        write(B, A);
        await().atMost(LONG).until(() -> "watching".equals(feed.status().state()));
        awaitCalm(feed, Duration.ofSeconds(1));
        assertThat(sink.events()).hasSize(2);
        assertThat(feed.status().leases()).isEqualTo(2);
    }

    @Test
    void aFolderInPlaceOfTheFileIsSaid() throws Exception {
        Files.createDirectory(file);
        DnsmasqFeed feed = start();
        await().atMost(LONG).until(() -> "unreadable".equals(feed.status().state()));
        assertThat(feed.status().message()).endsWith("cannot be read: not a regular file");
        Files.delete(file);
        write(A);
        awaitEvents("Added 10.0.0.1");
    }

    @Test
    void aFileThatCannotBeReadIsSaid() throws Exception {
        Files.createSymbolicLink(file, file);
        DnsmasqFeed feed = start();
        await().atMost(LONG).until(() -> "unreadable".equals(feed.status().state()));
        assertThat(feed.status().message()).contains(file.toString(), "symbolic links");
    }

    @Test
    void aRewriteOfTheSameSizeAndTimeIsNoticed() throws Exception {
        write(line(1, "abcd"));
        FileTime time = Files.getLastModifiedTime(file);
        start();
        awaitEvents("Added 10.0.0.1");
        write(line(1, "wxyz"));
        Files.setLastModifiedTime(file, time);
        awaitEvents("Added 10.0.0.1", "Changed 10.0.0.1");
    }

    @Test
    void withoutWordFromTheKernelThePollNotices() throws Exception {
        Objects.requireNonNull(watch).close();
        write(A);
        Files.writeString(config, "");
        start();
        awaitEvents("Added 10.0.0.1");
        write(A, B);
        awaitEvents("Added 10.0.0.1", "Added 10.0.0.2");
        Files.writeString(config, "dhcp-host=" + mac(1) + ",10.0.0.1\n");
        awaitEvents("Added 10.0.0.1", "Added 10.0.0.2", "Changed 10.0.0.1");
    }

    @Test
    void withWordFromTheKernelThePollNeedNotCome() throws Exception {
        write(A);
        start(file, Duration.ofHours(1));
        awaitEvents("Added 10.0.0.1");
        write(A, B);
        awaitEvents("Added 10.0.0.1", "Added 10.0.0.2");
        write(B);
        awaitEvents("Added 10.0.0.1", "Added 10.0.0.2", "Ended 10.0.0.1");
    }

    @Test
    void aSymbolicLinkIsFollowedToWhereTheFileIs() throws Exception {
        Path real = Files.createDirectory(folder.resolve("real")).resolve("leases");
        Files.writeString(real, A);
        Files.createSymbolicLink(file, real);
        start(file, Duration.ofHours(1));
        awaitEvents("Added 10.0.0.1");
        Files.writeString(real, A + B);
        awaitEvents("Added 10.0.0.1", "Added 10.0.0.2");
    }

    @Test
    void linesThatMakeNoSenseAreCountedWithReasons() throws Exception {
        write(A, "nonsense\n", "x x x x x\n");
        DnsmasqFeed feed = start();
        awaitEvents("Added 10.0.0.1");
        SourceStatus status = feed.status();
        assertThat(status.rejectedCount()).isEqualTo(2);
        assertThat(status.rejected())
                .extracting(rejected -> rejected.line() + ": " + rejected.reason())
                .containsExactly("2: too few fields for a lease: 1 of 5", "3: the first field is not a time");
        assertThat(status.message()).isEqualTo("the lease file has lines that make no sense: 2");
    }

    @Test
    void aHandWrittenLastLineCountsAfterAWhile() throws Exception {
        write(A, B.stripTrailing());
        start();
        awaitEvents("Added 10.0.0.1");
        awaitEvents("Added 10.0.0.1", "Added 10.0.0.2");
    }

    @Test
    void theConfigurationMakesStaticAndDynamicLive() throws Exception {
        write(A, B);
        Files.writeString(config, "dhcp-range=10.0.0.0,10.0.0.200,255.255.255.0,1h\n");
        start();
        awaitEvents("Added 10.0.0.1", "Added 10.0.0.2");
        assertThat(sink.lease("10.0.0.1")).extracting(LeaseFact::allocation).isEqualTo(Allocation.DYNAMIC);
        assertThat(sink.lease("10.0.0.1")).extracting(LeaseFact::subnet).hasToString("10.0.0.0/24");
        Files.writeString(config, "dhcp-host=" + mac(1) + ",10.0.0.1,nas\n");
        awaitEvents("Added 10.0.0.1", "Added 10.0.0.2", "Changed 10.0.0.1");
        assertThat(sink.lease("10.0.0.1"))
                .extracting(LeaseFact::allocationReason)
                .asString()
                .contains("dhcp-host=");
        assertThat(sink.reservations()).hasSize(1);
        Files.delete(config);
        awaitEvents("Added 10.0.0.1", "Added 10.0.0.2", "Changed 10.0.0.1", "Changed 10.0.0.1");
        assertThat(sink.reservations()).isEmpty();
    }

    @Test
    void whatTheStoreKnewIsNoNews() throws Exception {
        write(A, B);
        DnsmasqFeed feed = start(known(1, "a"), known(2, "b"));
        await().atMost(LONG).until(() -> !sink.reports().isEmpty());
        awaitCalm(feed, Duration.ofSeconds(1));
        assertThat(sink.reports().getFirst().seen()).hasSize(2);
        assertThat(sink.events()).isEmpty();
    }

    @Test
    void whatTheStoreKnewAndTheFileLacksEndsOnlyAfterStillness() throws Exception {
        write(A);
        long startedNanos = System.nanoTime();
        start(known(1, "a"), known(2, "b"), known(3, "c"));
        await().atMost(LONG).until(() -> sink.events().size() == 2);
        assertThat(sink.events()).containsExactlyInAnyOrder("Ended 10.0.0.2", "Ended 10.0.0.3");
        assertThat(Duration.ofNanos(System.nanoTime() - startedNanos)).isGreaterThan(CutGuard.UNLIKELY);
        assertThat(sink.reports().getFirst().seen()).hasSize(1);
    }

    @Test
    void closingEndsItsThread() throws Exception {
        write(A);
        DnsmasqFeed feed = start();
        awaitEvents("Added 10.0.0.1");
        feed.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("dnsmasq-home");
    }
}
