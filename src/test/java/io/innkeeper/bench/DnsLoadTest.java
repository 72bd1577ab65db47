package io.innkeeper.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class DnsLoadTest {
    private static final int LOCALHOST = 0x7f000001;

    /** What a test does with a load. */
    private interface Work {
        void with(DnsLoad load);
    }

    private static void against(boolean edns, Work work) throws IOException, InterruptedException {
        try (DnsEcho echo = new DnsEcho(LOCALHOST, 0)) {
            Thread server = Thread.ofPlatform().start(echo);
            try (DnsLoad load = new DnsLoad(LoadTarget.of(LOCALHOST, echo.port(), LOCALHOST, 0), 50, 60, edns)) {
                work.with(load);
            } finally {
                echo.stop();
                server.join();
            }
        }
    }

    @Test
    void everyNameIsAskedForOnce() throws Exception {
        against(false, load -> {
            DnsReport report = load.run(DnsPhase.parse("each"));
            assertThat(report.answers()).isEqualTo(new DnsReport.Answers(50, 50, 0, 0, 0));
            assertThat(report.firstAnswerAtMs()).isPositive();
        });
    }

    @Test
    void blockedNamesAreAskedForAtTheRate() throws Exception {
        against(true, load -> {
            DnsReport report = load.run(DnsPhase.parse("blocked:seconds=0.2,rate=500"));
            assertThat(report.answers().right())
                    .isEqualTo(report.answers().sent())
                    .isBetween(1L, 101L);
            assertThat(report.answers().wrong()).isZero();
        });
    }

    @Test
    void firstAnswerEndsTheWait() throws Exception {
        against(false, load -> {
            DnsReport report = load.run(DnsPhase.parse("await:seconds=20,blocked=true"));
            assertThat(report.answers().right()).isPositive();
        });
    }

    @Test
    void wrongAddressesAndErrorsAreNoticed() {
        try (Arena arena = Arena.ofConfined()) {
            DnsPackets packets = new DnsPackets(arena, DnsPackets.KNOWN, 10, false);
            MemorySegment bytes = arena.allocate(PacketVector.ROOM);
            int answer = DnsPackets.echo(bytes, 0, packets.write(bytes, 0, 7, 3));
            assertThat(DnsPackets.id(bytes, 0)).isEqualTo(7);
            assertThat(packets.answers(bytes, 0, answer, 3)).isTrue();
            assertThat(packets.answers(bytes, 0, answer, 4)).isFalse();
            assertThat(packets.isRight(bytes, 0, answer, 3)).isTrue();
            assertThat(packets.isRight(bytes, 0, answer - 1, 3)).isFalse();
            bytes.set(ValueLayout.JAVA_BYTE, answer - 1, (byte) 9);
            assertThat(packets.isRight(bytes, 0, answer, 3)).isFalse();
            bytes.set(ValueLayout.JAVA_BYTE, answer - 1, (byte) 3);
            bytes.set(ValueLayout.JAVA_BYTE, 3, (byte) 0x82);
            assertThat(packets.isRight(bytes, 0, answer, 3)).isFalse();
        }
    }

    @Test
    void namesAreSpread() {
        assertThat(DnsPackets.KNOWN.name(12)).isEqualTo("n0000012.bench.example");
        assertThat(DnsPackets.BLOCKED.name(2)).isEqualTo("b0015838.com");
    }

    @Test
    void mistakesInPhasesAreNamed() {
        assertThatThrownBy(() -> DnsPhase.parse("hits:x=2")).hasMessageContaining("x: no such key");
        assertThatThrownBy(() -> DnsPhase.parse("hits:window=0")).hasMessageContaining("window");
    }
}
