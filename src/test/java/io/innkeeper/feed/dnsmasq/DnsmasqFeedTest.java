package io.innkeeper.feed.dnsmasq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.innkeeper.io.FolderWatch;
import io.innkeeper.lease.Allocation;
import io.innkeeper.lease.Expiry;
import io.innkeeper.lease.Lease;
import io.innkeeper.lease.LeaseFact;
import io.innkeeper.lease.LeaseSource;
import io.innkeeper.lease.LeaseState;
import io.innkeeper.wire.dnsmasq.ScriptNotice;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DnsmasqFeedTest {
    private static final long END = 4_000_000_000L;
    private static final String A = line(1, "a");
    private static final String B = line(2, "b");
    private static final String C = line(3, "c");
    private static final Duration LONG = Duration.ofSeconds(20);

    private Path folder = Path.of("unset");
    private Path file = Path.of("unset");
    private Path config = Path.of("unset");
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private TestingSink sink = new TestingSink(List.of());
    private @Nullable DnsmasqFeed running;
    private @Nullable FolderWatch watch;

    @BeforeEach
    void useFolder(@TempDir Path temporary) throws IOException {
        folder = temporary;
        file = temporary.resolve("dnsmasq.leases");
        config = temporary.resolve("dnsmasq.conf");
        watch = new FolderWatch();
    }

    @AfterEach
    void close() {
        if (running != null) {
            running.close();
        }
        Objects.requireNonNull(watch).close();
        assertThat(failures).isEmpty();
    }

    private static String line(int host, String name) {
        return line(host, name, END);
    }

    private static String line(int host, String name, long expires) {
        return "%d %s 10.0.0.%d %s *\n".formatted(expires, mac(host), host, name);
    }

    private static MacAddress mac(int host) {
        return MacAddress.of(1, new byte[] {2, 0, 0, 0, 0, (byte) host});
    }

    private static Lease known(int host, String name) {
        LeaseFact fact = new LeaseFact(
                IpAddress.v4(0x0a000000 + host),
                mac(host),
                null,
                name,
                Expiry.at(Instant.ofEpochSecond(END)),
                null,
                false,
                Allocation.DYNAMIC,
                null,
                null,
                Map.of());
        return new Lease(LeaseSource.dnsmasq("home"), fact, LeaseState.ACTIVE, Instant.now());
    }

    /** Writes in place, as dnsmasq does: the same file, cut and filled again. */
    private void write(String... lines) throws IOException {
        Files.writeString(file, String.join("", lines));
    }

    private DnsmasqFeed start(Lease... known) {
        return start(file, Duration.ofMillis(200), known);
    }

    private DnsmasqFeed start(@Nullable Path leases, Duration poll, Lease... known) {
        sink = new TestingSink(List.of(known));
        DnsmasqFeed.Settings settings =
                new DnsmasqFeed.Settings("home", leases, List.of(config), folder.resolve("ethers"), poll);
        DnsmasqFeed feed = new DnsmasqFeed(
                settings, List.of(known), sink, Objects.requireNonNull(watch), InstantSource.system(), List::of);
        feed.start(failures::add);
        running = feed;
        return feed;
    }

    private void awaitEvents(String... events) {
        await().atMost(LONG).untilAsserted(() -> assertThat(sink.events()).containsExactly(events));
    }

    /** Waits until the file was looked at often enough that anything wrong would have been told. */
    private void awaitCalm(DnsmasqFeed feed, Duration calm) {
        Instant until = Instant.now().plus(calm);
        await().atMost(LONG)
                .until(() ->
                        Instant.now().isAfter(until) && !feed.status().state().isEmpty());
    }

    private void say(DnsmasqFeed feed, String... namesAndValues) {
        Map<String, String> fields = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        assertThat(feed.tell(Objects.requireNonNull(ScriptNotice.parse(fields).notice())))
                .isTrue();
    }

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
    void aFileThatMayNotBeReadIsSaid() throws Exception {
        write(A);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(file), "root reads everything");
        DnsmasqFeed feed = start();
        await().atMost(LONG).until(() -> "unreadable".equals(feed.status().state()));
        assertThat(feed.status().message()).contains("AccessDenied");
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
        assertThat(status.message()).isEqualTo("2 lines of the lease file make no sense");
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
    void theScriptAndTheFileTellOneLease() throws Exception {
        write(A);
        DnsmasqFeed feed = start();
        awaitEvents("Added 10.0.0.1");
        String[] add = {
            "action",
            "add",
            "mac",
            mac(2).toString(),
            "ip",
            "10.0.0.2",
            "hostname",
            "b",
            "DNSMASQ_LEASE_EXPIRES",
            String.valueOf(END),
            "DNSMASQ_REQUESTED_OPTIONS",
            "1,3,6",
            "DNSMASQ_VENDOR_CLASS",
            "MSFT 5.0",
            "DNSMASQ_MUD_URL",
            "https://mud.example/",
            "DNSMASQ_TAGS",
            "known lan",
            "DNSMASQ_INTERFACE",
            "br0"
        };
        Map<String, String> details = Map.of(
                "requestedOptions",
                "1,3,6",
                "vendorClass",
                "MSFT 5.0",
                "mudUrl",
                "https://mud.example/",
                "tags",
                "known lan",
                "interface",
                "br0");
        say(feed, add);
        awaitEvents("Added 10.0.0.1", "Added 10.0.0.2");
        assertThat(feed.status().leases()).isEqualTo(2);
        write(B, A);
        await().atMost(LONG).until(() -> feed.status().looks() >= 2);
        awaitCalm(feed, Duration.ofMillis(500));
        assertThat(feed.status().leases()).isEqualTo(2);
        write(C, B, A);
        awaitEvents("Added 10.0.0.1", "Added 10.0.0.2", "Added 10.0.0.3");
        assertThat(sink.lease("10.0.0.2")).extracting(LeaseFact::details).isEqualTo(details);
        say(feed, add);
        say(feed, "action", "old", "mac", mac(3).toString(), "ip", "10.0.0.3", "DNSMASQ_TAGS", "late");
        await().atMost(LONG).until(() -> {
            LeaseFact third = sink.lease("10.0.0.3");
            return third != null && "late".equals(third.details().get("tags"));
        });
        assertThat(sink.events()).hasSize(3);
        write(C, A);
        say(feed, "action", "del", "mac", mac(2).toString(), "ip", "10.0.0.2");
        awaitEvents("Added 10.0.0.1", "Added 10.0.0.2", "Added 10.0.0.3", "Ended 10.0.0.2");
    }

    @Test
    void aDelThatComesLateDoesNotEndTheNextLease() throws Exception {
        write(A, B);
        DnsmasqFeed feed = start();
        awaitEvents("Added 10.0.0.1", "Added 10.0.0.2");
        say(feed, "action", "del", "mac", mac(2).toString(), "ip", "10.0.0.2");
        await().atMost(LONG)
                .until(() -> feed.status().notices() == 1 && feed.status().looks() >= 2);
        rewriteSlowly(A, B);
        awaitCalm(feed, Duration.ofMillis(500));
        assertThat(sink.events()).hasSize(2);
    }

    /** Cut for a moment, in which the reader surely looks. */
    private void rewriteSlowly(String... lines) throws IOException {
        long looks = Objects.requireNonNull(running).status().looks();
        write();
        await().atMost(LONG)
                .until(() -> Objects.requireNonNull(running).status().looks() > looks);
        write(lines);
    }

    @Test
    void whereNoFileIsConfiguredTheScriptIsBelieved() {
        DnsmasqFeed feed = start(null, Duration.ofMillis(200), known(7, "g"));
        say(feed, "action", "add", "mac", mac(1).toString(), "ip", "10.0.0.1", "hostname", "a");
        awaitEvents("Added 10.0.0.1");
        say(feed, "action", "old", "mac", mac(1).toString(), "ip", "10.0.0.1", "hostname", "b");
        awaitEvents("Added 10.0.0.1", "Changed 10.0.0.1");
        say(feed, "action", "del", "ip", "10.0.0.7");
        awaitEvents("Added 10.0.0.1", "Changed 10.0.0.1", "Ended 10.0.0.7");
        assertThat(feed.status().leaseFile()).isNull();
        assertThat(feed.status().leases()).isEqualTo(1);
    }

    @Test
    void whereTheFileIsAwayTheScriptIsBelieved() throws Exception {
        write(A, B);
        DnsmasqFeed feed = start();
        awaitEvents("Added 10.0.0.1", "Added 10.0.0.2");
        Files.delete(file);
        await().atMost(LONG).until(() -> "absent".equals(feed.status().state()));
        say(feed, "action", "del", "ip", "10.0.0.2");
        awaitEvents("Added 10.0.0.1", "Added 10.0.0.2", "Ended 10.0.0.2");
        say(feed, "action", "add", "mac", mac(3).toString(), "ip", "10.0.0.3", "hostname", "c");
        awaitEvents("Added 10.0.0.1", "Added 10.0.0.2", "Ended 10.0.0.2", "Added 10.0.0.3");
    }

    @Test
    void neighboursAreSightingsAndTheRestIsCounted() {
        DnsmasqFeed feed = start(null, Duration.ofMillis(200));
        say(feed, "action", "arp-add", "mac", mac(1).toString(), "ip", "10.0.0.1");
        say(feed, "action", "arp-del", "mac", mac(1).toString(), "ip", "10.0.0.1");
        say(feed, "action", "tftp", "mac", "512", "ip", "10.0.0.1", "hostname", "/srv/x");
        say(feed, "action", "init");
        await().atMost(LONG).until(() -> feed.status().notices() == 4);
        assertThat(sink.sightings()).hasSize(1);
        assertThat(sink.sightings().getFirst().mac()).isEqualTo(mac(1));
        assertThat(sink.reports()).isEmpty();
    }

    @Test
    void manyWordsAtOnceAreTurnedAwayVisibly() {
        DnsmasqFeed feed = start(null, Duration.ofMillis(200));
        feed.close();
        ScriptNotice notice = Objects.requireNonNull(
                ScriptNotice.parse(Map.of("action", "del", "ip", "10.0.0.1")).notice());
        for (int i = 0; i < DnsmasqFeed.NOTICES; i++) {
            assertThat(feed.tell(notice)).isTrue();
        }
        assertThat(feed.tell(notice)).isFalse();
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
