package io.innkeeper.dhcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.innkeeper.io.TestingLinkPort;
import io.innkeeper.lease.BindingBook;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ShadowServerTest {
    private final TestingLinkPort port = new TestingLinkPort();
    private final List<Throwable> broken = new CopyOnWriteArrayList<>();
    private final ShadowServer server = new ShadowServer(
            port,
            ServedLinks.named(List.of("eth0"), List::of),
            new DhcpEngine(
                    new BindingBook(1_000, 7),
                    Shadow.scratch(ModesKit.plan(Map.of(), List.of(), Plan.Access.EVERYBODY))),
            () -> Instant.ofEpochMilli(ModesKit.T0),
            broken::add);

    @Test
    void questionsAreAnsweredWhileItRunsAndRefusedAtOnceAfterIt() throws Exception {
        server.start();
        assertThat(server.ask((_, _) -> Answering.Answer.of(5)).get(10, TimeUnit.SECONDS))
                .isEqualTo(5);
        server.close();
        assertThat(port.isClosed()).isTrue();
        assertThat(broken).isEmpty();
        assertThat(server.ask((_, _) -> Answering.Answer.of(5)))
                .as("nobody waits for an answer that cannot come")
                .isCompletedExceptionally();
        assertThatThrownBy(() -> server.report().getNow(null)).hasMessageContaining("closed");
    }

    @Test
    void whoWaitsWhenItEndsIsRefused() {
        var waiting = server.ask((_, _) -> Answering.Answer.of(5));
        assertThat(waiting).isNotDone();
        server.close();
        assertThat(waiting).isCompletedExceptionally();
    }
}
