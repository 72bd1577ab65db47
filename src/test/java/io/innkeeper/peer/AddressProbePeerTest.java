package io.innkeeper.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.innkeeper.io.AddressProbe;
import io.innkeeper.io.AddressProbe.Answer;
import io.innkeeper.io.LinkChanges;
import io.innkeeper.io.LinuxAddressProbe;
import io.innkeeper.io.LocalNetworks;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Asks the kernel at the other end of a cable whether it has an address. */
@Timeout(60)
class AddressProbePeerTest {
    private static final int CLIENT = 0xc0a84d32;
    private static final int NOBODY = 0xc0a84d33;
    private static final int TIMEOUT_MS = 300;

    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private final AtomicLong nowMs = new AtomicLong();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final Namespaces network = Namespaces.create();
    private final LocalNetworks.Interface server;
    private final LocalNetworks.Interface client;

    AddressProbePeerTest() throws Exception {
        open.add(network);
        await().until(() -> lan().up());
        server = lan();
        client = network.atClient(LocalNetworks::read)
                .byName(Namespaces.CLIENT_INTERFACE)
                .orElseThrow();
        ip(network.onClient(Programs.find("ip")), "address", "add", "192.168.77.50/24", "dev", client.name());
    }

    private LocalNetworks.Interface lan() throws Exception {
        return network.atServer(LocalNetworks::read)
                .byName(Namespaces.SERVER_INTERFACE)
                .orElseThrow();
    }

    private static void ip(List<String> prefix, String... more) {
        List<String> all = new ArrayList<>(prefix);
        all.addAll(List.of(more));
        Programs.run(all);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    private LinuxAddressProbe probe() throws Exception {
        LinuxAddressProbe probe = network.atServer(() -> LinuxAddressProbe.start(TIMEOUT_MS, nowMs::get, answers::add));
        open.add(probe);
        assertThat(probe.problems()).isEmpty();
        return probe;
    }

    private Answer answer() throws InterruptedException {
        Answer answer = answers.poll(10, TimeUnit.SECONDS);
        if (answer == null) {
            throw new AssertionError("no answer");
        }
        return answer;
    }

    @Test
    void whoHasAnAddressOnTheLinkIsFound() throws Exception {
        AddressProbe probe = probe();
        probe.ask(CLIENT, server.index());
        assertThat(answer()).isEqualTo(new Answer(CLIENT, server.index(), true, client.mac()));
        assertThat(probe.unasked()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoHasAnAddressElsewhereIsFound(boolean pingSocket) throws Exception {
        String groups = pingSocket ? "0 2147483647" : "1 0";
        Programs.run(network.onServer(
                Programs.find("sh"), "-c", "echo '" + groups + "' > /proc/sys/net/ipv4/ping_group_range"));
        AddressProbe probe = probe();
        probe.ask(CLIENT, 0);
        assertThat(answer()).isEqualTo(new Answer(CLIENT, 0, true, null));
    }

    @Test
    void nobodyAnswersForAFreeAddressOnceTheTimeIsOver() throws Exception {
        AddressProbe probe = probe();
        probe.ask(NOBODY, server.index());
        probe.ask(NOBODY, 0);
        probe.ask(CLIENT, server.index());
        assertThat(answer().address()).isEqualTo(CLIENT);
        // The probe's clock stood still: no time has passed for the others.
        assertThat(answers).isEmpty();
        nowMs.addAndGet(TIMEOUT_MS);
        assertThat(List.of(answer(), answer()))
                .containsExactlyInAnyOrder(
                        new Answer(NOBODY, server.index(), false, null), new Answer(NOBODY, 0, false, null));
        assertThat(probe.unasked()).isZero();
    }

    @Test
    void tooManyQuestionsAreAnsweredWithNobody() throws Exception {
        AddressProbe probe = probe();
        int more = 10;
        for (int i = 0; i < AddressProbe.MAX_OPEN + more; i++) {
            probe.ask(0xc0a90000 + i, server.index());
        }
        assertThat(probe.unasked()).isEqualTo(more);
        assertThat(answers).hasSize(more).allMatch(answer -> !answer.used());
        // The last ones may be sent only after the clock went on; it goes on until they are overdue, too.
        await().until(() -> {
            nowMs.addAndGet(TIMEOUT_MS);
            return answers.size() == AddressProbe.MAX_OPEN + more;
        });
        Set<Integer> addresses = new HashSet<>();
        answers.forEach(answer -> addresses.add(answer.address()));
        assertThat(addresses).hasSize(AddressProbe.MAX_OPEN + more);
        answers.clear();
        probe.ask(CLIENT, server.index());
        assertThat(answer().used()).isTrue();
    }

    @Test
    void whereThereIsNoMeansToAskTheAnswerIsNobody() throws Exception {
        AddressProbe probe = probe();
        int loopback = 1;
        probe.ask(NOBODY, loopback);
        probe.ask(NOBODY, 12_345);
        assertThat(List.of(answer(), answer())).allMatch(answer -> !answer.used());
        assertThat(probe.unasked()).isEqualTo(2);
    }

    @Test
    void aQuestionThatIsOpenIsAnsweredOnce() throws Exception {
        AddressProbe probe = probe();
        probe.ask(NOBODY, server.index());
        probe.ask(NOBODY, server.index());
        probe.ask(CLIENT, server.index());
        assertThat(answer().address()).isEqualTo(CLIENT);
        nowMs.addAndGet(TIMEOUT_MS);
        assertThat(answer().address()).isEqualTo(NOBODY);
        probe.ask(CLIENT, server.index());
        assertThat(answer().address()).isEqualTo(CLIENT);
        assertThat(answers).isEmpty();
    }

    @Test
    void interfacesAndAddressesThatComeAndGoAreTold() throws Exception {
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        open.add(network.atServer(() -> LinkChanges.follow(() -> told.add("something"))));
        List<String> onServer = network.onServer(Programs.find("ip"));
        for (List<String> change : List.of(
                List.of("address", "add", "192.168.79.1/24", "dev", server.name()),
                List.of("address", "delete", "192.168.79.1/24", "dev", server.name()),
                List.of("link", "set", server.name(), "down"),
                List.of("link", "delete", server.name()))) {
            told.clear();
            ip(onServer, change.toArray(String[]::new));
            assertThat(told.poll(10, TimeUnit.SECONDS)).as("%s", change).isNotNull();
        }
    }
}
