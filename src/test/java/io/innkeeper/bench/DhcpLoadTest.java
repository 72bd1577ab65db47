package io.innkeeper.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.innkeeper.bench.LoadPhase.Mode;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

/** The load against answers that are good and bad, over loopback. */
class DhcpLoadTest {
    private static final int LOOPBACK = LoadTarget.address("127.0.0.1");
    private static final int POOL = LoadTarget.address("10.0.1.0");

    /** What is done with a load, while somebody answers. */
    private interface Work {
        void with(DhcpLoad load) throws Exception;
    }

    private static void against(IntUnaryOperator addresses, Work work) throws Exception {
        try (DhcpEcho echo = new DhcpEcho(LOOPBACK, 0, addresses)) {
            Thread server = Thread.ofPlatform().start(echo);
            try (DhcpLoad load = new DhcpLoad(new LoadTarget(
                    LOOPBACK, echo.port(), LOOPBACK, 0, LoadTarget.address("10.0.0.2"), 300, 4, 100, 0))) {
                work.with(load);
            } finally {
                echo.stop();
                server.join();
            }
        }
    }

    @Test
    void everyExchangeIsCompletedAndEveryAckIsHeardOf() throws Exception {
        Map<Integer, Integer> heard = new HashMap<>();
        against(client -> POOL + client, load -> {
            load.listen(heard::put);
            LoadReport report = load.run(LoadPhase.of(Mode.DORA, 1000, 16));
            assertThat(report.exchanges()).isEqualTo(1000);
            assertThat(report.held()).isEqualTo(1000);
            assertThat(report.answers())
                    .isEqualTo(new LoadReport.Answers(
                            2000 + report.answers().dropped(),
                            1000,
                            1000,
                            0,
                            report.answers().strays(),
                            report.answers().dropped(),
                            0,
                            0,
                            0,
                            0));
            assertThat(report.times().p50())
                    .isPositive()
                    .isLessThanOrEqualTo(report.times().max());
            assertThat(load.address(100)).isEqualTo(POOL + 100);
            assertThat(load.run(LoadPhase.of(Mode.RENEW, 3000, 64)).answers().acks())
                    .isEqualTo(3000);
            assertThat(load.run(LoadPhase.of(Mode.AGAIN, 500, 64)).held()).isEqualTo(1000);
            assertThat(load.run(LoadPhase.of(Mode.DISCOVER, 500, 64)).answers().offers())
                    .isEqualTo(500);
            assertThat(load.run(LoadPhase.parse("await")).firstAnswerAtMs()).isPositive();
        });
        assertThat(heard).hasSize(1000).containsEntry(POOL + 1099, 1099);
    }

    @Test
    void anAddressThatIsGivenTwiceIsFound() throws Exception {
        against(client -> POOL + (client == 107 ? 103 : client), load -> {
            LoadReport report = load.run(LoadPhase.of(Mode.DORA, 20, 1));
            assertThat(report.answers().givenTwice()).isEqualTo(1);
            assertThat(report.answers().bad()).isTrue();
            assertThat(load.examples())
                    .containsExactly("10.0.1.103 given to 00:0c:01:00:00:6b while 00:0c:01:00:00:67 holds it");
        });
    }

    @Test
    void anotherAddressThanTheLeaseHasIsFound() throws Exception {
        int[] moved = {0};
        against(client -> POOL + client + moved[0], load -> {
            load.run(LoadPhase.of(Mode.DORA, 20, 1));
            moved[0] = 4096;
            assertThat(load.run(LoadPhase.of(Mode.RENEW, 1, 1)).answers().wrong())
                    .isEqualTo(1);
            assertThat(load.run(LoadPhase.of(Mode.AGAIN, 20, 1)).answers().moved())
                    .isEqualTo(19);
        });
    }

    @Test
    void silenceIsADropAndARefusalIsAFailure() throws Exception {
        against(client -> client == 105 ? DhcpEcho.SILENCE : client == 106 ? DhcpEcho.REFUSAL : POOL + client, load -> {
            LoadReport report = load.run(LoadPhase.of(Mode.DORA, 10, 1));
            assertThat(report.exchanges()).isEqualTo(8);
            assertThat(report.answers().dropped()).isGreaterThanOrEqualTo(4);
            assertThat(report.answers().naks()).isEqualTo(1);
            assertThat(report.answers().failed()).isEqualTo(2);
            assertThat(report.held()).isEqualTo(8);
        });
    }

    @Test
    void withARateTimeIsMeasuredFromWhenAnExchangeWasDue() throws Exception {
        boolean[] asked = new boolean[200];
        // The tenth client's first DISCOVER is lost; with one exchange at a time those behind it wait, and are seen to.
        IntUnaryOperator lossy = client -> {
            boolean lost = client == 110 && !asked[client];
            asked[client] = true;
            return lost ? DhcpEcho.SILENCE : POOL + client;
        };
        against(lossy, load -> {
            LoadReport report = load.run(LoadPhase.parse("dora:count=40,rate=1000,window=1"));
            assertThat(report.exchanges()).isEqualTo(40);
            assertThat(report.answers().dropped()).isGreaterThanOrEqualTo(1);
            assertThat(report.times().p50()).isGreaterThan(100_000);
        });
    }

    @Test
    void phasesAreReadAndMistakesAreNamed() {
        assertThat(LoadPhase.parse("renew:seconds=2.5,rate=50%,name=half,direct=true"))
                .isEqualTo(new LoadPhase("half", Mode.RENEW, 0, 2.5, LoadPhase.OPEN_WINDOW, 0, 0.5, true));
        assertThatThrownBy(() -> LoadPhase.parse("dora")).hasMessageContaining("neither count nor seconds");
        assertThatThrownBy(() -> LoadPhase.parse("dora:count=1,x=2")).hasMessageContaining("x: no such key");
        assertThatThrownBy(() -> LoadPhase.parse("dora:count=1,window=0")).hasMessageContaining("window");
        assertThatThrownBy(() -> LoadTarget.address("10.0.0")).hasMessageContaining("no IPv4 address");
    }
}
