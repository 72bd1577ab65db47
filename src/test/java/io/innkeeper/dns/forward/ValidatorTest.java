package io.innkeeper.dns.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.innkeeper.wire.dns.DnsClass;
import io.innkeeper.wire.dns.DnsMessage;
import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.dns.Rcode;
import io.innkeeper.wire.dns.RecordType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A forwarder, the validator and a signed zone as upstream, together. */
class ValidatorTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    private final BlockingQueue<Incoming> mailbox = new LinkedBlockingQueue<>();
    private SignedZone zone;
    private Validator validator;
    private Forwarder<String> forwarder;
    private int asked;

    @BeforeEach
    void start() throws Exception {
        zone = new SignedZone(NOW);
        validator = new Validator(List.of(zone.anchor()), Clock.fixed(NOW, ZoneOffset.UTC), mailbox::add);
        ForwardPlan usual = ForwardScene.plan(1);
        forwarder = new Forwarder<>(
                new ForwardPlan(usual.upstreams(), usual.routes(), 1, 1_500, 5_000, 100, true), new Random(3)::nextInt);
    }

    @AfterEach
    void close() {
        validator.close();
    }

    private Settled<String> ask(String name, boolean dnssecOk) throws Exception {
        return ask(new Asked(DnsName.of(name), RecordType.A, DnsClass.IN, dnssecOk, false));
    }

    private Settled<String> ask(Asked question) throws Exception {
        forwarder.ask(question, "ann", 0);
        while (true) {
            for (Sending sending : forwarder.sendings()) {
                asked++;
                forwarder.received(new Reply(0, sending.ticket(), zone.answer(sending.message())), 0);
            }
            forwarder.forValidator().forEach(validator::accept);
            List<Settled<String>> settled = forwarder.settled();
            if (!settled.isEmpty()) {
                return settled.getFirst();
            }
            await().atMost(Duration.ofSeconds(20)).until(() -> !mailbox.isEmpty());
            forwarder.received(mailbox.remove(), 0);
        }
    }

    private static DnsMessage message(Settled<String> settled) {
        byte[] response = java.util.Objects.requireNonNull(settled.response());
        return (DnsMessage) DnsMessage.parse(response, 0, response.length);
    }

    @ParameterizedTest
    @CsvSource({
        "www.example, SECURE, ANSWERED",
        "none.example, SECURE, ANSWERED",
        "host.plain.example, INSECURE, ANSWERED",
        "old.example, BOGUS, FAILED",
        "forged.example, BOGUS, FAILED",
        "bare.example, BOGUS, FAILED"
    })
    void signaturesAreChecked(String name, Security security, Outcome outcome) throws Exception {
        Settled<String> settled = ask(name, true);
        assertThat(settled.security()).as(settled.reason()).isEqualTo(security);
        assertThat(settled.outcome()).isEqualTo(outcome);
        assertThat(settled.reason().isEmpty()).isEqualTo(outcome == Outcome.ANSWERED);
        if (outcome == Outcome.ANSWERED) {
            assertThat(message(settled).authenticData()).isEqualTo(security == Security.SECURE);
            assertThat(message(settled).checkingDisabled()).isFalse();
        } else {
            assertThat(settled.response()).isNull();
        }
    }

    @Test
    void signaturesAreForThoseWhoWantThem() throws Exception {
        assertThat(message(ask("www.example", true)).answers())
                .extracting(one -> one.type())
                .containsExactly(RecordType.A, RecordType.RRSIG);
        Settled<String> plain = ask("www.example", false);
        assertThat(plain.security()).isEqualTo(Security.SECURE);
        assertThat(message(plain).answers()).extracting(one -> one.type()).containsExactly(RecordType.A);
        DnsMessage none = message(ask("none.example", false));
        assertThat(none.rcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(none.authorities()).extracting(one -> one.type()).containsExactly(RecordType.SOA);
    }

    @Test
    void keysAreRemembered() throws Exception {
        ask("www.example", true);
        assertThat(asked).as("the name and the keys").isEqualTo(2);
        ask("none.example", true);
        assertThat(asked).isEqualTo(3);
    }

    @Test
    void whoChecksForHimselfGetsAll() throws Exception {
        Settled<String> settled = ask(new Asked(DnsName.of("forged.example"), RecordType.A, DnsClass.IN, true, true));
        assertThat(settled.security()).isEqualTo(Security.UNCHECKED);
        assertThat(message(settled).answers()).hasSize(2);
    }

    @Test
    void anchorsOfTheRootCanBeRead() {
        new Validator(List.of(), Clock.systemUTC(), mailbox::add).close();
        assertThatThrownBy(() -> new Validator(List.of("not an anchor"), Clock.systemUTC(), mailbox::add))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void withoutKeysNothingIsSecure() throws Exception {
        Validator other =
                new Validator(List.of(new SignedZone(NOW).anchor()), Clock.fixed(NOW, ZoneOffset.UTC), mailbox::add);
        validator.close();
        validator = other;
        assertThat(ask("www.example", true).security()).isEqualTo(Security.BOGUS);
    }
}
