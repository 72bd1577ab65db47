package io.innkeeper.dns.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.innkeeper.config.DnsBlockList;
import io.innkeeper.config.DnsListForm;
import io.innkeeper.io.FolderWatch;
import io.innkeeper.wire.dns.DnsName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The book against a real HTTP server and real files. */
class ListBookTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MAX_OCTETS = 10_000;

    /** What the server does with a request. */
    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    @TempDir
    private Path folder;

    private HttpServer server;
    private volatile Answer answer = exchange -> send(exchange, "ads.example\n");
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<ListBook.Snapshot> snapshots = new CopyOnWriteArrayList<>();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-02T20:00:00Z"));
    private final CountDownLatch over = new CountDownLatch(1);
    private @Nullable ListBook book;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().getPath() + " "
                    + exchange.getRequestHeaders().getFirst("If-None-Match") + " "
                    + exchange.getRequestHeaders().getFirst("If-Modified-Since"));
            try (exchange) {
                answer.to(exchange);
            }
        });
        server.start();
    }

    @AfterEach
    void close() {
        over.countDown();
        if (book != null) {
            book.close();
        }
        server.stop(0);
    }

    private static void send(HttpExchange exchange, String text) throws IOException {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, octets.length);
        exchange.getResponseBody().write(octets);
    }

    private String url(String path) {
        return "http://localhost:" + server.getAddress().getPort() + path;
    }

    private static DnsBlockList list(String list) {
        return new DnsBlockList(list, null, DnsListForm.AUTO, Duration.ofHours(24), true, false, List.of(), List.of());
    }

    private ListBook start(@Nullable FolderWatch folders, DnsBlockList... lists) {
        BookSettings settings = new BookSettings(
                folder.resolve("lists"),
                1_000_000,
                1_000,
                MAX_OCTETS,
                Duration.ofSeconds(2),
                Duration.ofSeconds(10),
                Duration.ofMinutes(1));
        InstantSource clock = now::get;
        ListBook made = new ListBook(settings, clock, folders, snapshots::add);
        book = made;
        made.configure(List.of(lists), List.of("||hand.example^"));
        made.start();
        return made;
    }

    private ListBook.Snapshot awaitSnapshot(Predicate<ListBook.Snapshot> wanted) {
        await().atMost(PATIENCE).until(() -> snapshots.stream().anyMatch(wanted));
        return snapshots.stream().filter(wanted).reduce((a, b) -> b).orElseThrow();
    }

    private static Predicate<ListBook.Snapshot> blocks(String name) {
        return snapshot -> TestingRules.blocks(snapshot.rules(), name);
    }

    private static Predicate<ListBook.Snapshot> hasError(String words) {
        return snapshot -> {
            String error = snapshot.lists().getLast().error();
            return error != null && error.contains(words);
        };
    }

    /** Fetches once well, then has the server do something else, and looks again. */
    private ListBook.Snapshot afterwards(Answer other, Predicate<ListBook.Snapshot> wanted) {
        ListBook running = start(null, list(url("/list.txt")));
        awaitSnapshot(blocks("ads.example"));
        snapshots.clear();
        answer = other;
        running.refresh(List.of("list.txt"));
        return awaitSnapshot(wanted);
    }

    private void assertKept(ListBook.Snapshot snapshot) {
        assertThat(blocks("ads.example")).accepts(snapshot);
        ListState state = snapshot.lists().getLast();
        assertThat(state.counts().rules()).isOne();
        assertThat(state.nextAt()).isEqualTo(now.get().plus(Duration.ofMinutes(1)));
        assertThat(folder.resolve("lists")).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void rulesByHandAndListsAreRead() {
        start(null, list(url("/list.txt")));
        ListBook.Snapshot snapshot = awaitSnapshot(blocks("ads.example"));
        assertThat(blocks("www.hand.example")).accepts(snapshot);
        assertThat(TestingRules.decide(snapshot.rules(), "hand.example").list()).isZero();
        assertThat(TestingRules.decide(snapshot.rules(), "ads.example").list()).isOne();
        assertThat(snapshot.lists()).hasSize(2);
        assertThat(snapshot.lists().getLast())
                .isEqualTo(new ListState(
                        1,
                        "list.txt",
                        url("/list.txt"),
                        DnsListForm.DOMAINS,
                        snapshot.lists().getLast().counts(),
                        12,
                        now.get(),
                        now.get(),
                        now.get().plus(Duration.ofHours(24)),
                        null));
    }

    @Test
    void whatDidNotChangeIsNotSentAgain() {
        answer = exchange -> {
            exchange.getResponseHeaders().add("ETag", "\"v1\"");
            exchange.getResponseHeaders().add("Last-Modified", "Mon, 02 Mar 2026 10:00:00 GMT");
            send(exchange, "ads.example\n");
        };
        ListBook running = start(null, list(url("/list.txt")));
        RuleSet first = awaitSnapshot(blocks("ads.example")).rules();
        Instant changed = now.get();
        snapshots.clear();
        answer = exchange -> exchange.sendResponseHeaders(304, -1);
        now.set(changed.plusSeconds(3_600));
        running.refresh(List.of("list.txt"));
        ListBook.Snapshot second = awaitSnapshot(snapshot -> true);
        assertThat(asked).containsExactly("/list.txt null null", "/list.txt \"v1\" Mon, 02 Mar 2026 10:00:00 GMT");
        assertThat(second.rules()).as("nothing is read again").isSameAs(first);
        assertThat(second.lists().getLast().fetchedAt()).isEqualTo(now.get());
        assertThat(second.lists().getLast().changedAt()).isEqualTo(changed);
    }

    @Test
    void theSameContentIsNotReadAgain() {
        ListBook.Snapshot same = afterwards(exchange -> send(exchange, "ads.example\n"), snapshot -> true);
        assertThat(same.lists().getLast().counts().rules()).isOne();
        assertThat(asked).hasSize(2);
    }

    @Test
    void newContentReplacesOld() {
        ListBook.Snapshot changed = afterwards(exchange -> send(exchange, "other.example\n"), blocks("other.example"));
        assertThat(blocks("ads.example")).rejects(changed);
    }

    @Test
    void whatWasKeptCountsAfterAStartWithoutTheSource() {
        ListBook first = start(null, list(url("/list.txt")));
        awaitSnapshot(blocks("ads.example"));
        first.close();
        snapshots.clear();
        server.stop(0);
        now.set(now.get().plus(Duration.ofDays(2)));
        start(null, list(url("/list.txt")));
        assertThat(snapshots.isEmpty() ? awaitSnapshot(any -> true) : snapshots.getFirst())
                .matches(blocks("ads.example"));
        assertKept(awaitSnapshot(hasError("no connection")));
    }

    @Test
    void whatIsFreshIsNotFetchedAgainAfterAStart() {
        ListBook first = start(null, list(url("/list.txt")));
        awaitSnapshot(blocks("ads.example"));
        first.close();
        snapshots.clear();
        start(null, list(url("/list.txt")), list(url("/new.txt")));
        awaitSnapshot(snapshot ->
                snapshot.lists().size() == 3 && snapshot.lists().getLast().fetchedAt() != null);
        assertThat(asked).containsExactly("/list.txt null null", "/new.txt null null");
    }

    @Test
    void anErrorOfTheServerChangesNothing() {
        assertKept(afterwards(exchange -> exchange.sendResponseHeaders(503, -1), hasError("status 503")));
    }

    @Test
    void aListThatIsTooLargeChangesNothing() {
        assertKept(afterwards(exchange -> send(exchange, "big.example\n".repeat(MAX_OCTETS)), hasError("larger than")));
    }

    @Test
    void aListThatIsTooLargeUnpackedChangesNothing() {
        assertKept(afterwards(
                exchange -> sendPacked(exchange, packed("big.example\n".repeat(MAX_OCTETS)), true),
                hasError("larger than")));
    }

    @Test
    void aListThatIsCutChangesNothing() {
        assertKept(afterwards(
                exchange -> {
                    exchange.sendResponseHeaders(200, 1_000);
                    exchange.getResponseBody().write("cut.example\n".getBytes(StandardCharsets.UTF_8));
                    exchange.getResponseBody().flush();
                    exchange.close();
                },
                hasError("broke off")));
    }

    @Test
    void aPackedListThatIsCutChangesNothing() {
        byte[] packed = packed("one.example\ntwo.example\n".repeat(100));
        byte[] cut = Arrays.copyOf(packed, packed.length - 9);
        assertKept(afterwards(exchange -> sendPacked(exchange, cut, true), hasError("ends too early")));
    }

    @Test
    void aServerThatStopsInTheMiddleIsNotWaitedForWithoutEnd() {
        assertKept(afterwards(
                exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    OutputStream out = exchange.getResponseBody();
                    out.write("slow.example\n".getBytes(StandardCharsets.UTF_8));
                    out.flush();
                    awaitOver();
                },
                hasError("takes too long")));
    }

    private void awaitOver() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aWebPageIsNoList() {
        assertKept(afterwards(
                exchange -> send(exchange, "\n<!DOCTYPE html><html>Please log in</html>"), hasError("web page")));
    }

    @Test
    void anEmptyAnswerIsNoList() {
        assertKept(afterwards(exchange -> exchange.sendResponseHeaders(200, -1), hasError("sends nothing")));
    }

    @Test
    void packedListsAreUnpacked() {
        answer = exchange -> sendPacked(
                exchange,
                packed("zip.example\n"),
                exchange.getRequestURI().getPath().equals("/by-header"));
        start(null, list(url("/by-header")), list(url("/list.gz")));
        ListBook.Snapshot snapshot = awaitSnapshot(
                got -> got.lists().stream().filter(list -> list.octets() == 12).count() == 2);
        assertThat(TestingRules.find(snapshot.rules(), "zip.example").blocked()).isEqualTo(0b110);
    }

    private static void sendPacked(HttpExchange exchange, byte[] octets, boolean said) throws IOException {
        if (said) {
            exchange.getResponseHeaders().add("Content-Encoding", "gzip");
        }
        exchange.sendResponseHeaders(200, octets.length);
        exchange.getResponseBody().write(octets);
    }

    private static byte[] packed(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    @Test
    void aSourceThatFailsIsLookedAtLaterEachTime() {
        answer = exchange -> exchange.sendResponseHeaders(404, -1);
        ListBook running = start(null, list(url("/list.txt")));
        for (int failures = 1; failures < 5; failures++) {
            Instant next = now.get().plus(Duration.ofMinutes(1L << (failures - 1)));
            awaitSnapshot(snapshot -> next.equals(snapshot.lists().getLast().nextAt()));
            snapshots.clear();
            running.refresh(List.of("list.txt"));
        }
    }

    @Test
    void oneSlowSourceDoesNotHoldUpOthers() {
        answer = exchange -> {
            if (exchange.getRequestURI().getPath().equals("/slow")) {
                awaitOver();
            }
            send(exchange, "ads.example\n");
        };
        start(null, list(url("/slow")), list(url("/quick")));
        ListBook.Snapshot snapshot = awaitSnapshot(blocks("ads.example"));
        assertThat(TestingRules.decide(snapshot.rules(), "ads.example").list()).isEqualTo(2);
        assertThat(snapshot.lists().get(1).fetchedAt()).isNull();
    }

    @Test
    void aFileIsReadAgainWhenItChangesAndKeptWhenItIsGone() throws IOException {
        Path file = folder.resolve("mine.txt");
        Files.writeString(file, "one.example\n");
        try (FolderWatch folders = new FolderWatch()) {
            start(folders, list(file.toString()));
            awaitSnapshot(blocks("one.example"));
            Files.writeString(file, "one.example\ntwo.example\n");
            awaitSnapshot(blocks("two.example"));
            Files.delete(file);
            ListBook.Snapshot gone = awaitSnapshot(hasError("no such file"));
            assertThat(blocks("two.example")).accepts(gone);
            Files.writeString(file, "three.example\n");
            ListBook.Snapshot back = awaitSnapshot(blocks("three.example"));
            assertThat(blocks("two.example")).rejects(back);
            assertThat(back.lists().getLast().error()).isNull();
        }
    }

    @Test
    void listsComeAndGoWithTheConfiguration() {
        answer = exchange -> send(exchange, exchange.getRequestURI().getPath().substring(1) + ".example\n");
        ListBook running = start(null, list(url("/a")), list(url("/b")));
        awaitSnapshot(blocks("b.example").and(blocks("a.example")));
        snapshots.clear();
        DnsBlockList off = new DnsBlockList(
                url("/a"), "off", DnsListForm.AUTO, Duration.ofHours(1), false, false, List.of(), List.of());
        running.configure(List.of(list(url("/b")), off), List.of());
        ListBook.Snapshot snapshot = awaitSnapshot(any -> true);
        assertThat(TestingRules.decide(snapshot.rules(), "b.example").list()).isOne();
        assertThat(TestingRules.blocked(snapshot.rules(), "a.example", "hand.example"))
                .isEmpty();
        assertThat(snapshot.lists().getLast().nextAt()).isNull();
        assertThat(asked).as("nothing is fetched again for it").hasSize(2);
    }

    @Test
    void theLineThatBlocksANameIsFound() throws IOException {
        answer = exchange -> send(
                exchange,
                "! a list\n||example.com^\n/^www/\n@@||www.example.com^$important\n||example.org^$dnstype=A\n");
        start(null, list(url("/list.txt")));
        ListBook.Snapshot snapshot = awaitSnapshot(blocks("x.example.com"));
        ListSearch search = new ListSearch(folder.resolve("lists"));
        ListState state = snapshot.lists().getLast();
        assertThat(search.find(state, DnsName.of("www.Example.com")))
                .containsExactly(
                        new ListSearch.Found("list.txt", 2, "||example.com^", Effect.BLOCK),
                        new ListSearch.Found("list.txt", 3, "/^www/", Effect.BLOCK),
                        new ListSearch.Found("list.txt", 4, "@@||www.example.com^$important", Effect.IMPORTANT_ALLOW));
        assertThat(search.find(state, DnsName.of("a.example.org")))
                .extracting(ListSearch.Found::line)
                .containsExactly(5L);
        assertThat(search.find(state, DnsName.of("com"))).isEmpty();
        assertThat(ListSearch.find(List.of("||a.example^", "|b.example^"), DnsName.of("b.example")))
                .containsExactly(new ListSearch.Found("rules", 2, "|b.example^", Effect.BLOCK));
    }
}
