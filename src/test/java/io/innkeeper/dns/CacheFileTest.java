package io.innkeeper.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.innkeeper.wire.dns.DnsMessage;
import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.dns.DnsRecord;
import io.innkeeper.wire.dns.Question;
import io.innkeeper.wire.dns.RecordType;
import io.innkeeper.wire.net.IpAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of the cache over a restart. */
class CacheFileTest {
    private static final DnsCache.Settings SETTINGS = new DnsCache.Settings(1 << 24, 0, 86_400, 3_600, 5, 60_000);
    private static final int ANSWERS = 3_000;
    private static final int TTL_S = 300;

    @TempDir
    private Path folder;

    private static DnsName name(int i) {
        return DnsName.of("host" + i + ".example");
    }

    private static DnsCache filled(int answers, long nowMs) {
        DnsCache cache = new DnsCache(SETTINGS);
        for (int i = 0; i < answers; i++) {
            DnsMessage query = DnsMessage.query(0, 0, new Question(name(i), RecordType.A, 1), null);
            byte[] response = query.answer(0, 0, null)
                    .withAnswers(List.of(DnsRecord.address(name(i), TTL_S, IpAddress.v4(i))))
                    .write(512);
            assertThat(cache.put(name(i), RecordType.A, 1, 0, response, List.of(), nowMs))
                    .isPresent();
        }
        return cache;
    }

    private static DnsCache restored(CacheFile file, CacheFile.End end, long nowMs) throws IOException {
        DnsCache cache = new DnsCache(SETTINGS);
        assertThat(file.read(block -> cache.restore(block, nowMs))).isEqualTo(end);
        return cache;
    }

    @Test
    void whatIsWrittenIsThereAgain() throws Exception {
        CacheFile file = new CacheFile(folder.resolve("c"));
        assertThat(restored(file, CacheFile.End.NONE, 1_000).count()).isZero();
        DnsCache before = filled(ANSWERS, 1_000);
        file.write(before.written(2_000));
        DnsCache after = restored(file, CacheFile.End.WHOLE, 2_000);
        assertThat(after.count()).isEqualTo(ANSWERS);
        assertThat(after.bytes()).isEqualTo(before.bytes());
        CacheEntry entry = Objects.requireNonNull(after.find(name(17), RecordType.A, 1, 0));
        assertThat(entry.isFresh(1_000 + TTL_S * 1000L - 1)).isTrue();
        assertThat(entry.isFresh(1_000 + TTL_S * 1000L)).isFalse();
        assertThat(DnsCache.message(entry).answers())
                .containsExactly(DnsRecord.address(name(17), TTL_S, IpAddress.v4(17)));
        assertThat(folder.resolve("c.new")).doesNotExist();
        file.delete();
        assertThat(restored(file, CacheFile.End.NONE, 2_000).count()).isZero();
    }

    @Test
    void whatIsTooOldOrOfTheFutureIsLeftOut() throws Exception {
        CacheFile file = new CacheFile(folder.resolve("c"));
        DnsCache before = filled(10, 1_000);
        long end = 1_000 + 1_000L * TTL_S + SETTINGS.staleMs();
        assertThat(before.written(end - 1)).hasSize(10);
        assertThat(before.written(end)).isEmpty();
        file.write(before.written(2_000));
        assertThat(restored(file, CacheFile.End.WHOLE, end - 1).count()).isEqualTo(10);
        assertThat(restored(file, CacheFile.End.WHOLE, end).count()).isZero();
        assertThat(restored(file, CacheFile.End.WHOLE, 999).count()).isZero();
    }

    @Test
    void whatIsKnownAnewStays() {
        List<KeptAnswer> old = filled(10, 1_000).written(1_000);
        DnsCache cache = filled(5, 5_000);
        assertThat(cache.restore(old, 5_000)).isEqualTo(5);
        assertThat(cache.count()).isEqualTo(10);
        assertThat(Objects.requireNonNull(cache.find(name(1), RecordType.A, 1, 0)).storedAtMs)
                .isEqualTo(5_000);
    }

    @Test
    void aSmallerCacheTakesWhatHasRoom() {
        DnsCache small = new DnsCache(new DnsCache.Settings(1_000, 0, 86_400, 3_600, 5, 0));
        assertThat(small.restore(filled(100, 1_000).written(1_000), 1_000)).isBetween(1, 5);
        assertThat(small.bytes()).isLessThanOrEqualTo(1_000);
    }

    @Test
    void ofATornFileWhatIsWholeCounts() throws Exception {
        Path path = folder.resolve("c");
        CacheFile file = new CacheFile(path);
        file.write(filled(ANSWERS, 1_000).written(1_000));
        byte[] whole = Files.readAllBytes(path);
        Random random = new Random(5);
        for (int i = 0; i < 15; i++) {
            byte[] torn = whole.clone();
            int at = random.nextInt(whole.length);
            torn[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(path, torn);
            assertThat(restored(file, CacheFile.End.TORN, 1_000).count()).isLessThan(ANSWERS + 1);
            Files.write(path, java.util.Arrays.copyOf(whole, at));
            assertThat(restored(file, CacheFile.End.TORN, 1_000).count()).isLessThanOrEqualTo(ANSWERS);
        }
        Files.write(path, java.util.Arrays.copyOf(whole, whole.length - 8));
        assertThat(restored(file, CacheFile.End.TORN, 1_000).count()).isEqualTo(ANSWERS);
    }

    @FuzzTest(maxDuration = "20s")
    void noBlockThrows(byte[] data) {
        java.util.zip.CRC32C sum = new java.util.zip.CRC32C();
        sum.update(data);
        List<KeptAnswer> answers = new ArrayList<>();
        CacheFormat.read(data, (int) sum.getValue()).ifPresent(answers::addAll);
        DnsCache cache = new DnsCache(SETTINGS);
        assertThatCode(() -> cache.restore(answers, 2_000)).doesNotThrowAnyException();
        for (KeptAnswer answer : cache.written(2_000)) {
            assertThat(DnsMessage.parse(answer.message(), 0, answer.message().length))
                    .isInstanceOf(DnsMessage.class);
        }
    }

    @Test
    void changedMessagesDoNotThrow() {
        Random random = new Random(9);
        List<KeptAnswer> sound = filled(1, 1_000).written(1_000);
        for (int i = 0; i < 5_000; i++) {
            byte[] block = CacheFormat.block(sound);
            byte[] inner = java.util.Arrays.copyOfRange(block, CacheFormat.BLOCK_HEAD, block.length);
            inner[random.nextInt(inner.length)] ^= (byte) (1 + random.nextInt(255));
            noBlockThrows(inner);
        }
    }
}
