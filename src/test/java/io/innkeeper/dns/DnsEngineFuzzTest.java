package io.innkeeper.dns;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.innkeeper.config.DnsConfig;
import io.innkeeper.config.DnsListForm;
import io.innkeeper.dns.block.RuleSet;
import io.innkeeper.property.Property;
import io.innkeeper.wire.dns.DnsMessage;
import io.innkeeper.wire.dns.Parsed;
import io.innkeeper.wire.dns.QueryView;
import io.innkeeper.wire.dns.RecordType;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Any octets as a question, and any octets as the answer of an upstream: nothing throws, and nothing goes out that should not. */
class DnsEngineFuzzTest {
    private static final int MOST = 4_096;
    private static final DnsConfig PLAN = DnsScene.config("""
            upstreams: [192.0.2.53]
            block: [{list: /one}]
            dns64: 64:ff9b::/96
            limits: {per-client: 0, answer-size: 1232}
            rewrites: [{name: "*.re.example", to: www.example}]
            """);
    private static final RuleSet RULES = DnsConversation.rules(
            new TreeMap<>(Map.of(1, new StringBuilder("||ads.example^\n/^x+y/\n||al.example^$dnstype=A\n"))),
            Map.of(1, DnsListForm.ADBLOCK));

    private static DnsScene scene() {
        DnsScene scene = new DnsScene(PLAN, 1);
        scene.rules(RULES);
        return scene;
    }

    @FuzzTest(maxDuration = "3s")
    void question(byte[] octets) {
        checkQuestion(Arrays.copyOf(octets, Math.min(octets.length, MOST)));
    }

    @FuzzTest(maxDuration = "3s")
    void answer(byte[] octets) {
        checkAnswer(Arrays.copyOf(octets, Math.min(octets.length, MOST)));
    }

    @Test
    void damagedQuestions() {
        Property.check(800, samples -> {
            DnsScene.Asking asking = new DnsScene.Asking();
            asking.name = samples.pick("www.example", "ads.example", "a.re.example", "localhost", ".");
            asking.udpSize = samples.pick(0, 512, 4096);
            byte[] query = asking.bytes();
            for (int i = samples.below(4); i > 0; i--) {
                query[samples.below(query.length)] = (byte) samples.below(256);
            }
            checkQuestion(Arrays.copyOf(query, samples.oneIn(3) ? samples.below(query.length + 8) : query.length));
        });
    }

    @Test
    void damagedAnswers() {
        Property.check(800, samples -> {
            DnsScene scene = scene();
            scene.zone.add("www.example. 60 CNAME al.example.");
            scene.zone.add("al.example. 4000000 A 192.0.2.1");
            scene.zone.add("al.example. 60 MX 10 www.example.");
            DnsMessage query = DnsMessage.query(
                    0,
                    0,
                    new io.innkeeper.wire.dns.Question(io.innkeeper.wire.dns.DnsName.of("www.example"), 1, 1),
                    io.innkeeper.wire.dns.Edns.of(1232, false));
            byte[] answer = scene.zone.answer(query).write(4096);
            for (int i = samples.below(5); i > 0; i--) {
                answer[12 + samples.below(answer.length - 12)] = (byte) samples.below(256);
            }
            checkAnswer(Arrays.copyOf(answer, samples.oneIn(4) ? samples.below(answer.length + 8) : answer.length));
        });
    }

    /** Never throws; never a word to an answer or to what is no message; never larger than allowed. */
    private static void checkQuestion(byte[] octets) {
        DnsScene scene = scene();
        scene.zone.add("www.example. 60 A 192.0.2.1");
        for (Transport transport : new Transport[] {Transport.UDP, Transport.TCP}) {
            for (int round = 0; round < 2; round++) {
                DnsScene.Talk talk = scene.ask(octets, transport);
                scene.run(6_000);
                check(talk, octets, transport);
            }
        }
    }

    private static void check(DnsScene.Talk talk, byte[] octets, Transport transport) {
        boolean answers = octets.length < 12 || (octets[2] & 0x80) != 0;
        assertThat(talk.answers).hasSizeLessThanOrEqualTo(answers ? 0 : 1);
        for (byte[] answer : talk.answers) {
            QueryView view = new QueryView();
            QueryView.Verdict verdict = view.read(octets, 0, octets.length);
            int most = transport == Transport.UDP ? Math.min(1232, view.udpSize()) : 65_535;
            assertThat(answer.length).isLessThanOrEqualTo(most);
            if (verdict != QueryView.Verdict.ANSWER) {
                // What cannot be read is not worth more octets than it had.
                assertThat(answer.length).isLessThanOrEqualTo(octets.length);
            }
            assertThat(DnsMessage.parse(answer, 0, answer.length)).isInstanceOf(DnsMessage.class);
            assertThat(answer[0]).isEqualTo(octets[0]);
            assertThat(answer[1]).isEqualTo(octets[1]);
            assertThat(answer[2] & 0x80).isEqualTo(0x80);
        }
    }

    /** The octets come as an answer: with the right id and question in place of their first ones, and as they are. */
    private static void checkAnswer(byte[] octets) {
        for (boolean raw : new boolean[] {true, false}) {
            DnsScene scene = scene();
            scene.upstreams.set(0, (sending, query, at) -> {
                byte[] message = octets.clone();
                byte[] asked = sending.message();
                int question = 12 + query.questions().getFirst().name().length() + 4;
                if (!raw && message.length >= question) {
                    System.arraycopy(asked, 12, message, 12, question - 12);
                    message[0] = asked[0];
                    message[1] = asked[1];
                    message[2] |= (byte) 0x80;
                    message[4] = 0;
                    message[5] = 1;
                }
                at.reply(1, sending, message);
            });
            for (int type : new int[] {RecordType.A, RecordType.AAAA}) {
                for (int round = 0; round < 2; round++) {
                    DnsScene.Talk talk = scene.ask("www.example", type);
                    scene.run(6_000);
                    assertThat(talk.isAnswered()).isTrue();
                    check(talk, talk.query, Transport.UDP);
                    assertThat(talk.answer().questions().getFirst().name().text())
                            .isEqualTo("www.example");
                }
            }
            for (KeptAnswer kept : scene.engine.cache().written(scene.nowMs)) {
                Parsed parsed = DnsMessage.parse(kept.message(), 0, kept.message().length);
                assertThat(parsed)
                        .isInstanceOfSatisfying(
                                DnsMessage.class,
                                message -> assertThat(message.questions()
                                                .getFirst()
                                                .name()
                                                .text())
                                        .isEqualTo("www.example"));
            }
        }
    }
}
