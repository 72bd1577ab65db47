package io.innkeeper.dns.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.net.IpAddress;
import java.lang.management.ManagementFactory;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rows go from one thread to the other as they are, and where there is no room they are counted. */
class QueryTapeTest {
    private static final byte[] NAME = DnsName.of("WWW.Example.org").wire();

    private final NameCache names = new NameCache();

    private static void add(QueryTape tape, long atMs) {
        tape.add(atMs, 0, 0xffff_c0a8_0105L, NAME, 0, NAME.length, 65_280, 23, QueryStep.FORWARDED, -1, 77, 3, 4);
    }

    @Test
    void readsWhatWasWritten() {
        QueryTape tape = new QueryTape();
        add(tape, 5);
        tape.add(6, 0x2001_0db8_0000_0000L, 1, NAME, 4, NAME.length - 4, 1, 0, QueryStep.BLOCKED, 300, 1, 0, 0);
        tape.flush();
        TapeChunk chunk = Objects.requireNonNull(tape.next());
        assertThat(chunk.count()).isEqualTo(2);
        assertThat(chunk.advance()).isTrue();
        assertThat(chunk.atMs()).isEqualTo(5);
        assertThat(chunk.client()).isEqualTo(IpAddress.parse("192.168.1.5").orElseThrow());
        assertThat(chunk.name(names).name().text()).isEqualTo("www.example.org");
        assertThat(chunk.type()).isEqualTo(65_280);
        assertThat(chunk.rcode()).isEqualTo(23);
        assertThat(chunk.step()).isEqualTo(QueryStep.FORWARDED);
        assertThat(chunk.detail()).isEqualTo(-1);
        assertThat(chunk.micros()).isEqualTo(77);
        assertThat(chunk.transport()).isEqualTo(3);
        assertThat(chunk.security()).isEqualTo(4);
        assertThat(chunk.advance()).isTrue();
        assertThat(chunk.client()).isEqualTo(IpAddress.parse("2001:db8::1").orElseThrow());
        assertThat(chunk.name(names).name().text()).isEqualTo("example.org");
        assertThat(chunk.detail()).isEqualTo(300);
        assertThat(chunk.advance()).isFalse();
    }

    @Test
    void octetsThatAreNoNameAreTheRoot() {
        QueryTape tape = new QueryTape();
        tape.add(6, 0, 1, new byte[] {9, 9}, 0, 2, 1, 0, QueryStep.DROPPED, -1, 1, 0, 0);
        tape.add(6, 0, 1, new byte[] {9, 9}, 0, 0, 1, 0, QueryStep.DROPPED, -1, 1, 0, 0);
        tape.flush();
        TapeChunk chunk = Objects.requireNonNull(tape.next());
        while (chunk.advance()) {
            assertThat(chunk.name(names).name()).isEqualTo(DnsName.ROOT);
        }
    }

    @Test
    void givesWhatIsThereToAReaderThatHasNothingLeft() {
        QueryTape tape = new QueryTape();
        add(tape, 1);
        tape.flush();
        add(tape, 2);
        tape.flush();
        TapeChunk first = Objects.requireNonNull(tape.next());
        assertThat(first.count()).isEqualTo(1);
        assertThat(tape.next()).as("the reader has something to do").isNull();
        tape.flush();
        assertThat(tape.next()).isNotNull();
        add(tape, 1_000);
        assertThat(tape.next()).isNull();
        add(tape, 2_000);
        assertThat(tape.next()).as("nobody flushed, but it is old").isNotNull();
    }

    @Test
    void countsWhatItHasNoRoomFor() {
        QueryTape tape = new QueryTape(2);
        int added = 0;
        while (tape.dropped() < 10) {
            add(tape, 1);
            added++;
        }
        int read = 0;
        @Nullable TapeChunk chunk = tape.next();
        while (chunk != null) {
            read += chunk.count();
            tape.giveBack(chunk);
            chunk = tape.next();
        }
        assertThat(read).isEqualTo(added - 10);
        add(tape, 1);
        assertThat(tape.dropped()).as("there is room again").isEqualTo(10);
        assertThat(Objects.requireNonNull(tape.rest()).count()).isEqualTo(1);
        assertThat(tape.rest()).isNull();
    }

    @Test
    void allocatesNothing() {
        QueryTape tape = new QueryTape();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 20; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 10_000; i++) {
                add(tape, i);
                if (i % 500 == 0) {
                    tape.flush();
                    readAll(tape);
                }
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).as("octets for 10,000 rows").isLessThan(1_000);
    }

    private static void readAll(QueryTape tape) {
        @Nullable TapeChunk chunk = tape.next();
        while (chunk != null) {
            tape.giveBack(chunk);
            chunk = tape.next();
        }
    }
}
