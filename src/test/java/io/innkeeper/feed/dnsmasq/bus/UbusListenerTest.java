package io.innkeeper.feed.dnsmasq.bus;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.innkeeper.feed.dnsmasq.Listener.State;
import io.innkeeper.feed.dnsmasq.Word;
import io.innkeeper.wire.dnsmasq.ScriptNotice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Listening by a program that prints what ubus prints (its cli.c and dnsmasq's ubus.c): lines of a file that the test writes.
 * The file {@code here} says whether dnsmasq is on the bus.
 */
class UbusListenerTest {
    private static final String SCRIPT = """
            #!/bin/sh
            cd "${0%/*}" || exit 1
            case "$*" in
              "list dnsmasq") [ -e here ] && echo dnsmasq ;;
              "-S call dnsmasq metrics") [ -e here ] && echo '{"dhcp_ack":7,"leases_allocated_4":2}' ;;
              "listen ubus.object.add") exec tail -n 0 -f objects ;;
              "subscribe dnsmasq") echo subscribed >>subscriptions; exec tail -n 0 -f events ;;
              *) echo "Usage: ubus"; exit 1 ;;
            esac
            """;
    private static final String ACK =
            "{ \"dhcp.ack\": {\"mac\":\"02:00:00:00:00:01\",\"ip\":\"192.168.1.9\",\"name\":\"laptop\",\"interface\":\"br-lan\"} }\n";
    private static final String ADDED = "{ \"ubus.object.add\": {\"id\":1,\"path\":\"dnsmasq\"} }\n";

    @TempDir
    private Path folder;

    private final BlockingQueue<Word> words = new LinkedBlockingQueue<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();

    @BeforeEach
    void files() throws IOException {
        for (String name : List.of("objects", "events", "subscriptions")) {
            Files.createFile(folder.resolve(name));
        }
    }

    private Path program() throws IOException {
        Path program = folder.resolve("ubus");
        Files.writeString(program, SCRIPT);
        return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private UbusListener listener(Path program) {
        UbusListener made = new UbusListener(
                new UbusListener.Settings("router", program, Duration.ofMillis(50)),
                words::add,
                InstantSource.system());
        made.start(failures::add);
        return made;
    }

    private void say(String file, String line) throws IOException {
        Files.writeString(folder.resolve(file), line, StandardOpenOption.APPEND);
    }

    private static void awaitState(UbusListener listener, State state) {
        await("it is " + state)
                .atMost(20, SECONDS)
                .until(() -> listener.status().state() == state);
    }

    /** What is said until it is heard: the subscription may not stand yet. */
    private Word sayUntilHeard(String line) throws IOException, InterruptedException {
        Word heard = null;
        for (int i = 0; i < 100 && heard == null; i++) {
            say("events", line);
            heard = words.poll(200, java.util.concurrent.TimeUnit.MILLISECONDS);
        }
        return Objects.requireNonNull(heard, "nothing was heard");
    }

    private long subscriptions() throws IOException {
        return Files.readAllLines(folder.resolve("subscriptions")).size();
    }

    @Test
    void leasesAreHeardAndDnsmasqIsFoundAgain() throws IOException, InterruptedException {
        try (UbusListener listener = listener(program())) {
            awaitState(listener, State.WAITING);
            assertThat(listener.status().message()).contains("enable-ubus");
            Files.createFile(folder.resolve("here"));
            say("objects", ADDED);
            awaitState(listener, State.LISTENING);
            Word word = sayUntilHeard(ACK);
            assertThat(word.notice().action()).isEqualTo(ScriptNotice.Action.ADD);
            assertThat(word.notice().address()).hasToString("192.168.1.9");
            assertThat(listener.metrics().orElseThrow().counters()).containsEntry("dhcp_ack", 7L);

            long before = subscriptions();
            say("objects", ADDED);
            await("it subscribes to the new one").atMost(20, SECONDS).until(() -> subscriptions() > before);
            sayUntilHeard(ACK);

            Files.delete(folder.resolve("here"));
            awaitState(listener, State.WAITING);
            assertThat(listener.metrics()).isEmpty();
        }
        assertThat(failures).isEmpty();
    }

    @Test
    void withoutTheProgramItSaysSo() {
        try (UbusListener listener = listener(folder.resolve("missing"))) {
            awaitState(listener, State.FAILING);
            assertThat(listener.status().message()).contains("there is no program");
        }
        assertThat(failures).isEmpty();
    }

    @Test
    void whatIsPrintedInsteadIsTold() throws IOException {
        Path program = program();
        Files.writeString(program, "#!/bin/sh\necho 'Failed to connect to ubus'\nexit 1\n");
        try (UbusListener listener = listener(program)) {
            await("the reason").atMost(20, SECONDS).until(() -> {
                String message = listener.status().message();
                return message != null && message.contains("Failed to connect");
            });
        }
        assertThat(failures).isEmpty();
    }
}
