package io.innkeeper.dns.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.property.Property;
import io.innkeeper.wire.dns.DnsMessage;
import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.dns.Rcode;
import io.innkeeper.wire.dns.Rdata;
import io.innkeeper.wire.net.IpAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random questions to upstreams that lose, delay, double, refuse, cut and mix up, with somebody beside who guesses answers.
 * Whatever happens, who waits hears once and in time, and never what nobody said.
 */
class ForwarderSimulationTest {
    private static final int LIMIT = 40;

    /** The address in all honest answers; others are forged. */
    private static final int HONEST = 1;

    private static final int FORGED = 666;

    @Test
    void whoWaitsHearsOnceAndInTime() {
        Property.check(150, samples -> new Story(samples.below(1_000_000_000)).run());
    }

    private static final class Story {
        private final Random random;
        private final ForwardScene scene;
        private final ForwardPlan plan;
        private final Map<String, Long> waitsSinceMs = new HashMap<>();
        private final Map<String, Asked> asked = new HashMap<>();
        private int seen;
        private int number;

        Story(long seed) {
            random = new Random(seed);
            int upstreams = 1 + random.nextInt(3);
            plan = plan(upstreams);
            ForwardScene.Script[] scripts = new ForwardScene.Script[upstreams];
            for (int i = 0; i < upstreams; i++) {
                scripts[i] = moody(random.nextInt(100), 1 + random.nextInt(200), random.nextInt(40));
            }
            scene = new ForwardScene(plan, seed, scripts);
        }

        private ForwardPlan plan(int upstreams) {
            ForwardPlan usual = ForwardScene.plan(upstreams);
            List<Route> routes = new ArrayList<>(usual.routes());
            routes.add(new Route(DnsName.of("nowhere"), List.of()));
            return new ForwardPlan(
                    usual.upstreams(), routes, 1 + random.nextInt(2), 50 + random.nextInt(2_000), 5_000, LIMIT, false);
        }

        private ForwardScene.Script moody(int loss, int delayMs, int odd) {
            return (sending, to) -> {
                if (random.nextInt(100) < loss) {
                    return;
                }
                long after = random.nextInt(delayMs) * (random.nextInt(20) == 0 ? 40L : 1L);
                to.reply(
                        after,
                        sending,
                        random.nextInt(100) < odd ? strange(sending) : ForwardScene.answer(sending, HONEST));
                if (random.nextInt(10) == 0) {
                    to.reply(after + 3, sending, ForwardScene.answer(sending, HONEST));
                }
                if (random.nextInt(5) == 0) {
                    to.reply(random.nextInt(50), sending, forged(sending));
                }
            };
        }

        private byte[] strange(Sending sending) {
            return switch (random.nextInt(5)) {
                case 0 -> ForwardScene.failure(sending, Rcode.SERVFAIL);
                case 1 -> ForwardScene.failure(sending, Rcode.FORMERR);
                case 2 ->
                    ForwardScene.query(sending)
                            .answer(DnsMessage.TRUNCATED, 0, null)
                            .write(512);
                case 3 -> new byte[random.nextInt(20)];
                default -> ForwardScene.failure(sending, Rcode.REFUSED);
            };
        }

        /** Somebody who does not see the question: name known, id or case guessed wrongly. */
        private byte[] forged(Sending sending) {
            byte[] answer = ForwardScene.answer(sending, FORGED);
            if (random.nextBoolean() || sending.stream()) {
                answer[random.nextInt(2)] ^= (byte) (1 + random.nextInt(255));
            } else {
                answer[13] ^= 0x20;
            }
            return answer;
        }

        void run() {
            for (int step = 0; step < 300; step++) {
                someAsk();
                scene.run(random.nextInt(60));
                check();
            }
            scene.run(5_000);
            check();
            assertThat(waitsSinceMs).as("nobody is forgotten").isEmpty();
            assertThat(scene.forwarder.counts().open()).isZero();
            assertThat(scene.forwarder.counts().waiting()).isZero();
            scene.run(10_000);
            assertThat(scene.forwarder.nextTick()).as("nothing is left to do").isEqualTo(Long.MAX_VALUE);
        }

        private void someAsk() {
            for (int i = random.nextInt(4); i > 0; i--) {
                String name = "name" + random.nextInt(30) + (random.nextInt(20) == 0 ? ".nowhere" : ".example");
                String waiter = random.nextInt(10) == 0 ? null : "w" + number++;
                Asked question = ForwardScene.a(name);
                if (waiter != null) {
                    waitsSinceMs.put(waiter, scene.nowMs);
                    asked.put(waiter, question);
                }
                boolean taken = scene.ask(question, waiter);
                if (!taken && waiter != null) {
                    waitsSinceMs.remove(waiter);
                }
                assertThat(scene.forwarder.counts().open()).isLessThanOrEqualTo(LIMIT);
                assertThat(scene.forwarder.counts().waiting()).isLessThanOrEqualTo(LIMIT);
            }
        }

        private void check() {
            while (seen < scene.settled.size()) {
                long atMs = scene.settledAtMs.get(seen);
                Settled<String> settled = scene.settled.get(seen++);
                for (String waiter : settled.waiters()) {
                    assertThat(waitsSinceMs).as("%s hears once", waiter).containsKey(waiter);
                    long since = Objects.requireNonNull(waitsSinceMs.remove(waiter));
                    assertThat(atMs - since).isLessThanOrEqualTo(5_000);
                    assertThat(settled.question()).isEqualTo(asked.get(waiter));
                }
                believed(settled);
            }
            waitsSinceMs.forEach((waiter, since) -> assertThat(scene.nowMs - since)
                    .as("%s hears in time", waiter)
                    .isLessThan(5_000));
        }

        private void believed(Settled<String> settled) {
            byte[] response = settled.response();
            if (response == null) {
                assertThat(settled.outcome()).isNotEqualTo(Outcome.ANSWERED);
                return;
            }
            DnsMessage message = (DnsMessage) DnsMessage.parse(response, 0, response.length);
            assertThat(message.questions().getFirst().name())
                    .isEqualTo(settled.question().name());
            assertThat(message.answers())
                    .allSatisfy(record ->
                            assertThat(record.data()).isEqualTo(new Rdata.Address(IpAddress.v4(0x0a000000 + HONEST))));
        }
    }
}
