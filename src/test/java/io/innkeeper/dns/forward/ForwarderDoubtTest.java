package io.innkeeper.dns.forward;

import static io.innkeeper.dns.forward.ForwardScene.answer;
import static io.innkeeper.dns.forward.ForwardScene.never;
import static io.innkeeper.dns.forward.ForwardScene.plan;
import static io.innkeeper.dns.forward.ForwardScene.query;
import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.wire.dns.DnsClass;
import io.innkeeper.wire.dns.DnsMessage;
import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.dns.QueryView;
import io.innkeeper.wire.dns.RecordType;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who guesses is not believed, and what comes back to us is known. */
class ForwarderDoubtTest {
    @Test
    void whatDoesNotMatchIsDropped() {
        ForwardScene scene = new ForwardScene(plan(2), never(), never());
        scene.ask("www.example", "ann");
        Sending sending = scene.sent.getFirst();
        byte[] good = answer(sending, 1);
        byte[] otherId = good.clone();
        otherId[0] ^= 1;
        byte[] otherName = good.clone();
        otherName[13] = 'v';
        byte[] otherType = good.clone();
        otherType[12 + DnsName.of("www.example").length() + 1] = RecordType.AAAA;
        byte[] query = good.clone();
        query[2] &= 0x7f;
        for (byte[] bad : List.of(otherId, otherName, otherType, query, new byte[3], new byte[0])) {
            scene.receive(new Reply(0, sending.ticket(), bad));
        }
        scene.receive(new Reply(1, sending.ticket(), good));
        scene.receive(new Reply(0, sending.ticket() + 99, good));
        assertThat(scene.settled).isEmpty();
        assertThat(scene.forwarder.upstreams().getFirst().mismatched()).isEqualTo(7);
        assertThat(scene.forwarder.counts().late()).isEqualTo(1);
        scene.receive(new Reply(0, sending.ticket(), good));
        assertThat(scene.only().outcome()).isEqualTo(Outcome.ANSWERED);
    }

    @Test
    void manyGuessesMeanTcpBeside() {
        ForwardScene scene = new ForwardScene(plan(1), never());
        scene.ask("www.example", "ann");
        Sending sending = scene.sent.getFirst();
        byte[] guess = answer(sending, 1);
        guess[0] ^= 1;
        for (int i = 0; i < 5; i++) {
            scene.receive(new Reply(0, sending.ticket(), guess.clone()));
        }
        assertThat(scene.sent).extracting(Sending::stream).containsExactly(false, true);
    }

    @Test
    void anUpstreamThatChangesTheCaseIsAskedByTcpOnce() {
        ForwardScene scene = new ForwardScene(plan(1), (sending, to) -> {
            DnsMessage query = query(sending);
            DnsName small = query.questions().getFirst().name().lower();
            to.reply(
                    5,
                    sending,
                    ForwardScene.answer(query, 1)
                            .withQuestions(
                                    List.of(new io.innkeeper.wire.dns.Question(small, RecordType.A, DnsClass.IN)))
                            .write(512));
        });
        scene.ask("quite-some-letters.example", "ann");
        scene.run(10);
        assertThat(scene.only().outcome()).isEqualTo(Outcome.ANSWERED);
        assertThat(scene.sent).extracting(Sending::stream).containsExactly(false, true);
        scene.settled.clear();
        scene.sent.clear();
        scene.ask("other-letters.example", "ann");
        scene.run(5);
        assertThat(scene.only().outcome()).isEqualTo(Outcome.ANSWERED);
        assertThat(scene.sent).extracting(Sending::stream).containsExactly(false);
    }

    @Test
    void ourOwnQuestionsAreKnown() {
        ForwardScene scene = new ForwardScene(plan(1), never());
        scene.ask("quite-some-letters.example", "ann");
        byte[] back = scene.sent.getFirst().message();
        assertThat(own(scene, back)).as("as it was sent").isTrue();
        byte[] otherId = back.clone();
        otherId[0] ^= 0x55;
        assertThat(own(scene, otherId)).as("through another forwarder").isTrue();
        byte[] client = DnsMessage.query(
                        7,
                        DnsMessage.RECURSION_DESIRED,
                        io.innkeeper.wire.dns.Question.in(DnsName.of("quite-some-letters.example"), RecordType.A),
                        null)
                .write(512);
        assertThat(own(scene, client)).as("somebody who asks the same").isFalse();
        scene.run(5_000);
        assertThat(own(scene, back)).as("no longer open").isFalse();
        assertThat(scene.forwarder.counts().loops()).isEqualTo(2);
    }

    private static boolean own(ForwardScene scene, byte[] message) {
        QueryView view = new QueryView();
        view.read(message, 0, message.length);
        return scene.forwarder.isOwn(view);
    }
}
