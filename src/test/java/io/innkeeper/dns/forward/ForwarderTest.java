package io.innkeeper.dns.forward;

import static io.innkeeper.dns.forward.ForwardScene.answer;
import static io.innkeeper.dns.forward.ForwardScene.answers;
import static io.innkeeper.dns.forward.ForwardScene.never;
import static io.innkeeper.dns.forward.ForwardScene.plan;
import static io.innkeeper.dns.forward.ForwardScene.query;
import static io.innkeeper.dns.forward.ForwardScene.says;
import static io.innkeeper.dns.forward.ForwardScene.unreachable;
import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.wire.dns.DnsClass;
import io.innkeeper.wire.dns.DnsMessage;
import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.dns.Rcode;
import io.innkeeper.wire.dns.RecordType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ForwarderTest {
    @Test
    void anAnswerGoesToWhoAsked() {
        ForwardScene scene = new ForwardScene(plan(1), answers(20));
        assertThat(scene.ask("www.example", "ann")).isTrue();
        scene.run(19);
        assertThat(scene.settled).isEmpty();
        scene.run(1);
        Settled<String> settled = scene.only();
        assertThat(settled.outcome()).isEqualTo(Outcome.ANSWERED);
        assertThat(settled.waiters()).containsExactly("ann");
        assertThat(settled.upstream()).isZero();
        assertThat(settled.view()).isNotNull();
        assertThat(settled.security()).isEqualTo(Security.UNCHECKED);
        assertThat(scene.forwarder.counts().open()).isZero();
        assertThat(scene.forwarder.counts().waiting()).isZero();
        assertThat(scene.forwarder.nextTick()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void theQuestionIsMixedAndComesBackAsItWasAsked() {
        ForwardScene scene = new ForwardScene(plan(1), answers(5));
        scene.ask("Some.Long.Name.Example", "ann");
        String sent = query(scene.sent.getFirst()).questions().getFirst().name().text();
        assertThat(sent).isNotEqualTo("Some.Long.Name.Example").isEqualToIgnoringCase("Some.Long.Name.Example");
        scene.run(5);
        DnsMessage answer = message(scene.only());
        assertThat(answer.questions().getFirst().name().text()).isEqualTo("Some.Long.Name.Example");
    }

    private static DnsMessage message(Settled<String> settled) {
        byte[] response = java.util.Objects.requireNonNull(settled.response());
        return (DnsMessage) DnsMessage.parse(response, 0, response.length);
    }

    @Test
    void idsAndCaseDiffer() {
        ForwardScene scene = new ForwardScene(plan(1), answers(5));
        Set<Integer> ids = new HashSet<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            scene.ask("quite-some-letters.example", "ann");
            scene.run(10);
        }
        for (Sending sending : scene.sent) {
            ids.add(query(sending).id());
            names.add(query(sending).questions().getFirst().name().text());
        }
        assertThat(ids).hasSizeGreaterThan(45);
        assertThat(names).hasSizeGreaterThan(45);
    }

    @Test
    void flagsAndEdnsAreHandedOn() {
        ForwardScene scene = new ForwardScene(plan(1), never());
        scene.ask(new Asked(DnsName.of("x.example"), RecordType.HTTPS, DnsClass.IN, true, true), "ann");
        scene.ask("x.example", "ben");
        DnsMessage both = query(scene.sent.get(0));
        assertThat(both.checkingDisabled()).isTrue();
        assertThat(both.recursionDesired()).isTrue();
        assertThat(java.util.Objects.requireNonNull(both.edns()).dnssecOk()).isTrue();
        assertThat(both.edns().udpSize()).isEqualTo(1232);
        DnsMessage neither = query(scene.sent.get(1));
        assertThat(neither.checkingDisabled()).isFalse();
        assertThat(java.util.Objects.requireNonNull(neither.edns()).dnssecOk()).isFalse();
    }

    @Test
    void encryptedQueriesArePaddedAndKeepTheCase() {
        ForwardPlan plan = new ForwardPlan(
                List.of(UpstreamAddress.parse("tls://192.0.2.1#dns.example").orElseThrow()),
                List.of(new Route(DnsName.ROOT, List.of(0))),
                1,
                1_500,
                5_000,
                10,
                false);
        ForwardScene scene = new ForwardScene(plan, never());
        scene.ask("Some.Long.Name.example", "ann");
        assertThat(scene.sent.getFirst().message()).hasSize(128);
        assertThat(query(scene.sent.getFirst()).questions().getFirst().name().text())
                .isEqualTo("Some.Long.Name.example");
    }

    @Test
    void equalQuestionsShareOne() {
        ForwardScene scene = new ForwardScene(plan(1), answers(20));
        scene.ask("www.example", "ann");
        scene.ask("WWW.example", "ben");
        scene.ask(new Asked(DnsName.of("www.example"), RecordType.AAAA, DnsClass.IN, false, false), "cid");
        assertThat(scene.sent).hasSize(2);
        scene.run(20);
        assertThat(scene.settled.getFirst().waiters()).containsExactly("ann", "ben");
        assertThat(scene.forwarder.counts().shared()).isEqualTo(1);
    }

    @Test
    void aPrefetchEndsWithNobody() {
        ForwardScene scene = new ForwardScene(plan(1), answers(20));
        scene.ask("www.example", null);
        scene.ask("www.example", null);
        scene.run(20);
        assertThat(scene.only().waiters()).isEmpty();
        assertThat(scene.only().outcome()).isEqualTo(Outcome.ANSWERED);
    }

    @Test
    void silenceEndsAtTheDeadline() {
        ForwardScene scene = new ForwardScene(plan(1), never());
        scene.ask("www.example", "ann");
        scene.run(4_999);
        assertThat(scene.settled).isEmpty();
        scene.run(1);
        assertThat(scene.only().outcome()).isEqualTo(Outcome.TIMED_OUT);
        assertThat(scene.only().upstream()).isEqualTo(Settled.NOBODY);
        assertThat(scene.sent).as("asked again and again").hasSize(4);
        assertThat(scene.forwarder.upstreams().getFirst().timedOut()).isEqualTo(3);
        assertThat(scene.forwarder.upstreams().getFirst().healthy()).isFalse();
    }

    @Test
    void theNextIsAskedAndALateAnswerStillCounts() {
        long slowFromMs = 1_008_000;
        ForwardScene scene = new ForwardScene(
                plan(2),
                (sending, to) -> to.reply(to.nowMs < slowFromMs ? 5 : 1_900, sending, answer(sending, 1)),
                (sending, to) -> to.reply(to.nowMs < slowFromMs ? 30 : 2_000, sending, answer(sending, 2)));
        scene.warmUp();
        scene.run(slowFromMs - scene.nowMs);
        scene.ask("www.example", "ann");
        scene.run(1_500);
        assertThat(scene.sentTo()).containsExactly(0, 1);
        scene.run(400);
        assertThat(scene.only().upstream()).isZero();
        scene.run(5_000);
        assertThat(scene.forwarder.counts().late()).as("the other comes late").isEqualTo(1);
    }

    @Test
    void theQuickestIsAsked() {
        ForwardScene scene = new ForwardScene(plan(3), answers(60), answers(8), answers(30));
        scene.warmUp();
        for (int i = 0; i < 10; i++) {
            scene.ask("n" + i + ".example", "ann");
            scene.run(100);
        }
        assertThat(scene.settled)
                .allSatisfy(settled -> assertThat(settled.upstream()).isEqualTo(1));
        assertThat(scene.sentTo().stream().filter(upstream -> upstream != 1).count())
                .as("the others are looked at, seldom")
                .isLessThanOrEqualTo(2);
    }

    @Test
    void oneDiesAndComesBack() {
        ForwardScene scene = new ForwardScene(plan(2), quickUntilItDies(1_010_000, 1_040_000), answers(30));
        scene.warmUp();
        long worst = 0;
        int slow = 0;
        int byFirst = 0;
        for (int i = 0; scene.nowMs < 1_080_000; i++) {
            long before = scene.nowMs;
            scene.settled.clear();
            scene.ask("n" + i + ".example", "ann");
            while (scene.settled.isEmpty()) {
                scene.run(1);
            }
            assertThat(scene.only().outcome()).isEqualTo(Outcome.ANSWERED);
            slow += scene.nowMs - before > 100 ? 1 : 0;
            worst = Math.max(worst, scene.nowMs - before);
            byFirst += scene.nowMs > 1_060_000 && scene.only().upstream() == 0 ? 1 : 0;
            scene.run(100);
        }
        assertThat(worst).as("the one that notices waits").isBetween(1_500L, 1_600L);
        assertThat(slow).isEqualTo(1);
        assertThat(byFirst).as("it is chosen again").isGreaterThan(100);
    }

    private static ForwardScene.Script quickUntilItDies(long fromMs, long untilMs) {
        return (sending, scene) -> {
            if (scene.nowMs < fromMs || scene.nowMs >= untilMs) {
                scene.reply(5, sending, answer(sending, 1));
            }
        };
    }

    @Test
    void severalAtOnceOnWish() {
        ForwardScene scene = new ForwardScene(plan(3, 2), answers(60), answers(8), answers(30));
        scene.warmUp();
        scene.ask("www.example", "ann");
        assertThat(scene.sentTo()).containsExactly(1, 2);
        scene.run(8);
        assertThat(scene.only().upstream()).isEqualTo(1);
    }

    @Test
    void servfailMeansAnotherOne() {
        ForwardScene scene = new ForwardScene(plan(2), says(5, Rcode.SERVFAIL), answers(40));
        scene.ask("www.example", "ann");
        scene.run(100);
        assertThat(scene.only().upstream()).isEqualTo(1);
        scene.settled.clear();
        scene.sent.clear();
        scene.ask("other.example", "ann");
        assertThat(scene.sentTo()).as("who knew less is not first any more").containsExactly(1);
    }

    @Test
    void servfailOfAllIsHandedOn() {
        ForwardScene scene = new ForwardScene(plan(2), says(5, Rcode.SERVFAIL), says(7, Rcode.REFUSED));
        scene.ask("www.example", "ann");
        scene.run(7);
        assertThat(scene.only().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(scene.only().reason()).isEqualTo("REFUSED");
        assertThat(message(scene.only()).rcode()).isEqualTo(Rcode.REFUSED);
    }

    @Test
    void servfailOfOneAndSilenceOfTheOtherIsNotWaitedOutToTheEnd() {
        ForwardScene scene = new ForwardScene(plan(2), says(5, Rcode.SERVFAIL), never());
        scene.ask("www.example", "ann");
        scene.run(1_500);
        assertThat(scene.only().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(message(scene.only()).rcode()).isEqualTo(Rcode.SERVFAIL);
    }

    @Test
    void unreachableOnesAreLeftAtOnce() {
        ForwardScene scene = new ForwardScene(plan(2), unreachable(1), unreachable(2));
        scene.ask("www.example", "ann");
        scene.run(2);
        assertThat(scene.only().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(scene.only().response()).isNull();
        assertThat(scene.only().reason()).isEqualTo("connection refused");
    }

    @Test
    void whatWasCutIsAskedByTcp() {
        ForwardScene scene = new ForwardScene(
                plan(1),
                (sending, to) -> to.reply(
                        5,
                        sending,
                        sending.stream()
                                ? answer(sending, 1)
                                : query(sending)
                                        .answer(DnsMessage.TRUNCATED, 0, null)
                                        .write(512)));
        scene.ask("www.example", "ann");
        scene.run(10);
        assertThat(scene.sent).extracting(Sending::stream).containsExactly(false, true);
        assertThat(message(scene.only()).answers()).hasSize(1);
    }

    @Test
    void whoDoesNotKnowEdnsIsAskedWithout() {
        ForwardScene scene = new ForwardScene(
                plan(1),
                (sending, to) -> to.reply(
                        5,
                        sending,
                        query(sending).edns() == null
                                ? answer(sending, 1)
                                : ForwardScene.failure(sending, Rcode.FORMERR)));
        scene.ask("www.example", "ann");
        scene.run(10);
        assertThat(scene.only().outcome()).isEqualTo(Outcome.ANSWERED);
        scene.ask("other.example", "ann");
        assertThat(query(scene.sent.getLast()).edns()).isNull();
        assertThat(scene.sent).hasSize(3);
    }

    @Test
    void aFailureWithoutQuestionCounts() {
        ForwardScene scene = new ForwardScene(plan(1), (sending, to) -> {
            byte[] bare = java.util.Arrays.copyOf(ForwardScene.failure(sending, Rcode.SERVFAIL), 12);
            java.util.Arrays.fill(bare, 4, 12, (byte) 0);
            to.reply(5, sending, bare);
        });
        scene.ask("www.example", "ann");
        scene.run(5);
        assertThat(scene.only().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(scene.only().reason()).isEqualTo("SERVFAIL");
    }

    @Test
    void anAnswerThatCannotBeReadIsNone() {
        ForwardScene scene = new ForwardScene(plan(1), (sending, to) -> {
            byte[] cut = answer(sending, 1);
            to.reply(5, sending, java.util.Arrays.copyOf(cut, cut.length - 2));
        });
        scene.ask("www.example", "ann");
        scene.run(5);
        assertThat(scene.only().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(scene.only().response()).isNull();
    }

    @Test
    void namesGoByTheLongestDomain() {
        ForwardPlan plan = new ForwardPlan(
                plan(3).upstreams(),
                List.of(
                        new Route(DnsName.ROOT, List.of(0)),
                        new Route(DnsName.of("corp.example"), List.of(1)),
                        new Route(DnsName.of("lab.corp.example"), List.of(2)),
                        new Route(DnsName.of("nowhere.example"), List.of())),
                1,
                1_500,
                5_000,
                100,
                false);
        ForwardScene scene = new ForwardScene(plan, answers(1), answers(1), answers(1));
        scene.ask("www.example", "ann");
        scene.ask("Corp.Example", "ann");
        scene.ask("a.b.lab.corp.example", "ann");
        scene.ask("xcorp.example", "ann");
        assertThat(scene.sentTo()).containsExactly(0, 1, 2, 0);
        scene.ask("x.nowhere.example", "ann");
        assertThat(message(scene.only()).rcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(scene.only().view()).isNotNull();
    }

    @Test
    void withoutUpstreamsNothingIsKnown() {
        ForwardPlan plan = new ForwardPlan(List.of(), List.of(), 1, 1_500, 5_000, 100, false);
        ForwardScene scene = new ForwardScene(plan);
        assertThat(scene.ask("www.example", "ann")).isTrue();
        assertThat(scene.only().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(scene.only().response()).isNull();
    }

    @Test
    void limitsHold() {
        ForwardScene scene = new ForwardScene(plan(1), never());
        for (int i = 0; i < 50; i++) {
            assertThat(scene.ask("p" + i + ".example", null)).isTrue();
        }
        assertThat(scene.ask("p50.example", null)).as("prefetch has half").isFalse();
        for (int i = 0; i < 50; i++) {
            assertThat(scene.ask("n" + i + ".example", "ann")).isTrue();
        }
        assertThat(scene.ask("n50.example", "ann")).isFalse();
        for (int i = 0; i < 50; i++) {
            assertThat(scene.ask("n1.example", "ben")).isTrue();
        }
        assertThat(scene.ask("n1.example", "cid")).as("so many may wait").isFalse();
        assertThat(scene.forwarder.counts().refused()).isEqualTo(3);
        scene.run(5_000);
        assertThat(scene.settled).hasSize(100);
        assertThat(scene.ask("n50.example", "ann")).isTrue();
    }

    @Test
    void givingUpEndsAll() {
        ForwardScene scene = new ForwardScene(plan(1), never());
        scene.ask("a.example", "ann");
        scene.ask("b.example", "ben");
        scene.forwarder.giveUp("another configuration");
        scene.run(0);
        assertThat(scene.forwarder.settled())
                .hasSize(2)
                .allSatisfy(settled -> assertThat(settled.outcome()).isEqualTo(Outcome.FAILED));
        assertThat(scene.forwarder.counts().waiting()).isZero();
    }

    @Test
    void whatIsCheckedGoesToTheValidatorFirst() {
        ForwardScene scene = new ForwardScene(validating(), answers(5), answers(5));
        scene.ask("www.example", "ann");
        DnsMessage query = query(scene.sent.getFirst());
        assertThat(query.checkingDisabled()).isTrue();
        assertThat(java.util.Objects.requireNonNull(query.edns()).dnssecOk()).isTrue();
        scene.run(5);
        assertThat(scene.settled).isEmpty();
        ForValidator.Check check = (ForValidator.Check) scene.forValidator.getFirst();
        Asked keys = new Asked(DnsName.of("example"), RecordType.DNSKEY, DnsClass.IN, true, true);
        scene.receive(new Lookup(42, keys));
        scene.run(5);
        ForValidator.Found found = (ForValidator.Found) scene.forValidator.getLast();
        assertThat(found.lookup()).isEqualTo(42);
        assertThat(found.response()).isNotNull();
        scene.receive(new Checked(check.check(), Security.SECURE, "", check.response()));
        assertThat(scene.only().security()).isEqualTo(Security.SECURE);
        assertThat(scene.only().outcome()).isEqualTo(Outcome.ANSWERED);
        assertThat(scene.only().view()).isNotNull();
    }

    private static ForwardPlan validating() {
        ForwardPlan plan = plan(2);
        Route corp = new Route(DnsName.of("corp.example"), List.of(0));
        return new ForwardPlan(plan.upstreams(), List.of(plan.routes().getFirst(), corp), 1, 1_500, 5_000, 100, true);
    }

    @Test
    void bogusOnesAreNotHandedOn() {
        ForwardScene scene = new ForwardScene(validating(), answers(5), answers(5));
        scene.warmUp();
        scene.forValidator.clear();
        scene.run(5_000);
        scene.settled.clear();
        scene.ask("www.example", "ann");
        for (int i = 0; i < 2; i++) {
            scene.run(5);
            ForValidator.Check check = (ForValidator.Check) scene.forValidator.getLast();
            scene.receive(new Checked(check.check(), Security.BOGUS, "expired", check.response()));
        }
        assertThat(scene.only().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(scene.only().security()).isEqualTo(Security.BOGUS);
        assertThat(scene.only().reason()).isEqualTo("expired");
        assertThat(scene.only().response()).isNull();
    }

    @Test
    void aCheckThatTakesTooLongIsNoAnswer() {
        ForwardScene scene = new ForwardScene(validating(), answers(5), answers(5));
        scene.ask("www.example", "ann");
        scene.run(5_000);
        assertThat(scene.only().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(scene.only().security()).isEqualTo(Security.INDETERMINATE);
        ForValidator.Check check = (ForValidator.Check) scene.forValidator.getFirst();
        scene.receive(new Checked(check.check(), Security.SECURE, "", check.response()));
        assertThat(scene.settled).hasSize(1);
    }

    @Test
    void domainsWithUpstreamsOfTheirOwnAndThoseWhoCheckThemselvesAreNotChecked() {
        ForwardScene scene = new ForwardScene(validating(), answers(5), answers(5));
        scene.ask("host.corp.example", "ann");
        scene.ask(new Asked(DnsName.of("www.example"), RecordType.A, DnsClass.IN, true, true), "ben");
        scene.run(5);
        assertThat(scene.settled).hasSize(2);
        assertThat(scene.forValidator).isEmpty();
    }
}
